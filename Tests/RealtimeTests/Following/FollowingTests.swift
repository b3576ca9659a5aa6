import AtriumTesting
import Coding
import DatabaseTesting
import SQL
import Testing

/// S4-13: what happens to rows is told to those who listen and may read them.
@Suite(.timeLimit(.minutes(3))) struct FollowingTests {
    @Test(arguments: Engine.tested)
    func `who listens hears what is written, in order, and only what is his`(
        on engine: Engine
    ) async throws {
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            let bob = try await client.user("bob@example.com")
            let socket = try await client.socket(bearer: ada.accessToken)
            #expect(await socket.next() == ["type": "hello", "user": .string(ada.id)])
            let start = try await socket.subscribe("resources/items")
            _ = try await client.make("items", ["name": "not hers"], by: bob)
            let id = try await client.make(
                "items", ["name": "Engine", "secret": "Byron"], by: ada)
            _ = await client.ask(.patch, "items/\(id)", ["name": "Loom"], by: ada)
            _ = await client.ask(.delete, "items/\(id)", by: ada)
            _ = await client.ask(.post, "items/\(id)/restore", by: ada)
            let events = await socket.events(4)
            #expect(
                events.map(\.line) == [
                    "created Engine", "updated Loom", "deleted", "restored Loom",
                ])
            #expect(events.allSatisfy { $0["row"] == .string(id) })
            #expect(events.allSatisfy { $0["topic"] == "resources/items" })
            #expect(
                events.compactMap { $0["seq"]?.asInteger } == (2...5).map { start + $0 })
            #expect(events[0]["data"]?["userId"] == .string(ada.id))
            // S3-28: personal data is in no event.
            #expect(events[0]["data"]?["secret"] == nil)
            #expect(events[2]["data"] == nil)
        }
    }

    @Test(arguments: Engine.tested)
    func `one row is a topic of its own, and is left when one wants`(
        on engine: Engine
    ) async throws {
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            let one = try await client.make("items", ["name": "one"], by: ada)
            let other = try await client.make("items", ["name": "other"], by: ada)
            let socket = try await client.socket(bearer: ada.accessToken)
            try await socket.subscribe("resources/items/" + one)
            _ = await client.ask(.patch, "items/\(other)", ["name": "unheard"], by: ada)
            _ = await client.ask(.patch, "items/\(one)", ["name": "heard"], by: ada)
            let events = await socket.events(through: "updated heard")
            #expect(events.allSatisfy { $0["row"] == .string(one) })
            #expect(events.last?["topic"] == .string("resources/items/" + one))
            let left = await socket.ask(
                ["type": "unsubscribe", "id": 9, "topic": .string("resources/items/" + one)])
            #expect(left?["type"] == "ack")
            _ = await client.ask(.patch, "items/\(one)", ["name": "after"], by: ada)
            try await socket.subscribe("resources/items")
            _ = await client.ask(.patch, "items/\(one)", ["name": "last"], by: ada)
            let rest = await socket.events(through: "updated last")
            #expect(rest.allSatisfy { $0["topic"] == "resources/items" })
        }
    }

    @Test(arguments: Engine.tested)
    func `who was away hears what he missed, then what comes, each once`(
        on engine: Engine
    ) async throws {
        try await withRealtime(
            on: engine, SettingsChange { $0.realtime.recentChanges = 4 }
        ) { client in
            let ada = try await client.user()
            let socket = try await client.socket(bearer: ada.accessToken)
            let start = try await socket.subscribe("resources/items")
            for number in 0..<12 {
                _ = try await client.make("items", ["name": .string("\(number)")], by: ada)
            }
            #expect(await socket.events(12).map(\.line) == (0..<12).map { "created \($0)" })
            // From what memory has, and from what only the database has.
            for missed in [Int64(2), 11] {
                let again = try await client.socket(bearer: ada.accessToken)
                let seq = start + 12 - missed
                #expect(try await again.subscribe("resources/items", since: seq) == seq)
                let events = await again.events(Int(missed))
                #expect(events.compactMap { $0["seq"]?.asInteger } == Array(seq + 1...start + 12))
                await again.leave()
            }
            let again = try await client.socket(bearer: ada.accessToken)
            try await again.subscribe("resources/items", since: start + 10)
            _ = try await client.make("items", ["name": "new"], by: ada)
            #expect(
                await again.events(3).map(\.line) == ["created 10", "created 11", "created new"])
        }
    }

    @Test(arguments: Engine.tested)
    func `who was away for too long, or was never there, reads everything anew`(
        on engine: Engine
    ) async throws {
        try await withRealtime(
            on: engine, SettingsChange { $0.realtime.recentChanges = 1 }
        ) { client in
            let ada = try await client.user()
            for number in 0..<5 {
                _ = try await client.make("items", ["name": .string("\(number)")], by: ada)
            }
            let newest = try await settled(client, ada)
            try await client.server.database.execute(
                "UPDATE change_retention SET deleted_through = \(newest - 1)")
            for since in [Int64(1), newest + 1000] {
                let socket = try await client.socket(bearer: ada.accessToken)
                try await socket.subscribe("resources/items", since: since)
                let message = await socket.next("resync")
                #expect(
                    message
                        == [
                            "type": "resync", "topic": "resources/items",
                            "seq": .integer(newest),
                        ])
                await socket.leave()
            }
        }
    }

    /// The number of the newest change, once all have one.
    private func settled(_ client: TestClient, _ user: TestUser) async throws -> Int64 {
        let socket = try await client.socket(bearer: user.accessToken)
        try await socket.subscribe("resources/items", since: 0)
        let last = await socket.events(5).last
        await socket.leave()
        return try #require(last?["seq"]?.asInteger)
    }

    @Test(arguments: Engine.tested)
    func `a pong says how far all has been told`(on engine: Engine) async throws {
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            let bob = try await client.user("bob@example.com")
            let socket = try await client.socket(bearer: ada.accessToken)
            #expect(await socket.ask(["type": "ping", "id": 0]) == ["type": "pong", "id": 0])
            try await socket.subscribe("resources/items")
            _ = try await client.make("items", ["name": "not hers"], by: bob)
            _ = try await client.make("items", ["name": "hers"], by: ada)
            let seq = await socket.next("event")?["seq"]?.asInteger
            var pong = await socket.ask(["type": "ping", "id": 1])
            // The event is told a moment before it counts as told.
            for id in 2..<1000 where pong?["seq"]?.asInteger != seq {
                client.clock.advance(by: .seconds(1))
                pong = await socket.ask(["type": "ping", "id": .integer(Int64(id))])
            }
            #expect(pong?["seq"]?.asInteger == seq)
        }
    }
}
