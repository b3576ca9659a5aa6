import SQL
import Testing
import Values

struct ValuesContractTests {
    static let things: [Thing] = {
        var full = Thing(1)
        full.flag = true
        full.count = 42
        full.ratio = 0.1
        full.name = "Ada Löwe 🦁"
        full.blob = [0, 1, 2, 255]
        full.at = Instant(microseconds: 1_795_176_000_123_456)
        full.kind = .fancy
        var empty = Thing(2)
        empty.flag = false
        empty.count = 0
        empty.ratio = 0
        empty.name = ""
        empty.blob = []
        empty.at = .distantPast
        var least = Thing(3)
        least.count = .min
        least.ratio = -Double.greatestFiniteMagnitude
        least.at = Instant(microseconds: -210_866_803_200_000_000)  // PostgreSQL's first, 4714 BC
        least.name = "'; DROP TABLE things; -- $1 ?1 \\ \" %"
        var most = Thing(4)
        most.id = ID(high: .max, low: .max)
        most.count = .max
        most.ratio = .infinity
        most.at = Instant(microseconds: .max)
        most.name = String(repeating: "ü", count: 1000)
        most.extra = JSONText("\"" + String(repeating: "ü", count: 300_000) + "\"")
        most.blob = [UInt8](repeating: 0xAB, count: 1_000_000)
        return [full, empty, least, most, Thing(5)]
    }()

    @Test(arguments: engines)
    func `values come back as they went in`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            for thing in Self.things {
                try await thing.insert(on: database)
                #expect(try await database.first(Thing.find, thing.id) == thing)
            }
        }
    }

    @Test(arguments: engines)
    func `inside a transaction, too`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            try await database.transaction { transaction in
                for thing in Self.things {
                    try await thing.insert(on: transaction)
                    #expect(try await transaction.first(Thing.find, thing.id) == thing)
                }
            }
        }
    }

    @Test(arguments: engines)
    func `JSON can be looked into`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            var thing = Thing(1)
            thing.extra = JSONText(#"{"plan": "gold"}"#)
            try await thing.insert(on: database)
            #expect(try await database.first(Thing.find, thing.id)?.extra == thing.extra)
            #expect(try await database.first(Thing.plan, thing.id)?.value == "gold")
        }
    }

    @Test(arguments: engines)
    func `text with a NUL is refused as bad data`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            let code = await failure {
                var thing = Thing(1)
                thing.name = "a\0b"
                try await thing.insert(on: database)
            }
            #expect(code == .check)
            let rows = try await database.first(Thing.count)?.value
            #expect(rows == 0)
        }
    }

    @Test(arguments: engines)
    func `a value of another kind is a decoding error`(on engine: Engine) async throws {
        let asNumber = Statement(
            .point, "SELECT kind FROM things WHERE id = $1", binds: ID<Thing>.self,
            returns: Single<Int>.self)
        let asKind = Statement(
            .point, "SELECT name FROM things WHERE id = $1", binds: ID<Thing>.self,
            returns: Single<Thing.Kind>.self)
        try await withDatabase(on: engine) { database in
            var thing = Thing(1)
            thing.name = "neither"
            try await thing.insert(on: database)
            let id = thing.id
            #expect(
                await failure { _ = try await database.first(asNumber, id) } == .decoding)
            #expect(await failure { _ = try await database.first(asKind, id) } == .decoding)
            #expect(try await database.first(Thing.find, id) == thing)
        }
    }
}
