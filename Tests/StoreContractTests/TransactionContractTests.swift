import SQL
import Testing
import Values

struct TransactionContractTests {
    private struct Refused: Error {}

    @Test(arguments: engines)
    func `what a transaction wrote is kept`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            let seen = try await database.transaction { transaction in
                try await Thing(1).insert(on: transaction)
                try await Thing(2).insert(on: transaction)
                return try await transaction.first(Thing.count)?.value
            }
            #expect(seen == 2)
            #expect(try await database.first(Thing.count)?.value == 2)
        }
    }

    @Test(arguments: engines)
    func `what throws keeps nothing and arrives as it was`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            await #expect(throws: Refused.self) {
                try await database.transaction { transaction in
                    try await Thing(1).insert(on: transaction)
                    throw Refused()
                }
            }
            let rows = try await database.first(Thing.count)?.value
            #expect(rows == 0)
        }
    }

    @Test(arguments: engines)
    func `a failing statement undoes those before it`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            let code = await failure {
                try await database.transaction { transaction in
                    try await Thing(1).insert(on: transaction)
                    try await Thing(2).insert(on: transaction)
                    try await Thing(1).insert(on: transaction)
                }
            }
            #expect(code == .uniqueViolation(constraint: "things_pkey"))
            let rows = try await database.first(Thing.count)?.value
            #expect(rows == 0)
        }
    }

    @Test(arguments: engines)
    func `others do not see it before it ends`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            let outside = try await database.transaction { transaction in
                try await Thing(1).insert(on: transaction)
                return try await database.first(Thing.count)?.value
            }
            #expect(outside == 0)
        }
    }

    @Test(arguments: engines)
    func `whoever wrote reads what was written`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            try await withThrowingTaskGroup { group in
                for number in 0..<64 {
                    group.addTask {
                        try await Thing(number).insert(on: database)
                        #expect(try await database.first(Thing.find, Thing.id(number)) != nil)
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test(arguments: engines)
    func `two statements of one body may be under way together`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            try await database.transaction { transaction in
                async let first: Void = Thing(1).insert(on: transaction)
                async let second: Void = Thing(2).insert(on: transaction)
                _ = try await (first, second)
            }
            #expect(try await database.first(Thing.count)?.value == 2)
        }
    }

    @Test(arguments: engines)
    func `a body may run again, and only its last run counts`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            _ = try await database.first(Counter.set, "a", 0)
            let runs = Tally()
            try await withThrowingTaskGroup { group in
                for _ in 0..<16 {
                    group.addTask {
                        try await database.transaction { transaction in
                            runs.add()
                            try await transaction.execute(Counter.add, "a")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(runs.count >= 16)
            #expect(try await database.first(Counter.read, "a")?.value == 16)
        }
    }

    @Test(arguments: engines)
    func `a script that fails in its middle keeps nothing`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            let code = await failure {
                try await database.transaction {
                    try await $0.runScript("CREATE TABLE a (b TEXT); CREATE TABLE things (b TEXT)")
                }
            }
            #expect(code == .statement)
            try await database.transaction { try await $0.runScript("CREATE TABLE a (b TEXT)") }
        }
    }
}
