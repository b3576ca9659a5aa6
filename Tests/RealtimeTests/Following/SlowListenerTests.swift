import AtriumTesting
import Coding
import DatabaseTesting
import SQL
import Testing

/// Nobody waits for a listener.
@Suite(.timeLimit(.minutes(3))) struct SlowListenerTests {
    @Test(arguments: Engine.tested)
    func `who does not keep up is dropped with a reason, and resumes; others hear all`(
        on engine: Engine
    ) async throws {
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            let slow = try await client.socket(bearer: ada.accessToken, limit: 2000)
            let quick = try await client.socket(bearer: ada.accessToken)
            let start = try await slow.subscribe("resources/items")
            try await quick.subscribe("resources/items")
            for number in 0..<20 {
                _ = try await client.make("items", ["name": .string("\(number)")], by: ada)
            }
            #expect(await quick.events(20).map(\.line) == (0..<20).map { "created \($0)" })
            let end = await slow.end
            #expect(end?.code.code == 1013)
            #expect(end?.reason == "SLOW_CONSUMER: resume with since")
            // A slow client that resumes is told as fast as it takes it.
            let again = try await client.socket(bearer: ada.accessToken, limit: 2000)
            let subscribing = Task {
                await again.say([
                    "type": "subscribe", "topic": "resources/items", "since": .integer(start),
                ])
            }
            #expect(await again.events(20).map(\.line) == (0..<20).map { "created \($0)" })
            await subscribing.value
            let metrics = await client.get("/metrics").text
            #expect(metrics.contains("atrium_realtime_dropped_total 1\n"))
            #expect(metrics.contains("atrium_realtime_connections 2\n"))
        }
    }

    @Test func `a client that leaves while it is told what it missed is forgotten`() async throws {
        try await withRealtime(on: .sqlite) { client in
            let ada = try await client.user()
            for number in 0..<20 {
                _ = try await client.make("items", ["name": .string("\(number)")], by: ada)
            }
            let socket = try await client.socket(bearer: ada.accessToken, limit: 2000)
            let subscribing = Task {
                await socket.say(["type": "subscribe", "topic": "resources/items", "since": 0])
            }
            _ = await socket.events(3)
            await socket.leave()
            await subscribing.value
            #expect(!socket.isOpen)
            _ = try await client.make("items", ["name": "later"], by: ada)
        }
    }
}
