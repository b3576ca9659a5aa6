import Coding
import Logs
import Values

/// The `log` section. Lines go to standard output.
package struct LogSettings: Codable, Sendable {
    /// A level by its name in the settings.
    package enum Level: String, Codable, CaseIterable, Sendable {
        case debug, info, warn, error
    }

    /// How lines are written.
    package enum Format: String, Codable, CaseIterable, Sendable {
        case auto, json, text
    }

    /// The least that is written.
    package var level: Level
    /// `json` for programs, `text` for people. `auto` is `text` on a terminal in `dev`, else
    /// `json`.
    package var format = Format.auto
    /// Whether each request is a line.
    package var requests = true

    init(_ environment: RunEnvironment) {
        level = environment == .dev ? .debug : .info
    }
}

extension LogLevel {
    init(_ level: LogSettings.Level) {
        self =
            switch level {
            case .debug: .debug
            case .info: .info
            case .warn: .warn
            case .error: .error
            }
    }
}
