import Coding
import Testing
import Values

@testable import Resources

/// A list made without a database: what the statements must agree with.
struct ListModel {
    let rows: [ResourceRow]

    /// All rows that the query asks for, in its order.
    func all(_ query: ListQuery) -> [ResourceRow] {
        let rows = rows.filter { row in
            query.filters.allSatisfy { $0.admits($0.column.value(in: row)) }
                && query.search?.isIn(row) ?? true
        }
        return rows.sorted { Self.comes($0, before: $1, query.order) }
    }

    /// That both are the same rows in the same order, with all that they hold.
    static func expect(
        _ rows: [ResourceRow], _ expected: [ResourceRow], _ fields: [Input.Field]
    ) {
        guard rows != expected else { return }
        let place = zip(rows, expected).enumerated().first { $1.0 != $1.1 }
        let end = min(rows.count, expected.count)
        Issue.record(
            """
            \(fields): \(rows.count) rows of \(expected.count), differ at \(place?.offset ?? end):
            \(place.map { "\($0.element.0)" } ?? rows.dropFirst(end).first.map { "\($0)" } ?? "-")
            \(place.map { "\($0.element.1)" } ?? expected.dropFirst(end).first.map { "\($0)" } ?? "-")
            """)
    }

    static func comes(
        _ left: ResourceRow, before right: ResourceRow, _ order: [ListQuery.Order]
    ) -> Bool {
        for key in order {
            let values = [key.column.value(in: left), key.column.value(in: right)]
            if values[0].isLess(than: values[1]) { return !key.isDescending }
            if values[1].isLess(than: values[0]) { return key.isDescending }
        }
        return false
    }
}

extension FieldValue {
    /// Null is the least, texts go by code points.
    func isLess(than other: FieldValue) -> Bool {
        switch (self, other) {
        case (.null, .null): false
        case (.null, _): true
        case (_, .null): false
        case (.text(let left), .text(let right)):
            left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.integer(let left), .integer(let right)): left < right
        case (.number(let left), .number(let right)): left < right
        case (.boolean(let left), .boolean(let right)): !left && right
        case (.instant(let left), .instant(let right)): left < right
        case (.id(let left), .id(let right)): left < right
        default: false
        }
    }

    /// By bytes: to Swift, é is the same in one piece and in two.
    fileprivate func isSame(as other: FieldValue) -> Bool {
        isNull == other.isNull && !isLess(than: other) && !other.isLess(than: self)
    }
}

extension ListQuery.Filter {
    fileprivate func admits(_ value: FieldValue) -> Bool {
        let other = values[0]
        switch test {
        case .isNull: return value.isNull == (other == .boolean(true))
        case .notEqual: return value.isNull || !value.isSame(as: other)
        case .oneOf: return !value.isNull && values.contains { $0.isSame(as: value) }
        default: break
        }
        if value.isNull { return false }
        switch test {
        case .equal: return value.isSame(as: other)
        case .less: return value.isLess(than: other)
        case .lessOrEqual: return !other.isLess(than: value)
        case .greater: return other.isLess(than: value)
        default: return !value.isLess(than: other)
        }
    }
}

extension SearchWords {
    /// In the title or the note.
    fileprivate func isIn(_ row: ResourceRow) -> Bool {
        var words: [String] = []
        for case .text(let text) in row.values.prefix(2) { words += SearchWords(text).list }
        let known = words.map { Array($0.lowercased().utf8) }
        guard let last = list.last else { return false }
        let prefix = Array(last.lowercased().utf8)
        return known.contains { $0.starts(with: prefix) }
            && list.dropLast().allSatisfy { known.contains(Array($0.lowercased().utf8)) }
    }
}
