/// How much a line matters (S3-34).
package enum LogLevel: Int, CaseIterable, Comparable, Sendable {
    /// What a developer looks at while writing; off outside development.
    case debug
    /// What happened, as it should: start and stop, requests, sign-ins.
    case info
    /// What went wrong and was dealt with, or may become an error.
    case warn
    /// What went wrong and made something fail.
    case error

    package var name: String {
        switch self {
        case .debug: "DEBUG"
        case .info: "INFO"
        case .warn: "WARN"
        case .error: "ERROR"
        }
    }

    /// A level by its name in either case, as settings have it.
    package init?(_ name: String) {
        guard let level = Self.allCases.first(where: { $0.name == name.uppercased() }) else {
            return nil
        }
        self = level
    }

    /// What is written unless settings say otherwise: debugging is for development.
    package static func standard(inDevelopment isDevelopment: Bool) -> LogLevel {
        isDevelopment ? .debug : .info
    }

    package static func < (left: LogLevel, right: LogLevel) -> Bool {
        left.rawValue < right.rawValue
    }
}
