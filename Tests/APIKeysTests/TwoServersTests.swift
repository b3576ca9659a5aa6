import AtriumTesting
import DatabaseTesting
import HTTP
import Logs
import SQL
import Testing
import Values

@testable import Server

/// S0-10: two servers on one PostgreSQL, and no word between them: keys are in no cache.
struct TwoServersTests {
    @Test func `a key that one switches off is refused by the other from the next request on`()
        async throws
    {
        try #require(Engine.tested.contains(.postgres), "PostgreSQL is not here")
        let key = try EncryptionKey("1:" + String(repeating: "A", count: 43) + "=")
        try await withServer(on: .postgres, .set(\.secrets.encryption, [key])) { client in
            var settings = client.server.settings
            settings.data = try DirectoryPath(settings.data.file("other"))
            let ambient = Ambient(clock: client.clock.clock, randomness: .system, logger: .none)
            let other = try await Server.open(settings, ambient, loops: client.server.loops)
            let result = await Task { try await endsEverywhere(client, other) }.result
            await other.close()
            try result.get()
        }
    }

    private func endsEverywhere(_ client: TestClient, _ other: Server) async throws {
        let user = try await client.user()
        let key = try await client.key(user)
        let request = Request(
            .get, "/api/auth/me", fields: [FieldName("x-api-key"): key.text])
        #expect(await other.respond(to: request).status == .ok)
        let change = await client.ask(
            .patch, "/api/v1/api-keys/" + key.id, ["isEnabled": false], bearer: user.accessToken)
        #expect(change.status == 200)
        #expect(await other.respond(to: request).status == .unauthorized)
    }
}
