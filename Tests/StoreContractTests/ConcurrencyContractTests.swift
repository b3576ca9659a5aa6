import SQL
import Testing
import Values

struct ConcurrencyContractTests {
    @Test(arguments: engines)
    func `64 tasks insert`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            try await withThrowingTaskGroup { group in
                for task in 0..<64 {
                    group.addTask {
                        for number in 0..<10 {
                            try await Thing(task * 10 + number).insert(on: database)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.first(Thing.count)?.value == 640)
        }
    }

    @Test(arguments: engines)
    func `no update is lost`(on engine: Engine) async throws {
        try await withDatabases(2, on: engine) { databases in
            let script = Thing.schema.script(for: engine).up
            try await databases[0].transaction { try await $0.runScript(script) }
            _ = try await databases[0].first(Counter.set, "a", 0)
            try await withThrowingTaskGroup { group in
                for task in 0..<32 {
                    group.addTask {
                        for _ in 0..<5 { try await databases[task % 2].execute(Counter.add, "a") }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await databases[1].first(Counter.read, "a")?.value == 160)
        }
    }

    @Test(arguments: engines)
    func `of those that race for a one-time thing one wins`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            for round in 0..<8 {
                let name = "code \(round)"
                _ = try await database.first(Counter.set, name, round)
                let winners = Tally()
                try await withThrowingTaskGroup { group in
                    for number in 0..<16 {
                        group.addTask {
                            let won =
                                number % 2 == 0
                                ? try await database.first(Counter.consume, name)
                                : try await database.transaction {
                                    try await $0.first(Counter.consume, name)
                                }
                            if won != nil { winners.add() }
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(winners.count == 1)
            }
        }
    }

    @Test(arguments: engines)
    func `one that fails leaves those beside it`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            try await Thing(0).insert(on: database)
            let refused = Tally()
            await withTaskGroup { group in
                for number in 0..<60 {
                    group.addTask {
                        let thing = Thing(number % 3 == 0 ? 0 : number)
                        do {
                            try await thing.insert(on: database)
                        } catch {
                            refused.add()
                        }
                    }
                }
            }
            #expect(refused.count == 20)
            #expect(try await database.first(Thing.count)?.value == 41)
        }
    }
}
