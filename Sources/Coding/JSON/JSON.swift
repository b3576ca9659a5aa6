import Values

/// A JSON value whose shape is not known to the compiler: settings, free-form fields, declared
/// resources. Whoever knows the shape decodes a type instead, which is several times faster.
///
/// Integers that fit are kept exactly; all other numbers are doubles. A whole `number` is printed
/// without a fraction and comes back as an `integer`, as from every JSON writer.
package enum JSON: Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case list([JSON])
    case object(JSONObject)
}

extension JSON {
    /// The member of an object. Nil where there is none, and of all that is no object.
    package subscript(_ name: String) -> JSON? {
        guard case .object(let object) = self else { return nil }
        return object[name]
    }

    /// An element of a list. Nil beyond its end, and of all that is no list.
    package subscript(_ index: Int) -> JSON? {
        guard case .list(let list) = self, list.indices.contains(index) else { return nil }
        return list[index]
    }

    package var isNull: Bool { self == .null }

    package var asBoolean: Bool? {
        if case .boolean(let value) = self { value } else { nil }
    }

    package var asInteger: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// Integers count as numbers; beyond 2^53 they are rounded.
    package var asNumber: Double? {
        switch self {
        case .number(let value): value
        case .integer(let value): Double(value)
        default: nil
        }
    }

    package var asString: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var asList: [JSON]? {
        if case .list(let value) = self { value } else { nil }
    }

    package var asObject: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// What the value is, in the words of field errors.
    package var kind: Invalid.Kind {
        switch self {
        case .null: .null
        case .boolean: .boolean
        case .integer: .integer
        case .number: .number
        case .string: .string
        case .list: .list
        case .object: .object
        }
    }
}

/// There is no literal for null: `nil` is the absence of a value, `.null` is one.
extension JSON: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(stringLiteral value: String) { self = .string(value) }
    package init(arrayLiteral elements: JSON...) { self = .list(elements) }
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(JSONObject(elements))
    }
}

extension JSON: CustomStringConvertible {
    /// The value as JSON text without spaces.
    package var description: String { String(decoding: bytes(), as: UTF8.self) }

    /// The value as JSON text without spaces. What no JSON number can say, infinity and not a
    /// number, is written as null.
    package func bytes() -> [UInt8] {
        var output = JSONOutput()
        write(to: &output)
        return output.bytes()
    }
}

extension JSON: JSONWritable {
    package func write(to json: inout JSONOutput) {
        switch self {
        case .null: json.null()
        case .boolean(let value): json.boolean(value)
        case .integer(let value): json.integer(value)
        case .number(let value): json.number(value)
        case .string(let value): json.string(value)
        case .list(let values): json.list(values)
        case .object(let object): object.write(to: &json)
        }
    }
}
