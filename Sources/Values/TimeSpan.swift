/// A length of time as people write it in settings: `30s`, `15m`, `12h`, `7d`, `250ms`.
package struct TimeSpan: Hashable, Sendable, CustomStringConvertible {
    package let duration: Duration
    package let text: String

    package init(_ text: String) throws(Invalid) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int64(digits), count <= Self.countMax,
            let unit = Self.units.first(where: { $0.suffix == text.dropFirst(digits.count) })
        else { throw .malformed(.duration) }
        duration = unit.length * Int(count)
        self.text = text
    }

    package var description: String { text }

    /// No setting needs more, and no multiplication below overflows.
    private static let countMax: Int64 = 1_000_000_000
    private static let units: [(suffix: String, length: Duration)] = [
        ("ms", .milliseconds(1)), ("s", .seconds(1)), ("m", .minutes(1)), ("h", .hours(1)),
        ("d", .days(1)),
    ]
}

/// A number of bytes as people write it in settings: `512`, `32KB`, `1MiB`.
///
/// KB and KiB are both 1024 bytes, MB and MiB 1024 of these: no limit here needs the difference.
package struct ByteSize: Hashable, Sendable, CustomStringConvertible {
    package let bytes: Int
    package let text: String

    package init(_ text: String) throws(Invalid) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let suffix = text.dropFirst(digits.count).uppercased().filter { $0 != "I" }
        guard let count = Int(digits), count <= Self.countMax,
            let shift = ["": 0, "B": 0, "KB": 10, "MB": 20, "GB": 30][suffix]
        else { throw .malformed(.size) }
        bytes = count << shift
        self.text = text
    }

    package var description: String { text }

    private static let countMax = 1_000_000_000
}

// Defaults are written in the program; a test makes each of them once.

extension TimeSpan: ExpressibleByStringLiteral {
    /// For a default that the program writes down.
    package init(stringLiteral text: StaticString) {
        self.init(literal: text.description)
    }

    private init(literal text: String) {
        guard let span = try? TimeSpan(text) else {
            preconditionFailure("\(text) is written in the program and is a length of time")
        }
        self = span
    }
}

extension ByteSize: ExpressibleByStringLiteral {
    /// For a default that the program writes down.
    package init(stringLiteral text: StaticString) {
        self.init(literal: text.description)
    }

    private init(literal text: String) {
        guard let size = try? ByteSize(text) else {
            preconditionFailure("\(text) is written in the program and is a size")
        }
        self = size
    }
}
