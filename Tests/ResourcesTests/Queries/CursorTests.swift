import Coding
import DatabaseTesting
import SQL
import Testing
import Values

@testable import Resources

/// C16: a list from cursor to cursor.
struct CursorTests {
    @Test(arguments: Engine.tested)
    func `going by cursor shows each row once, in any order`(on engine: Engine) async throws {
        let sample = try ListSample(count: 400, seed: 11)
        try await withStore(on: engine) { store in
            try await sample.fill(store)
            var author = QueryAuthor(12)
            let parameters = sample.parameters()
            var sorts = parameters.sortable.flatMap { [$0.name, "-" + $0.name] }
            for _ in 0..<40 { sorts.append(author.sort(of: parameters)) }
            for sort in sorts {
                try await walk([("sort", sort), ("limit", "37")], sample, store)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `filters and words narrow what a cursor goes through`(on engine: Engine) async throws {
        let sample = try ListSample(count: 600, seed: 13)
        try await withStore(on: engine) { store in
            try await sample.fill(store)
            var author = QueryAuthor(14)
            for number in 0..<60 {
                var fields = author.query(of: sample).filter {
                    !["page", "offset", "limit"].contains($0.name)
                }
                fields.append(("limit", "7"))
                if number % 4 == 0 { fields.append(("search", "a")) }
                try await walk(fields, sample, store)
            }
        }
    }

    /// From the first page to the last.
    private func walk(
        _ fields: [Input.Field], _ sample: ListSample, _ store: TestStore
    ) async throws {
        var query = try sample.parameters().read(fields + [("cursor", "")])
        let expected = ListModel(rows: sample.seen).all(query)
        var seen: [ResourceRow] = []
        while true {
            let page = try await sample.page(query, from: store)
            #expect(page.rows.count <= query.limit)
            seen += page.rows
            guard let next = page.next, seen.count <= expected.count else { break }
            query = try sample.parameters().read(fields + [("cursor", next)])
        }
        ListModel.expect(seen, expected, fields)
    }

    @Test(arguments: Engine.tested)
    func `rows that come and go move no other row`(on engine: Engine) async throws {
        let sample = try ListSample(count: 500, seed: 15)
        var author = RowAuthor(16)
        let coming = (0..<200).map { author.thing(500 + $0, groups: sample.groups) }
        let leaving = sample.seen.shuffled(using: &author.random)
        try await withStore(on: engine) { store in
            try await sample.fill(store)
            var (coming, going) = (coming, leaving)
            for sort in ["-createdAt", "title", "-rating", "note,-price"] {
                let fields = [("sort", sort), ("limit", "20")]
                let before = try await ids(in: store, sample)
                var query = try sample.parameters().read(fields + [("cursor", "")])
                var seen: [ID<ResourceRow>] = []
                while true {
                    let page = try await sample.page(query, from: store)
                    seen += page.rows.map(\.id)
                    guard let next = page.next else { break }
                    query = try sample.parameters().read(fields + [("cursor", next)])
                    try await ListSample.insert(
                        Array(coming.prefix(2)), of: sample.things, into: store)
                    coming.removeFirst(2)
                    try await delete(going.removeLast(), in: store)
                    try await delete(going.removeLast(), in: store)
                }
                #expect(Set(seen).count == seen.count, "\(sort)")
                let stayed = before.intersection(try await ids(in: store, sample))
                #expect(stayed.isSubset(of: seen), "\(sort)")
            }
        }
    }

    private func ids(in store: TestStore, _ sample: ListSample) async throws -> Set<ID<ResourceRow>>
    {
        let sql: SQLFragment = """
            SELECT \(sample.things.columns) FROM \(sample.things.table)
            WHERE \(ListSample.condition) AND deleted_at IS NULL
            """
        return Set(try await ListSample.rows(sql, of: sample.things, from: store).map(\.id))
    }

    /// Now softly, now for good.
    private func delete(_ row: ResourceRow, in store: TestStore) async throws {
        if row.id.low % 2 == 0 {
            try await store.execute("DELETE FROM things WHERE id = \(row.id)")
        } else {
            try await store.execute(
                "UPDATE things SET deleted_at = created_at WHERE id = \(row.id)")
        }
    }

    // MARK: What is shown about it

    @Test(arguments: Engine.tested)
    func `the last page has no cursor, and nobody counts`(on engine: Engine) async throws {
        let sample = try ListSample(count: 60, seed: 17)
        try await withStore(on: engine) { store in
            try await sample.fill(store)
            let count = sample.seen.count
            for (limit, hasNext) in [(count - 1, true), (count, false), (count + 1, false)] {
                let query = try sample.parameters().read([
                    ("cursor", ""), ("limit", "\(limit)"),
                ])
                let page = try await sample.page(query, from: store)
                #expect(page.rows.count == min(limit, count) && (page.next != nil) == hasNext)
                #expect(try await sample.count(query, in: store) == nil)
            }
        }
    }

    /// Whatever somebody writes into one: the condition is in the statement beside.
    @Test(arguments: Engine.tested)
    func `a cursor that was changed shows nobody else's rows`(on engine: Engine) async throws {
        let sample = try ListSample(count: 300, seed: 18)
        let foreign = sample.rows.filter { $0.userID == ListSample.users[1] }
        let mine = Set(sample.seen.map(\.id))
        try await withStore(on: engine) { store in
            try await sample.fill(store)
            for sort in ["-createdAt", "title", "-rating"] {
                var query = try sample.parameters().read([("sort", sort), ("cursor", "")])
                for row in foreign.prefix(20) {
                    query.start = .cursor(ListCursor(after: row, in: query))
                    let page = try await sample.page(query, from: store)
                    #expect(mine.isSuperset(of: page.rows.map(\.id)))
                }
            }
        }
    }
}
