/// What a list's rows make: a page of them, and the cursor of the next.
package struct ListPage: Sendable {
    package let rows: [ResourceRow]
    /// Nil where the list ends, and where nobody asked by cursor.
    package let next: String?

    /// Of the rows that `ListSQL.page` reads.
    package init(_ rows: [ResourceRow], of query: ListQuery) {
        self.rows = Array(rows.prefix(query.limit))
        guard case .cursor = query.start, rows.count > query.limit, let last = self.rows.last
        else {
            next = nil
            return
        }
        next = ListCursor(after: last, in: query).text(for: query.order)
    }

    /// How many rows are read, in a few sizes. By cursor one more than asked for, which tells
    /// whether the list goes on.
    static func read(_ query: ListQuery) -> Int {
        let rows = sizes.first { query.limit <= $0 } ?? ListLimits.rows
        if case .cursor = query.start { return rows + 1 }
        return rows
    }

    private static let sizes = [10, ListLimits.standard, 50, ListLimits.rows]
}
