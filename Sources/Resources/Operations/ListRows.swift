import Coding
import SQL
import Values

/// Lists the rows that a caller sees.
struct ListRows {
    let rows: ResourceRows

    /// A page and the count of all are asked for at once.
    func callAsFunction(_ query: ListQuery, by asker: RowAsker) async throws -> RowPage {
        let sql = ListSQL(
            query, of: rows.resource, on: rows.database.engine,
            under: asker.reading(rows.resource).sql)
        async let total = count(sql)
        let statements = rows.statements
        let found = try await rows.database.all(sql.page, .scan, reading: statements.read)
        let page = ListPage(found, of: query)
        let included = try await RelatedRows(all: rows.all, asker: asker)
            .find(query.include, for: page.rows)
        return RowPage(
            resource: rows.resource, query: query, page: page, total: try await total,
            included: included)
    }

    /// Nil where nobody asked.
    private func count(_ sql: ListSQL) async throws -> Int? {
        guard let count = sql.count else { return nil }
        return try await rows.database.first(count, .scan, returning: Single<Int>.self)?.value
    }
}
