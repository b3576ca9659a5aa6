import Coding
import SQL
import Values

extension FieldValue {
    /// One parameter of the type that the field's column has, null as well: to compare with, or to
    /// be written where the field is not personal data. See `FieldSeal` for the rest.
    package func bind(_ field: Resource.Field) -> SQLFragment {
        switch field.declaration.type {
        case .text, .email, .url, .date, .enumeration: SQLFragment(bind: asText)
        case .number: SQLFragment(bind: asNumber)
        case .integer: SQLFragment(bind: asInteger)
        case .boolean: SQLFragment(bind: asBoolean)
        case .instant: SQLFragment(bind: asInstant)
        case .reference: SQLFragment(bind: asID)
        case .json: SQLFragment(bind: asJSONText)
        }
    }

    /// What the column holds: personal data is sealed still.
    package static func read(
        _ row: inout Row, _ type: FieldType
    ) throws(DatabaseError) -> FieldValue {
        switch type {
        case .text, .email, .url, .date, .enumeration:
            try row.next(String?.self).map { .text($0) } ?? .null
        case .number: try row.next(Double?.self).map { .number($0) } ?? .null
        case .integer: try row.next(Int64?.self).map { .integer($0) } ?? .null
        case .boolean: try row.next(Bool?.self).map { .boolean($0) } ?? .null
        case .instant: try row.next(Instant?.self).map { .instant($0) } ?? .null
        case .reference: try row.next(ID<ResourceRow>?.self).map { .id($0) } ?? .null
        case .json: try json(try row.next(JSONText?.self))
        }
    }

    private static func json(_ text: JSONText?) throws(DatabaseError) -> FieldValue {
        guard let text else { return .null }
        do {
            return .json(try JSON(parsing: Array(text.text.utf8), limits: storedLimits))
        } catch {
            throw DatabaseError(.decoding, "a column of JSON has none: \(error.code)")
        }
    }

    /// What was let in was measured; PostgreSQL writes numbers at full length.
    private static let storedLimits: JSONLimits = {
        var limits = JSONLimits(bytes: 1 << 26)
        limits.depth = JSONLimits.deepest
        return limits
    }()

    // MARK: The value as one of a type; nil where it is null

    private var asText: String? {
        if case .text(let text) = self { text } else { nil }
    }

    private var asNumber: Double? {
        if case .number(let number) = self { number } else { nil }
    }

    private var asInteger: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }

    private var asBoolean: Bool? {
        if case .boolean(let value) = self { value } else { nil }
    }

    private var asInstant: Instant? {
        if case .instant(let instant) = self { instant } else { nil }
    }

    private var asID: ID<ResourceRow>? {
        if case .id(let id) = self { id } else { nil }
    }

    private var asJSONText: JSONText? {
        if case .json(let json) = self { JSONText(json.description) } else { nil }
    }
}
