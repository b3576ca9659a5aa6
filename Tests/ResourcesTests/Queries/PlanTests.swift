import Coding
import DatabaseTesting
import SQL
import Testing
import Values

@testable import Resources

/// What lists cost: each page goes along an index, and nothing is read that is not shown.
struct PlanTests {
    private struct Line: RowDecodable {
        let text: String

        init(row: inout Row) throws(DatabaseError) { text = try row.next() }
    }

    private struct Step: RowDecodable {
        let text: String

        init(row: inout Row) throws(DatabaseError) {
            for _ in 0..<3 { _ = try row.next(Int.self) }
            text = try row.next()
        }
    }

    /// How the engine goes about it: on PostgreSQL for any values of the parameters, as it does once
    /// it has run a statement a few times.
    private func plan(_ sql: SQLFragment, _ store: TestStore) async throws -> String {
        guard store.engine == .postgres else {
            return try await store.all("EXPLAIN QUERY PLAN \(sql)", returning: Step.self)
                .map(\.text).joined(separator: "\n")
        }
        let binds = sql.core(.scan, returning: NoRow.self).binds
        let nulls = [SQLFragment](repeating: "NULL", count: binds.count).joined(by: ", ")
        let types = binds.map(Self.name).joined(separator: ", ")
        let prepare = "PREPARE planned (\(types)) AS \(sql.text)"
        let explain: SQLFragment =
            binds.isEmpty
            ? "EXPLAIN (COSTS OFF) EXECUTE planned"
            : "EXPLAIN (COSTS OFF) EXECUTE planned (\(nulls))"
        return try await store.transaction { transaction in
            try await transaction.runScript("SET LOCAL plan_cache_mode = force_generic_plan")
            try await transaction.runScript(prepare)
            let lines = try await transaction.all(explain, returning: Line.self).map(\.text)
            try await transaction.runScript("DEALLOCATE planned")
            return lines.joined(separator: "\n")
        }
    }

    private static func name(_ type: SQLType) -> String {
        switch type {
        case .boolean: "boolean"
        case .integer: "bigint"
        case .double: "double precision"
        case .text: "text"
        case .bytes: "bytea"
        case .uuid: "uuid"
        case .instant: "timestamptz"
        case .json: "jsonb"
        }
    }

    /// A store with so many rows that an engine would rather not look at all of them, and told about
    /// them.
    private func withRows(
        _ sample: ListSample, on engine: Engine,
        _ body: @escaping @Sendable (TestStore) async throws -> Void
    ) async throws {
        try await withStore(on: engine) { store in
            try await sample.fill(store)
            let script = engine == .sqlite ? Self.sqliteRows : Self.postgresRows
            try await store.transaction { try await $0.runScript(script) }
            try await store.execute("ANALYZE")
            // Which rows everybody sees is known, so that an index is enough to count them.
            if engine == .postgres { try await store.execute("VACUUM things") }
            try await body(store)
        }
    }

    private static let count = 40_000

    /// Four in five are the first user's, one in ten is deleted.
    private static let sqliteRows = """
        WITH RECURSIVE numbers (n) AS
            (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < \(count / 10))
        INSERT INTO groups (id, user_id, title, created_at, updated_at)
        SELECT printf('00000001-0000-7000-8000-%012x', n), '\(testUser)', 'Group ' || n, n, n
        FROM numbers;
        WITH RECURSIVE numbers (n) AS
            (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < \(count))
        INSERT INTO things (id, user_id, title, note, rating, price, state, is_done, day, at, email,
            group_id, created_at, updated_at, deleted_at)
        SELECT printf('00000002-0000-7000-8000-%012x', n),
            iif(n % 5 = 0, '\(ListSample.users[1])', '\(testUser)'), 'Title ' || (n % 100), 'note ' || (n % 100),
            nullif(n % 13, 0), nullif(n % 17, 0), iif(n % 2 = 0, 'active', 'z'),
            n % 2, '2026-01-1' || (n % 10), n % 100, 'user' || (n % 50) || '@example.com',
            printf('00000001-0000-7000-8000-%012x', 1 + n % \(count / 10)), n * 1000, n,
            iif(n % 10 = 0, n, NULL)
        FROM numbers;
        """

    private static let postgresRows = """
        INSERT INTO groups (id, user_id, title, created_at, updated_at)
        SELECT ('00000001-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '\(testUser)',
            'Group ' || n, to_timestamp(n), to_timestamp(n)
        FROM generate_series(1, \(count / 10)) n;
        INSERT INTO things (id, user_id, title, note, rating, price, state, is_done, day, at, email,
            group_id, created_at, updated_at, deleted_at)
        SELECT ('00000002-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
            CASE WHEN n % 5 = 0 THEN '\(ListSample.users[1])' ELSE '\(testUser)' END::uuid,
            'Title ' || (n % 100), 'note ' || (n % 100), nullif(n % 13, 0), nullif(n % 17, 0),
            CASE WHEN n % 2 = 0 THEN 'active' ELSE 'z' END, n % 2 = 1, '2026-01-1' || (n % 10),
            to_timestamp(n % 100), 'user' || (n % 50) || '@example.com',
            ('00000001-0000-7000-8000-' || lpad(to_hex(1 + n % \(count / 10)), 12, '0'))::uuid,
            to_timestamp(n), to_timestamp(n), CASE WHEN n % 10 = 0 THEN to_timestamp(n) END
        FROM generate_series(1, \(count)) n;
        """

    private func expectAlongIndex(_ plan: String, _ name: String) {
        #expect(plan.contains("Index") || plan.contains("USING INDEX"), "\(name)\n\(plan)")
        for word in ["Sort", "TEMP B-TREE", "Seq Scan", "Bitmap"] {
            #expect(!plan.contains(word), "\(name)\n\(plan)")
        }
        #expect(!plan.contains("SCAN things\n") && !plan.hasSuffix("SCAN things"), "\(plan)")
    }

    // MARK: Pages

    @Test(arguments: Engine.tested)
    func `a page in the order of one column goes along its index, wherever it begins`(
        on engine: Engine
    ) async throws {
        let sample = try ListSample(count: 100, seed: 41)
        try await withRows(sample, on: engine) { store in
            for column in sample.parameters().sortable {
                for sign in ["", "-"] {
                    try await expectAlongIndex(sign + column.name, sample, store)
                }
            }
        }
    }

    private func expectAlongIndex(
        _ sort: String, _ sample: ListSample, _ store: TestStore
    ) async throws {
        var query = try sample.parameters().read([("sort", sort), ("cursor", "")])
        func plan(_ query: ListQuery) async throws -> String {
            let sql = ListSQL(
                query, of: sample.things, on: store.engine, under: ListSample.condition)
            return try await self.plan(sql.page, store)
        }
        expectAlongIndex(try await plan(query), sort)
        let isNullable = query.sort[0].column.isNullable
        let row = try #require(sample.seen.first { !$0.values.contains(.null) })
        query.start = .cursor(ListCursor(after: row, in: query))
        // Two places in the index are put together by sorting the two short lists.
        if !(isNullable && query.sort[0].isDescending) {
            expectAlongIndex(try await plan(query), sort + " after")
        } else {
            expectTwoRanges(try await plan(query), sort)
        }
        guard isNullable else { return }
        let column = query.sort[0].column
        let null = try #require(sample.seen.first { column.value(in: $0).isNull })
        query.start = .cursor(ListCursor(after: null, in: query))
        if query.sort[0].isDescending {
            expectAlongIndex(try await plan(query), sort + " after null")
        } else {
            expectTwoRanges(try await plan(query), sort + " after null")
        }
    }

    private func expectTwoRanges(_ plan: String, _ name: String) {
        let searches =
            plan.ranges(of: "Index Scan").count + plan.ranges(of: "USING INDEX").count
        #expect(searches == 2, "\(name)\n\(plan)")
        #expect(!plan.contains("Seq Scan"), "\(name)\n\(plan)")
    }

    @Test(arguments: Engine.tested)
    func `a filtered page goes along the index of the filter`(on engine: Engine) async throws {
        let sample = try ListSample(count: 100, seed: 42)
        let row = try #require(sample.seen.first { !$0.values.contains(.null) })
        try await withRows(sample, on: engine) { store in
            for column in sample.parameters().sortable where column != .createdAt {
                guard column.name != "updatedAt" else { continue }
                var query = try sample.parameters().read([("cursor", "")])
                query.filters = [.init(column, .equal, [column.value(in: row)])]
                for _ in 0..<2 {
                    let sql = ListSQL(
                        query, of: sample.things, on: engine, under: ListSample.condition)
                    expectAlongIndex(try await plan(sql.page, store), column.name)
                    query.start = .cursor(ListCursor(after: row, in: query))
                }
            }
        }
    }

    /// Rows are counted, and left out before a page, without looking at them.
    @Test(arguments: Engine.tested)
    func `counting and leaving out look at the index alone`(on engine: Engine) async throws {
        let sample = try ListSample(count: 100, seed: 43)
        try await withRows(sample, on: engine) { store in
            for fields in [[("page", "50")], [("page", "50"), ("state", "active")]] {
                let query = try sample.parameters().read(fields)
                let sql = ListSQL(
                    query, of: sample.things, on: engine, under: ListSample.condition)
                for statement in [sql.count, sql.page] {
                    let plan = try await plan(statement, store)
                    switch engine {
                    case .postgres: #expect(plan.contains("Index Only Scan"), "\(plan)")
                    case .sqlite:
                        #expect(plan.contains("SEARCH things USING INDEX"), "\(plan)")
                        try await expectNoRows(statement, store)
                    }
                }
            }
        }
    }

    /// SQLite puts off looking for a row until it needs a column that the index has not. Its plan
    /// does not say whether that happens, its program does.
    private func expectNoRows(_ sql: SQLFragment, _ store: TestStore) async throws {
        let program = try await store.all("EXPLAIN \(sql)", returning: Instruction.self)
        // The first is along the index; a page's rows are looked up at the end.
        let table = try #require(program.first { $0.name == "DeferredSeek" }).third
        let columns = program.filter { $0.name == "Column" && $0.first == table }
        #expect(columns.isEmpty, "\(program)")
    }

    /// One of SQLite's machine.
    private struct Instruction: RowDecodable {
        let name: String
        let first: Int
        let third: Int

        init(row: inout Row) throws(DatabaseError) {
            _ = try row.next(Int.self)
            name = try row.next()
            first = try row.next()
            _ = try row.next(Int.self)
            third = try row.next()
        }
    }

    // MARK: Search

    @Test(arguments: Engine.tested)
    func `words are looked up in their index first`(on engine: Engine) async throws {
        let sample = try ListSample(count: 100, seed: 44)
        try await withRows(sample, on: engine) { store in
            for start in [[("cursor", "")], [], [("page", "3")]] {
                let query = try sample.parameters().read(start + [("search", "zz 9")])
                let sql = ListSQL(
                    query, of: sample.things, on: engine, under: ListSample.condition)
                let plan = try await plan(sql.page, store)
                #expect(
                    plan.contains("Bitmap Index Scan on things_search")
                        || plan.contains("SCAN things_search VIRTUAL TABLE"), "\(plan)")
            }
        }
    }

    // MARK: Rows beside

    @Test(arguments: Engine.tested)
    func `what belongs to rows is found by index`(on engine: Engine) async throws {
        let sample = try ListSample(count: 100, seed: 45)
        let groups = try #require(sample.catalog["groups"])
        try await withRows(sample, on: engine) { store in
            let many = try #require(sample.catalog.inclusions(of: groups).first)
            let one = try #require(sample.catalog.inclusions(of: sample.things).first)
            for (inclusion, rows) in [(many, sample.groups), (one, sample.rows)] {
                let sql = IncludeSQL(inclusion, on: engine, under: ListSample.condition)
                let plan = try await plan(try #require(sql.rows(for: rows)), store)
                #expect(plan.contains("Index Scan") || plan.contains("USING INDEX"), "\(plan)")
                if inclusion.kind == .many {
                    #expect(plan.contains("things_group_id"), "\(plan)")
                }
                #expect(!plan.contains("Seq Scan"), "\(plan)")
            }
        }
    }
}
