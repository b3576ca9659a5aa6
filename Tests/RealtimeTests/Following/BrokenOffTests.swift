import AtriumTesting
import Coding
import DatabaseTesting
import SQL
import Testing

@testable import Server

/// Who was told that he will hear of a topic is never left in the belief while it is not so.
@Suite(.timeLimit(.minutes(3))) struct BrokenOffTests {
    @Test(arguments: Engine.tested)
    func `who cannot be led to where the others are is sent away, and resumes`(
        on engine: Engine
    ) async throws {
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            let database = client.server.program.identity.database
            _ = try await client.make("items", ["name": "missed"], by: ada)
            try await database.execute(Self.hide)
            let broken = try await client.socket(bearer: ada.accessToken)
            await broken.say(["type": "subscribe", "topic": "resources/items", "since": 0])
            let end = await broken.end
            #expect(end?.code.code == 1013)
            #expect(end?.reason == "SERVICE_UNAVAILABLE: resume with since")
            let stream = try EventReader(
                await client.get(
                    "/api/events?topics=resources/items&since=0", bearer: ada.accessToken))
            #expect(await stream.next("ack")?.json?["seq"] == 0)
            #expect(await stream.next("error") != nil)
            #expect(await stream.next() == nil)
            let errors = client.log.takeErrors()
            #expect(errors.count == 2 && errors.allSatisfy { $0.contains("a realtime message") })
            try await database.execute(Self.show)
            let again = try await client.socket(bearer: ada.accessToken)
            try await again.subscribe("resources/items", since: 0)
            #expect(await again.events(1).map(\.line) == ["created missed"])
        }
    }

    /// As a database that cannot be read just now.
    private static let hide = Statement(.write, "ALTER TABLE changes RENAME TO changes_away")
    private static let show = Statement(.write, "ALTER TABLE changes_away RENAME TO changes")
}
