import Coding
import Values

extension FieldValue {
    /// Bytes of a JSON field's text.
    package static let jsonBytesMax = 65_536

    /// A value as a body has it, checked by every rule of the declaration.
    package init(_ value: JSON, for field: Resource.Field) throws(Invalid) {
        let declared = field.declaration
        if value.isNull {
            guard declared.allowsNull else {
                throw .wrongType(expected: declared.type.kind, received: .null)
            }
            self = .null
            return
        }
        self =
            switch declared.type {
            case .text, .email, .url, .date, .enumeration:
                .text(try Self.text(try Self.string(value), field))
            case .number: .number(try Self.number(value, declared.range))
            case .integer: .integer(try Self.integer(value, declared.range))
            case .boolean: .boolean(try Self.boolean(value))
            case .instant: .instant(try Self.instant(try Self.string(value, .instant)))
            case .reference: .id(try Self.id(try Self.string(value, .id)))
            case .json: .json(try Self.json(value))
            }
    }

    /// A value to compare with, as the text of a query: of the field's type, but it need not be one
    /// that a row may have.
    package init(text: String, for field: Resource.Field) throws(Invalid) {
        self =
            switch field.declaration.type {
            case .text, .url: .text(try Self.compared(text))
            case .email: .text(try Self.compared(text).lowercased())
            case .date, .enumeration: .text(try Self.text(text, field))
            case .number: .number(try Self.number(try Self.scalar(text, .number), nil))
            case .integer: .integer(try Self.integer(try Self.scalar(text, .integer), nil))
            case .boolean: .boolean(try Self.boolean(try Self.scalar(text, .boolean)))
            case .instant: .instant(try Self.instant(text))
            case .reference: .id(try Self.id(text))
            case .json: .json(try Self.json(try Self.scalar(text, .object)))
            }
    }

    // MARK: Texts

    private static func string(
        _ value: JSON, _ expected: Invalid.Kind = .string
    ) throws(Invalid) -> String {
        guard let text = value.asString else {
            throw .wrongType(expected: expected, received: value.kind)
        }
        return text
    }

    private static func text(_ text: String, _ field: Resource.Field) throws(Invalid) -> String {
        let declared = field.declaration
        switch declared.type {
        case .email: return try EmailAddress(text).text
        case .url: try URLText.check(text)
        case .date: try DayText.check(text)
        case .enumeration:
            guard declared.values.contains(where: { $0.utf8.elementsEqual(text.utf8) }) else {
                throw .notOneOf(declared.values)
            }
        default: try check(text, length: declared.textLength, field.pattern)
        }
        return text
    }

    /// Characters are counted as databases and JSON Schema do, in Unicode scalars.
    private static func check(
        _ text: String, length: ClosedRange<Int>?, _ pattern: Pattern?
    ) throws(Invalid) {
        if let length {
            let count = text.unicodeScalars.count
            if count < length.lowerBound { throw .tooShort(min: length.lowerBound) }
            if count > length.upperBound { throw .tooLong(max: length.upperBound) }
        }
        _ = try compared(text)
        if let pattern, !pattern.matches(text) { throw .rule("field.pattern") }
    }

    /// Line feeds and tabs are for whoever shows the text; a NUL no column takes.
    private static func compared(_ text: String) throws(Invalid) -> String {
        if text.utf8.contains(0) { throw .malformed(.text) }
        return text
    }

    private static func instant(_ text: String) throws(Invalid) -> Instant {
        guard let instant = Instant(text), instant.hasText else { throw .malformed(.instant) }
        return instant
    }

    private static func id(_ text: String) throws(Invalid) -> ID<ResourceRow> {
        guard let id = ID<ResourceRow>(text) else { throw .malformed(.id) }
        return id
    }

    // MARK: Others

    private static func boolean(_ value: JSON) throws(Invalid) -> Bool {
        guard let boolean = value.asBoolean else {
            throw .wrongType(expected: .boolean, received: value.kind)
        }
        return boolean
    }

    private static func number(
        _ value: JSON, _ range: ResourceField.NumberRange?
    ) throws(Invalid) -> Double {
        guard let number = value.asNumber, number.isFinite else {
            throw .wrongType(expected: .number, received: value.kind)
        }
        if let min = range?.min, number < min { throw .tooSmall(min: min) }
        if let max = range?.max, number > max { throw .tooBig(max: max) }
        return number
    }

    /// The ends of an integer's range are whole numbers: they are compared as such, since doubles
    /// are too coarse beyond 2^53.
    private static func integer(
        _ value: JSON, _ range: ResourceField.NumberRange?
    ) throws(Invalid) -> Int64 {
        let number = try whole(value)
        if let min = range?.min, let end = Int64(exactly: min), number < end {
            throw .tooSmall(min: min)
        }
        if let max = range?.max, let end = Int64(exactly: max), number > end {
            throw .tooBig(max: max)
        }
        return number
    }

    /// `3.0` is whole, too. What has more than 64 bits came as a double.
    private static func whole(_ value: JSON) throws(Invalid) -> Int64 {
        switch value {
        case .integer(let number): return number
        case .number(let number) where number.rounded() == number:
            if let exact = Int64(exactly: number) { return exact }
            if number < 0 { throw .tooSmall(min: Double(Int64.min)) }
            throw .tooBig(max: Double(Int64.max))
        default: throw .wrongType(expected: .integer, received: value.kind)
        }
    }

    /// PostgreSQL keeps no NUL in JSON either.
    private static func json(_ value: JSON) throws(Invalid) -> JSON {
        guard !value.hasNUL else { throw .malformed(.text) }
        guard value.bytes().count <= jsonBytesMax else { throw .tooLong(max: jsonBytesMax) }
        return value
    }

    /// A number or a truth value, as JSON writes it.
    private static func scalar(_ text: String, _ expected: Invalid.Kind) throws(Invalid) -> JSON {
        guard let value = try? JSON(parsing: Array(text.utf8)) else {
            throw .wrongType(expected: expected, received: .string)
        }
        return value
    }
}

extension JSON {
    fileprivate var hasNUL: Bool {
        switch self {
        case .string(let text): text.utf8.contains(0)
        case .list(let list): list.contains(where: \.hasNUL)
        case .object(let object):
            object.members.contains { $0.name.utf8.contains(0) || $0.value.hasNUL }
        default: false
        }
    }
}

extension FieldType {
    /// What a value is called in field errors.
    package var kind: Invalid.Kind {
        switch self {
        case .text, .date, .enumeration, .email, .url: .string
        case .number: .number
        case .integer: .integer
        case .boolean: .boolean
        case .instant: .instant
        case .json: .object
        case .reference: .id
        }
    }
}
