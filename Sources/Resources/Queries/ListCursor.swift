import Coding
import Values

/// A place in a list: the values by which the last row before it is sorted.
///
/// Its text is JSON in base64url, with a version and the order it belongs to. Whoever changes it gets
/// a mistake, or another place in what he may see anyway: what a list shows, its condition decides.
package struct ListCursor: Hashable, Sendable {
    static let version: Int64 = 1
    static let bytesMax = 8192

    /// One for each column of the order.
    let values: [FieldValue]

    /// The place after a row.
    package init(after row: ResourceRow, in query: ListQuery) {
        values = query.order.map { $0.column.value(in: row) }
    }

    /// Nil for what is no cursor of a list in this order.
    init?(_ text: String, for order: [ListQuery.Order]) {
        guard text.utf8.count <= Self.bytesMax, let bytes = Base64URL.decode(text),
            let list = (try? JSON(parsing: bytes))?.asList, list.count == order.count + 2,
            list[0] == .integer(Self.version), list[1] == .string(Self.name(of: order))
        else { return nil }
        let values = zip(order, list.dropFirst(2)).compactMap { Self.value($1, of: $0.column) }
        guard values.count == order.count else { return nil }
        self.values = values
    }

    package func text(for order: [ListQuery.Order]) -> String {
        let head: [JSON] = [.integer(Self.version), .string(Self.name(of: order))]
        return Base64URL.encode(JSON.list(head + values.map(Self.json)).bytes())
    }

    private static func name(of order: [ListQuery.Order]) -> String {
        order.map { ($0.isDescending ? "-" : "") + $0.column.name }.joined(separator: ",")
    }

    // MARK: Values

    /// Instants to the microsecond, which their text in answers is not.
    private static func json(_ value: FieldValue) -> JSON {
        if case .instant(let instant) = value { .integer(instant.microseconds) } else { value.json }
    }

    private static func value(_ json: JSON, of column: ListColumn) -> FieldValue? {
        if json.isNull { return column.isNullable ? .null : nil }
        switch column.type {
        case .text, .email, .url, .date, .enumeration:
            guard let text = json.asString, !text.utf8.contains(0) else { return nil }
            return .text(text)
        case .number: return json.asNumber.map { .number($0) }
        case .integer: return json.asInteger.map { .integer($0) }
        case .boolean: return json.asBoolean.map { .boolean($0) }
        case .reference: return json.asString.flatMap { ID($0) }.map { .id($0) }
        case .instant:
            guard let instant = json.asInteger.map({ Instant(microseconds: $0) }), instant.hasText
            else { return nil }
            return .instant(instant)
        case .json: return nil
        }
    }
}
