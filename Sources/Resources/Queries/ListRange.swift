import SQL

/// The rows that come after a cursor, as conditions.
///
/// Each condition is of rows that lie side by side in the index of the first column, and begins
/// where the cursor is. There are two where the first column changes between values and none.
enum ListRange {
    /// In the order of the list.
    static func after(
        _ cursor: ListCursor, in order: [ListQuery.Order], of table: SQLIdentifier
    ) -> [SQLFragment] {
        let keys = zip(order, cursor.values).map { Key(order: $0, value: $1, table: table) }
        guard let first = keys.first else { return [] }
        let rest = keys.dropFirst()
        if first.value.isNull {
            let same: SQLFragment = "\(first.name) IS NULL AND \(beyond(rest))"
            return first.isDescending ? [same] : [same, "\(first.name) IS NOT NULL"]
        }
        var ranges = [inOneRow(keys) ?? "\(first.fromHere) AND \(beyond(keys[...]))"]
        if first.isDescending, first.isNullable { ranges.append("\(first.name) IS NULL") }
        return ranges
    }

    /// Compared as one row, which both engines look up in an index of these columns. Nulls in the
    /// first column are never among what is found.
    private static func inOneRow(_ keys: [Key]) -> SQLFragment? {
        let rest = keys.dropFirst()
        let isDescending = keys[0].isDescending
        guard keys.allSatisfy({ $0.isDescending == isDescending && !$0.value.isNull }),
            !rest.contains(where: \.isNullable)
        else { return nil }
        let names = keys.map(\.name).joined(by: ", ")
        let values = keys.map(\.bound).joined(by: ", ")
        return isDescending ? "(\(names)) < (\(values))" : "(\(names)) > (\(values))"
    }

    /// Beyond in the first column, or the same there and beyond in the rest.
    private static func beyond(_ keys: ArraySlice<Key>) -> SQLFragment {
        guard let first = keys.first else { return "FALSE" }
        let nullsFollow = first.isDescending && first.isNullable
        if !nullsFollow, let row = inOneRow(Array(keys)) { return row }
        let rest = beyond(keys.dropFirst())
        return "(\(first.beyond) OR (\(first.same) AND \(rest)))"
    }

    /// A column of the order with the cursor's value.
    private struct Key {
        let order: ListQuery.Order
        let value: FieldValue
        let table: SQLIdentifier

        var isDescending: Bool { order.isDescending }
        var isNullable: Bool { order.column.isNullable }
        var name: SQLFragment { "\(table).\(order.column.column)" }
        var bound: SQLFragment { order.column.bind(value) }

        var same: SQLFragment { value.isNull ? "\(name) IS NULL" : "\(name) = \(bound)" }

        var fromHere: SQLFragment {
            isDescending ? "\(name) <= \(bound)" : "\(name) >= \(bound)"
        }

        /// Nulls come first, or last where the order is turned round.
        var beyond: SQLFragment {
            switch (value.isNull, isDescending) {
            case (true, true): "FALSE"
            case (true, false): "\(name) IS NOT NULL"
            case (false, false): "\(name) > \(bound)"
            case (false, true):
                isNullable ? "(\(name) < \(bound) OR \(name) IS NULL)" : "\(name) < \(bound)"
            }
        }
    }
}
