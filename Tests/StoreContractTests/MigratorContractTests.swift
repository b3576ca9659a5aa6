import DatabaseTesting
import SQL
import Testing
import Values

struct MigratorContractTests {
    private static func table(_ id: String, _ name: StaticString) -> Migration {
        let up: StaticString =
            name.description == "a" ? "CREATE TABLE a (x TEXT)" : "CREATE TABLE b (x TEXT)"
        let down: StaticString = name.description == "a" ? "DROP TABLE a" : "DROP TABLE b"
        let script = Migration.Script(up: up, down: down)
        return Migration(id, sqlite: script, postgres: script)
    }

    private static let first = table("core/0001_a", "a")
    private static let second = table("core/0002_b", "b")
    private static let broken = Migration(
        "core/0003_broken",
        sqlite: .init(up: "CREATE TABLE c (x TEXT); SELECT nope", down: ""),
        postgres: .init(up: "CREATE TABLE c (x TEXT); SELECT nope", down: ""))

    @Test(arguments: engines)
    func `up applies what is missing, once`(on engine: Engine) async throws {
        let clock = MovableClock()
        let part = try Migrator([Self.first], clock: clock.clock)
        let whole = try Migrator([Self.first, Self.second], clock: clock.clock)
        try await withDatabases(1, on: engine) { databases in
            let database = databases[0]
            let first = try await part.up(on: database)
            #expect(first == ["core/0001_a"])
            let status = try await whole.status(on: database).map(\.state)
            #expect(status == [.applied(clock.now), .pending])
            let rest = try await whole.up(on: database)
            #expect(rest == ["core/0002_b"])
            let none = try await whole.up(on: database)
            #expect(none == [])
        }
    }

    @Test(arguments: engines)
    func `down undoes the last ones`(on engine: Engine) async throws {
        let migrator = try Migrator([Self.first, Self.second, Thing.schema], clock: .system)
        try await withDatabases(1, on: engine) { databases in
            let database = databases[0]
            try await migrator.up(on: database)
            #expect(
                try await migrator.down(2, on: database)
                    == ["contract/0001_things", "core/0002_b"])
            #expect(try await migrator.up(on: database).count == 2)
            #expect(try await migrator.down(9, on: database).count == 3)
            #expect(try await migrator.down(1, on: database) == [])
        }
    }

    @Test(arguments: engines)
    func `one that fails keeps nothing and names itself`(on engine: Engine) async throws {
        let migrator = try Migrator([Self.first, Self.broken], clock: .system)
        try await withDatabases(1, on: engine) { databases in
            do {
                try await migrator.up(on: databases[0])
                Issue.record("a broken migration was applied")
            } catch MigrationError.failed(let id, let error) {
                #expect(id == "core/0003_broken")
                #expect(error.code == .statement)
            }
            let status = try await migrator.status(on: databases[0])
            #expect(status.last?.state == .pending)
            // Those before it stay: that all of a new database's go together is no promise.
            #expect(status.first?.state != .pending)
            try await databases[0].transaction { try await $0.runScript("CREATE TABLE c (x TEXT)") }
        }
    }

    @Test(arguments: engines)
    func `an edited, unknown or belated one is refused`(on engine: Engine) async throws {
        let edited = Self.table("core/0001_a", "b")
        try await withDatabases(1, on: engine) { databases in
            let database = databases[0]
            func up(_ migrations: [Migration]) async throws {
                try await Migrator(migrations, clock: .system).up(on: database)
            }
            try await up([Self.second])
            await #expect {
                try await up([Self.first, Self.second])
            } throws: {
                if case MigrationError.outOfOrder("core/0001_a") = $0 { true } else { false }
            }
            await #expect {
                try await up([Self.first])
            } throws: {
                if case MigrationError.unknown("core/0002_b") = $0 { true } else { false }
            }
            try await Migrator([Self.second], clock: .system).down(1, on: database)
            try await up([Self.first])
            await #expect {
                try await up([edited])
            } throws: {
                if case MigrationError.changed("core/0001_a") = $0 { true } else { false }
            }
        }
    }

    @Test(arguments: engines)
    func `starters at the same time all end well`(on engine: Engine) async throws {
        let migrator = try Migrator([Self.first, Self.second, Thing.schema], clock: .system)
        try await withDatabases(4, on: engine) { databases in
            let applied = try await withThrowingTaskGroup { group in
                for database in databases {
                    group.addTask { try await migrator.up(on: database) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied.sorted() == migrator.migrations.map(\.id).sorted())
        }
    }
}
