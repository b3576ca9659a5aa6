import Values

/// What a field of a log line says.
package enum LogValue: Hashable, Sendable {
    case string(String)
    case integer(Int64)
    case double(Double)
    case boolean(Bool)
    case instant(Instant)
    /// Written in milliseconds.
    case duration(Duration)
}

extension LogValue {
    /// `<secret>`, whatever it is.
    package init(_ secret: Secret<some Sendable>) {
        self = .string(secret.description)
    }

    package init(_ id: ID<some Any>) {
        self = .string(id.description)
    }

    /// All that is known of it: what is shown to users says less.
    package init(_ error: any Error) {
        self = .string(String(reflecting: error))
    }

    package init(_ value: some BinaryInteger) {
        self = .integer(Int64(clamping: value))
    }
}

extension LogValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .double(value) }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
}
