import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

@testable import Identity
@testable import Server

/// S3-28: what is done to API keys stands in the audit log, and no key does.
struct AuditedKeyTests {
    @Test(arguments: Engine.tested)
    func `S3-28: every change of a key is recorded`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let eve = try await client.user("eve@example.com")
            var texts: [String] = []
            let key = try await client.key(ada)
            texts.append(key.text)
            let path = "/api/v1/api-keys/" + key.id
            client.clock.advance(by: .seconds(1))
            _ = await client.ask(.patch, path, ["isEnabled": false], bearer: ada.accessToken)
            client.clock.advance(by: .seconds(1))
            let rotated = await client.ask(.post, path + "/rotate", [:], bearer: ada.accessToken)
            texts.append(try TestKey(rotated).text)
            #expect(await client.ask(.delete, path, bearer: eve.accessToken).status == 404)
            client.clock.advance(by: .seconds(1))
            #expect(await client.ask(.delete, path, bearer: ada.accessToken).status == 204)
            #expect(await client.ask(.delete, path, bearer: ada.accessToken).status == 404)
            client.clock.advance(by: .seconds(1))
            let organization = try await client.organization(ada, "engines")
            client.clock.advance(by: .seconds(1))
            let draft: JSON = [
                "name": "Report", "scopes": ["organizations:read"],
                "organizationId": .string(organization),
            ]
            let shared = try TestKey(
                await client.ask(.post, "/api/v1/api-keys", draft, bearer: ada.accessToken))
            texts.append(shared.text)

            let entries = try await client.server.program.identity.audit
                .list(about: ID(ada.id), since: .distantPast, max: 100).reversed()
                .filter { $0.event.rawValue.hasPrefix("api_key") }
            #expect(
                entries.map(\.event.rawValue) == [
                    "api_key_created", "api_key_updated", "api_key_rotated", "api_key_revoked",
                    "api_key_created",
                ])
            #expect(entries.allSatisfy { $0.actor == "user:\(ada.id)" })
            #expect(entries[1].details.contains(#""enabled":false"#))
            #expect(entries.prefix(4).allSatisfy { $0.details.contains(key.id) })
            #expect(entries.last?.details.contains(organization) == true)
            let written = entries.map(\.details).joined()
            for text in texts { #expect(!written.contains(text.dropFirst(3).prefix(6))) }
        }
    }
}
