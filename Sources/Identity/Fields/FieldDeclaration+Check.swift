import Coding
import Values

extension FieldDeclaration {
    /// Characters of a text: what a session's lookup reads must not grow without bound.
    package static let textMax = 2048

    /// The value as it is kept, or what is wrong with it. Forms and settings have only texts; `isLoose`
    /// says that a number or a truth value may be written as one.
    package func check(_ value: JSON, isLoose: Bool = false) throws(Invalid) -> JSON {
        if value.isNull {
            guard !isRequired else { throw .wrongType(expected: kind, received: .null) }
            return .null
        }
        let found =
            switch type {
            case .text: try Self.text(value)
            case .instant: try Self.instant(value)
            case .boolean: Self.boolean(value, isLoose)
            case .number: Self.number(value, isLoose)
            case .integer: Self.integer(value, isLoose)
            }
        guard let found else { throw .wrongType(expected: kind, received: value.kind) }
        return found
    }

    private var kind: Invalid.Kind {
        switch type {
        case .text: .string
        case .number: .number
        case .integer: .integer
        case .boolean: .boolean
        case .instant: .instant
        }
    }

    private static func text(_ value: JSON) throws(Invalid) -> JSON? {
        guard let text = value.asString else { return nil }
        guard text.unicodeScalars.count <= textMax else { throw .tooLong(max: textMax) }
        // No column takes a NUL; line feeds are for whoever shows the text.
        guard !text.unicodeScalars.contains("\0") else { throw .malformed(.text) }
        return value
    }

    private static func instant(_ value: JSON) throws(Invalid) -> JSON? {
        guard let text = value.asString else { return nil }
        guard let instant = Instant(text) else { throw .malformed(.instant) }
        return .string(instant.description)
    }

    private static func boolean(_ value: JSON, _ isLoose: Bool) -> JSON? {
        switch (value, isLoose) {
        case (.boolean, _): value
        case (.string("true"), true): true
        case (.string("false"), true): false
        default: nil
        }
    }

    private static func number(_ value: JSON, _ isLoose: Bool) -> JSON? {
        switch value {
        case .integer: return value
        case .number(let number): return number.isFinite ? value : nil
        case .string(let text) where isLoose:
            return Double(text).flatMap { $0.isFinite ? .number($0) : nil }
        default: return nil
        }
    }

    private static func integer(_ value: JSON, _ isLoose: Bool) -> JSON? {
        switch value {
        case .integer: value
        case .number(let number): Int64(exactly: number).map { .integer($0) }
        case .string(let text) where isLoose: Int64(text).map { .integer($0) }
        default: nil
        }
    }

    /// What the API's document says of it.
    package var schema: Schema {
        let plain: Schema =
            switch type {
            case .text: .string(length: 0...Self.textMax)
            case .number: .number
            case .integer: .integer
            case .boolean: .boolean
            case .instant: .instant
            }
        return isRequired ? plain : .nullable(plain)
    }

    /// A value to show.
    package var example: JSON {
        if let standard = self.default { return standard }
        return switch type {
        case .text: "text"
        case .number, .integer: 1
        case .boolean: true
        case .instant: .string(Instant.example.description)
        }
    }
}
