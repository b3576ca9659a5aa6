import AtriumTesting
import DatabaseTesting
import HTTP
import SQL
import Secrets
import Testing
import Values

@testable import Server

/// C6: two servers on one PostgreSQL are one program, also for sessions that both have in memory.
struct TwoServersTests {
    /// The limit is for a message that never comes; waiting for a turn counts, too.
    @Test(.timeLimit(.minutes(10)))
    func `a session that one ends has ended on the other when it hears of it`() async throws {
        try #require(Engine.tested.contains(.postgres), "PostgreSQL is not here")
        let key = try EncryptionKey("1:" + String(repeating: "A", count: 43) + "=")
        try await withServer(on: .postgres, .set(\.secrets.encryption, [key])) { client in
            var settings = client.server.settings
            settings.data = try DirectoryPath(settings.data.file("other"))
            let ambient = Ambient(clock: client.clock.clock, randomness: .system, logger: .none)
            let other = try await Server.open(settings, ambient, loops: client.server.loops)
            let result = await Task {
                try await endsEverywhere(client, other)
            }.result
            await other.close()
            try result.get()
        }
    }

    private func endsEverywhere(_ client: TestClient, _ other: Server) async throws {
        let user = try await client.user()
        let request = Request(
            .get, "/api/auth/me", fields: [.authorization: "Bearer " + user.accessToken])
        #expect(await other.respond(to: request).status == .ok)
        let (heard, tell) = AsyncStream.makeStream(of: Void.self)
        let ear = try await other.parts.bus.bus.subscribe("test.done") { _ in tell.yield() }
        #expect(await client.post("/api/auth/logout", bearer: user.accessToken).status == 200)
        // Messages of one node come in their order: after this one, the other has come too.
        try await client.server.parts.bus.bus.publish("test.done", "")
        for await _ in heard { break }
        #expect(await other.respond(to: request).status == .unauthorized)
        withExtendedLifetime(ear) {}
    }
}
