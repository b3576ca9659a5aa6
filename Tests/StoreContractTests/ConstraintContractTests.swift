import SQL
import Testing
import Values

struct ConstraintContractTests {
    private typealias Change = @Sendable (inout Thing) -> Void

    /// Inserts a thing beside `Thing(1)`, which both are changed by `change`.
    private static func second(
        on engine: Engine, _ number: Int = 2, _ change: @escaping Change
    ) async throws -> DatabaseError.Code? {
        nonisolated(unsafe) var code: DatabaseError.Code?
        try await withDatabase(on: engine) { database in
            var (first, second) = (Thing(1), Thing(number))
            change(&first)
            change(&second)
            try await first.insert(on: database)
            let thing = second
            code = await failure { try await thing.insert(on: database) }
            #expect(try await database.first(Thing.count)?.value == 1)
        }
        return code
    }

    @Test(arguments: engines)
    func `a unique column's constraint has PostgreSQL's name`(on engine: Engine) async throws {
        let code = try await Self.second(on: engine) { $0.name = "Ada" }
        #expect(code == .uniqueViolation(constraint: "things_name_key"))
    }

    @Test(arguments: engines)
    func `so have several columns`(on engine: Engine) async throws {
        let code = try await Self.second(on: engine) {
            $0.count = 1
            $0.parent = Thing.id(1)
        }
        #expect(code == .uniqueViolation(constraint: "things_count_parent_key"))
    }

    @Test(arguments: engines)
    func `so has the primary key`(on engine: Engine) async throws {
        let code = try await Self.second(on: engine, 1) { _ in }
        #expect(code == .uniqueViolation(constraint: "things_pkey"))
    }

    @Test(arguments: engines)
    func `an index has its own name`(on engine: Engine) async throws {
        let partial = try await Self.second(on: engine) { $0.ratio = 1 }
        #expect(partial == .uniqueViolation(constraint: "things_one_ratio"))
        let expression = try await Self.second(on: engine) {
            $0.name = $0.id == Thing.id(1) ? "ADA" : "ada"
            $0.kind = .fancy
        }
        #expect(expression == .uniqueViolation(constraint: "things_lower_name"))
    }

    @Test(arguments: engines)
    func `references, checks and missing values have codes`(on engine: Engine) async throws {
        let withoutKind: SQLFragment = "INSERT INTO things (id) VALUES (\(Thing.id(1)))"
        try await withDatabase(on: engine) { database in
            let orphan = await failure {
                var thing = Thing(1)
                thing.parent = Thing.id(9)
                try await thing.insert(on: database)
            }
            #expect(orphan == .foreignKey)
            let unlucky = await failure {
                var thing = Thing(1)
                thing.count = 13
                try await thing.insert(on: database)
            }
            #expect(unlucky == .check)
            #expect(await failure { try await database.execute(withoutKind) } == .notNull)
            let rows = try await database.first(Thing.count)?.value
            #expect(rows == 0)
        }
    }

    @Test(arguments: engines)
    func `what others refer to stays`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            try await Thing(1).insert(on: database)
            var child = Thing(2)
            child.parent = Thing.id(1)
            try await child.insert(on: database)
            let code = await failure { try await database.execute(Thing.delete, Thing.id(1)) }
            #expect(code == .foreignKey)
        }
    }

    @Test(arguments: engines)
    func `errors carry the statement and no values`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            var thing = Thing(1)
            thing.name = "secret"
            try await thing.insert(on: database)
            var again = Thing(2)
            again.name = "secret"
            do {
                try await again.insert(on: database)
            } catch let error as DatabaseError {
                #expect(error.statement?.contains("INSERT INTO things") == true)
                #expect(!error.debugDescription.contains("secret"))
                #expect(!error.engineCode.isEmpty)
            }
        }
    }
}
