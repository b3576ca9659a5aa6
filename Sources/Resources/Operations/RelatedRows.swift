import SQL
import Values

/// Finds what belongs to rows: one query for each relation, however many rows there are.
///
/// Each is under the rule for reading the other resource: of what one may not see, nothing is shown.
struct RelatedRows {
    let all: Resources
    let asker: RowAsker

    /// In the order in which they were asked for.
    func find(
        _ inclusions: [Inclusion], for rows: [ResourceRow]
    ) async throws -> [Included] {
        if inclusions.count < 2 || rows.isEmpty {
            var found: [Included] = []
            for inclusion in inclusions { found.append(try await find(inclusion, for: rows)) }
            return found
        }
        return try await withThrowingTaskGroup(of: (Int, Included).self) { group in
            for (index, inclusion) in inclusions.enumerated() {
                group.addTask { (index, try await find(inclusion, for: rows)) }
            }
            var found: [(Int, Included)] = []
            for try await one in group { found.append(one) }
            return found.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func find(_ inclusion: Inclusion, for rows: [ResourceRow]) async throws -> Included {
        let statements = all.statements(of: inclusion.resource)
        let sql = IncludeSQL(
            inclusion, on: all.identity.database.engine,
            under: asker.reading(inclusion.resource).sql
        ).rows(for: rows)
        guard let sql else { return Included(inclusion, []) }
        return Included(
            inclusion,
            try await all.identity.database.all(sql, .scan, reading: statements.read))
    }
}
