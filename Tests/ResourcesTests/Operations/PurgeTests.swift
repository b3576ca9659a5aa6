import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

@testable import Server

/// What becomes of rows whose owner is gone.
struct PurgeTests {
    private static func boxes(_ owner: String, read: String) -> String {
        """
        {
          resources: [
            {
              name: "shelves",
              owner: "\(owner)",
              fields: { name: { type: "text", required: true } },
              rules: { read: "\(read)" },
            },
            {
              name: "boxes",
              owner: "\(owner)",
              fields: { shelf: { type: "reference", resource: "shelves", required: true } },
              rules: { read: "\(read)" },
            },
          ],
        }
        """
    }

    @Test(arguments: Engine.tested)
    func `a user who is purged takes his rows along, also those that refer to one another`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine, [Self.boxes("user", read: "owner")]) { client in
            let ada = try await client.user()
            let shelf = try await client.make("shelves", ["name": "A"], by: ada)
            _ = try await client.make("boxes", ["shelfId": .string(shelf)], by: ada)
            try await client.purge(ada)
            #expect(try await client.count("users") == 0)
            #expect(try await client.count("shelves") == 0)
            #expect(try await client.count("boxes") == 0)
        }
    }

    @Test(arguments: Engine.tested)
    func `one whose rows others hold is kept until they let go, and keeps nobody else`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine, [Self.boxes("user", read: "signedIn")]) { client in
            let ada = try await client.user()
            let bob = try await client.user("bob@example.com")
            let eve = try await client.user("eve@example.com")
            let shelf = try await client.make("shelves", ["name": "A"], by: ada)
            _ = try await client.make("boxes", ["shelfId": .string(shelf)], by: bob)
            try await client.purge(ada, eve)
            #expect(try await client.count("users") == 2)
            #expect(try await client.count("shelves") == 1)
            try await client.purge(bob)
            #expect(try await client.count("users") == 0)
            #expect(try await client.count("boxes") == 0)
        }
    }

    /// His own, and what refers to them by `cascade`, whosever it is and whether it could come back or not.
    @Test(arguments: Engine.tested)
    func `whoever follows rows hears that they go with their user`(on engine: Engine) async throws {
        let declarations = """
            {
              resources: [
                {
                  name: "shelves",
                  delete: "soft",
                  fields: {
                    name: { type: "text", required: true },
                    above: { type: "reference", resource: "shelves" },
                  },
                  rules: { read: "signedIn" },
                },
                {
                  name: "notes",
                  fields: {
                    shelf: {
                      type: "reference", resource: "shelves", required: true, onDelete: "cascade",
                    },
                  },
                  rules: { read: "signedIn" },
                },
              ],
            }
            """
        try await withResources(on: engine, [declarations]) { client in
            let ada = try await client.user()
            let bob = try await client.user("bob@example.com")
            let top = try await client.make("shelves", ["name": "A"], by: ada)
            let low = try await client.make(
                "shelves", ["name": "B", "aboveId": .string(top)], by: ada)
            // The older one holds the newer one back.
            let held = try await client.make("shelves", ["name": "C"], by: ada)
            _ = await client.ask(.patch, "shelves/\(low)", ["aboveId": .string(held)], by: ada)
            let deleted = try await client.make("shelves", ["name": "D"], by: ada)
            _ = await client.ask(.delete, "shelves/\(deleted)", by: ada)
            let note = try await client.make("notes", ["shelfId": .string(top)], by: bob)
            _ = try await client.make("shelves", ["name": "E"], by: bob)
            let before = try await client.changes().count
            try await client.purge(ada)
            let changes = try await client.changes().dropFirst(before)
            #expect(
                Set(changes.map { "\($0.topic) \($0.kind) \($0.row)" }) == [
                    "notes deleted \(note)", "shelves deleted \(top)", "shelves deleted \(low)",
                    "shelves deleted \(held)",
                ])
            #expect(changes.count == 4)
            #expect(changes.allSatisfy { $0.before != nil && $0.after == nil })
            #expect(try await client.count("shelves") == 1)
            #expect(try await client.count("users") == 1)
        }
    }

    @Test(.timeLimit(.minutes(3)), arguments: Engine.tested)
    func `it is told to whoever listens`(on engine: Engine) async throws {
        try await withResources(on: engine, [Self.boxes("user", read: "anyone")]) { client in
            let ada = try await client.user()
            let shelf = try await client.make("shelves", ["name": "A"], by: ada)
            let socket = try await client.another().socket()
            let answer = await socket.ask(
                ["type": "subscribe", "id": 1, "topic": "resources/shelves"])
            #expect(answer?["type"] == "ack")
            try await client.purge(ada)
            let bob = try await client.user("bob@example.com")
            let last = try await client.make("shelves", ["name": "B"], by: bob)
            // What was written shortly before one listens may be told, too.
            var events: [String] = []
            while events.last != "created \(last)", let event = await socket.next("event") {
                let row = event["row"]?.asString ?? ""
                events.append("\(event["kind"]?.asString ?? "") \(row)")
            }
            #expect(events.suffix(2) == ["deleted \(shelf)", "created \(last)"])
        }
    }

    @Test(arguments: Engine.tested)
    func `there may be many rows, and two nodes that are at them`(on engine: Engine) async throws {
        try await withResources(on: engine, [Self.boxes("user", read: "owner")]) { client in
            let ada = try await client.user()
            for index in 0..<35 {
                _ = try await client.make("shelves", ["name": "\(index)"], by: ada)
            }
            try await client.end(ada)
            _ = await race(2, client) { _ in
                try? await client.server.program.sweep(at: client.clock.now)
            }
            try await client.server.program.sweep(at: client.clock.now)
            let deleted = try await client.changes().filter { $0.kind == .deleted }
            #expect(deleted.count == 35)
            #expect(Set(deleted.map(\.row)).count == 35)
            #expect(try await client.count("users") == 0)
        }
    }

    @Test(arguments: Engine.tested)
    func `an organization that ends takes its rows along`(on engine: Engine) async throws {
        try await withResources(on: engine, [Self.boxes("organization", read: "owner")]) { client in
            let ada = try await client.user()
            let id = try await client.organization(ada, "engines")
            let shelf = try await client.make(
                "shelves", ["name": "A", "organizationId": .string(id)], by: ada)
            _ = try await client.make(
                "boxes", ["shelfId": .string(shelf), "organizationId": .string(id)], by: ada)
            #expect(await client.ask(.delete, "organizations/\(id)", by: ada).status == 204)
            #expect(try await client.count("boxes") == 0)
        }
    }
}

extension TestClient {
    /// The users have deleted their accounts, and the time is over for which they are kept.
    fileprivate func purge(_ users: TestUser...) async throws {
        for user in users { try await end(user) }
        try await server.program.sweep(at: clock.now)
    }

    /// A user has deleted his account, and nobody has looked since his time was over.
    fileprivate func end(_ user: TestUser) async throws {
        let id = try #require(ID<Never>(user.id))
        try await server.database.execute(
            "UPDATE users SET deleted_at = \(clock.now) WHERE id = \(id)")
        clock.advance(by: .days(31))
    }

    fileprivate func count(_ table: String) async throws -> Int? {
        try await server.database.first(
            "SELECT count(*) FROM \(try SQLIdentifier(table))", returning: Single<Int>.self
        )?.value
    }
}
