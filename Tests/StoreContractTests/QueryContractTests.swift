import SQL
import Testing
import Values

struct QueryContractTests {
    private static func fill(_ database: any Database, _ count: Int) async throws {
        try await database.transaction { transaction in
            for number in 0..<count {
                var thing = Thing(number)
                thing.name = "thing \(number)"
                thing.count = Int64(number % 3)
                thing.at = Instant(seconds: Int64(number / 2))
                try await thing.insert(on: transaction)
            }
        }
    }

    @Test(arguments: engines)
    func `first, all and none`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            #expect(try await database.first(Thing.find, Thing.id(1)) == nil)
            #expect(try await database.all(Thing.names, 10, 0).isEmpty)
            try await Self.fill(database, 12)
            #expect(try await database.first(Thing.count)?.value == 12)
            #expect(
                try await database.all(Thing.names, 3, 10).map(\.value) == ["thing 10", "thing 11"])
        }
    }

    @Test(arguments: engines)
    func `a parameter may be used twice, and a null one alone`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            try await Self.fill(database, 7)
            #expect(try await database.first(Thing.exists, "thing 3")?.value == 1)
            #expect(try await database.all(Thing.filtered, nil).count == 7)
            #expect(try await database.all(Thing.filtered, 1).count == 2)
        }
    }

    @Test(arguments: engines)
    func `row values page through equal instants`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            try await Self.fill(database, 6)
            let page = try await database.all(Thing.before, Instant(seconds: 2), Thing.id(4), 3)
            #expect(page.map(\.value) == [3, 2, 1].map(Thing.id))
        }
    }

    @Test(arguments: engines)
    func `a write returns the rows it made`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            try await Thing(1).insert(on: database)
            let renamed = try await database.first(Thing.rename, Thing.id(1), "new")
            #expect(renamed?.name == "new")
            #expect(try await database.first(Thing.rename, Thing.id(1), "newer") == nil)
            #expect(try await database.first(Counter.set, "a", 1)?.value == 1)
            #expect(try await database.first(Counter.set, "a", 7)?.value == 7)
            #expect(try await database.first(Counter.read, "a")?.value == 7)
        }
    }

    @Test(arguments: engines)
    func `fragments bind and compose`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            try await Self.fill(database, 9)
            let table = try SQLIdentifier("things")
            let column = try SQLIdentifier("count")
            let filters: [SQLFragment] = ["\(column) = \(Int64(1))", "name <> \("thing 4")"]
            let filter = filters.joined(by: " AND ")
            let rows = try await database.all(
                "SELECT name FROM \(table) WHERE \(filter) ORDER BY id LIMIT \(5)",
                returning: Single<String>.self)
            #expect(rows.map(\.value) == ["thing 1", "thing 7"])
            try await database.execute("DELETE FROM \(table) WHERE \(filter)")
            #expect(try await database.first(Thing.count)?.value == 7)
        }
    }

    @Test(arguments: engines)
    func `a fragment beyond those that are kept runs as well`(on engine: Engine) async throws {
        let fragment: SQLFragment = "SELECT count(*) FROM things WHERE count = \(Int64(1))"
        let core = StatementCore(
            .scan, sqlite: fragment.text, postgres: fragment.text, binds: [.integer],
            isKept: false, columns: { [] })
        try await withDatabase(on: engine) { database in
            try await Self.fill(database, 3)
            for _ in 0..<3 {
                let row = try await database.run(
                    core, bind: { $0.integer(1) },
                    decode: { rows throws(DatabaseError) in try rows.next(Single<Int>.self) })
                #expect(row?.value == 1)
            }
        }
    }

    @Test(arguments: engines)
    func `what no engine can read is a statement error`(on engine: Engine) async throws {
        let nonsense = Statement(.scan, "SELECT nope FROM things", returns: Single<Int>.self)
        try await withDatabase(on: engine) { database in
            #expect(await failure { _ = try await database.all(nonsense) } == .statement)
            let rows = try await database.first(Thing.count)?.value
            #expect(rows == 0)
        }
    }

    @Test(arguments: engines)
    func `every statement is what it is declared to be`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            let migrator = try Migrator([], clock: .system)
            try await migrator.up(on: database)
            let problems = await StatementCheck(on: database).problems(in: statements)
            #expect(problems.map(\.description) == [])
        }
    }

    @Test(arguments: engines)
    func `the check finds what is wrong`(on engine: Engine) async throws {
        let wrong = [
            Statement(
                .point, "SELECT name FROM things WHERE count = $1", binds: Int64.self, Int64.self,
                returns: Single<String?>.self
            ).core,
            Statement(.point, "SELECT id, name FROM things", returns: Single<ID<Thing>>.self).core,
            Statement(.point, "SELECT blob FROM things", returns: Single<String?>.self).core,
            Statement(.point, "SELECT name FROM things", returns: Single<String>.self).core,
            Statement(.point, "SELECT name FROM thing", returns: Single<String?>.self).core,
        ]
        try await withDatabase(on: engine) { database in
            for statement in wrong {
                #expect(
                    await StatementCheck(on: database).problems(in: [statement]).count == 1,
                    "\(statement.sqliteText)")
            }
        }
    }
}
