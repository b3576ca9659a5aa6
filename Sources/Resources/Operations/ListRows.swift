import Coding
import SQL
import Values

/// Lists the rows that a caller sees.
struct ListRows {
    let rows: ResourceRows

    /// The page and the count of all are one statement: a second one costs as much again as the rows
    /// of a page.
    func callAsFunction(_ query: ListQuery, by asker: RowAsker) async throws -> RowPage {
        let sql = ListSQL(
            query, of: rows.resource, on: rows.database.engine,
            under: asker.reading(rows.resource).sql)
        let found = try await rows.statements.page(sql, in: rows.database)
        let page = ListPage(found.rows, of: query)
        let included =
            try await query.include.isEmpty
            ? [] : RelatedRows(all: rows.all, asker: asker).find(query.include, for: page.rows)
        return RowPage(
            resource: rows.resource, query: query, page: page,
            total: try await found.total == nil ? total(sql) : found.total, included: included)
    }

    /// Nil where nobody asked.
    private func total(_ sql: ListSQL) async throws -> Int? {
        guard sql.isCounted else { return nil }
        // Past the last page, nobody says it; and where the first one is empty, there are none.
        if sql.query.offset == 0 { return 0 }
        return try await rows.database.first(sql.count, .scan, returning: Single<Int>.self)?.value
    }
}
