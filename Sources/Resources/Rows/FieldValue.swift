import Coding
import Values

/// The value of a field, on its way between JSON, the text of a query and a column.
///
/// Days, words of an enumeration, addresses and URLs are texts. Null is the database's, never
/// JSON's own.
package enum FieldValue: Hashable, Sendable {
    case null
    case text(String)
    case number(Double)
    case integer(Int64)
    case boolean(Bool)
    case instant(Instant)
    case id(ID<ResourceRow>)
    case json(JSON)
}

extension FieldValue {
    package var isNull: Bool { self == .null }

    /// The row that a reference names.
    var id: ID<ResourceRow>? {
        if case .id(let id) = self { id } else { nil }
    }

    package var json: JSON {
        switch self {
        case .null: .null
        case .text(let text): .string(text)
        case .number(let number): .number(number)
        case .integer(let number): .integer(number)
        case .boolean(let value): .boolean(value)
        case .instant(let instant): .string(instant.description)
        case .id(let id): .string(id.description)
        case .json(let json): json
        }
    }
}

extension FieldValue: JSONWritable {
    package func write(to json: inout JSONOutput) {
        switch self {
        case .null: json.null()
        case .text(let text): json.string(text)
        case .number(let number): json.number(number)
        case .integer(let number): json.integer(number)
        case .boolean(let value): json.boolean(value)
        case .instant(let instant): json.instant(instant)
        case .id(let id): json.id(id)
        case .json(let value): value.write(to: &json)
        }
    }
}
