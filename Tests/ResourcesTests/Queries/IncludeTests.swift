import DatabaseTesting
import SQL
import Testing
import Values

@testable import Resources

/// S3-13: what belongs to the rows of a page, in one query for each relation.
struct IncludeTests {
    private func included(
        _ name: String, of resource: Resource, for rows: [ResourceRow], _ sample: ListSample,
        _ store: TestStore, under condition: SQLFragment = ListSample.condition
    ) async throws -> Included {
        let inclusion = try #require(
            sample.catalog.inclusions(of: resource).first { $0.name == name })
        let sql = IncludeSQL(inclusion, on: store.engine, under: condition)
        guard let statement = sql.rows(for: rows) else { return Included(inclusion, []) }
        return Included(
            inclusion,
            try await ListSample.rows(statement, of: inclusion.resource, from: store))
    }

    @Test(arguments: Engine.tested)
    func `each row has its newest hundred beside it, of those that one may see`(
        on engine: Engine
    ) async throws {
        let sample = try ListSample(count: 1500, seed: 31)
        let groups = try #require(sample.catalog["groups"])
        try await withStore(on: engine) { store in
            try await sample.fill(store)
            let included = try await included(
                "things", of: groups, for: sample.groups, sample, store)
            let standard = ListQuery(of: sample.things)
            var counts: [Int] = []
            for group in sample.groups {
                let all = ListModel(rows: sample.seen).all(standard).filter {
                    $0.values.contains(.id(group.id))
                }
                let shown = included.rows(of: group)
                #expect(shown == Array(all.prefix(100)))
                counts.append(shown.count)
            }
            #expect(counts.contains(100))
        }
    }

    @Test(arguments: Engine.tested)
    func `a row that one may not see is as one that is not there`(on engine: Engine) async throws {
        let sample = try ListSample(count: 100, seed: 32)
        try await withStore(on: engine) { store in
            try await sample.fill(store)
            try await store.execute(
                "UPDATE groups SET deleted_at = created_at WHERE id = \(sample.groups[0].id)")
            let included = try await included(
                "group", of: sample.things, for: sample.rows, sample, store)
            // Those with an odd number are the other user's.
            let visible = [sample.groups[2], sample.groups[4]]
            var count = 0
            for row in sample.rows {
                let expected = visible.filter { row.values.contains(.id($0.id)) }
                #expect(included.rows(of: row) == expected)
                count += expected.count
            }
            #expect(count > 10)
            let none = try await self.included(
                "group", of: sample.things, for: sample.rows, sample, store, under: "FALSE")
            #expect(sample.rows.allSatisfy { none.rows(of: $0).isEmpty })
        }
    }

    @Test func `where nothing is referred to, nothing is asked`() throws {
        let sample = try ListSample(count: 30)
        let inclusion = try #require(
            sample.catalog.inclusions(of: sample.things).first { $0.name == "group" })
        let sql = IncludeSQL(inclusion, on: .sqlite, under: ListSample.condition)
        #expect(sql.rows(for: []) == nil)
        #expect(sql.rows(for: sample.rows.filter { $0.values.last == .null }) == nil)
        #expect(sql.rows(for: sample.rows)?.text == sql.rows(for: [sample.rows[0]])?.text)
    }
}
