import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

@testable import Identity
@testable import Server

/// S3-28: what is done to organizations stands in the audit log, with who did it.
struct AuditedOrganizationTests {
    @Test(arguments: Engine.tested)
    func `S3-28: every change of an organization is recorded`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let grace = try await client.verifiedUser("grace@example.com")
            let id = try await client.organization(ada, "engines")
            let path = "/api/v1/organizations/\(id)"
            client.clock.advance(by: .seconds(1))
            _ = await client.ask(.patch, path, ["name": "Looms"], by: ada)
            for word in ["reject", "cancel", "accept"] {
                client.clock.advance(by: .seconds(1))
                let one = try await client.invite("grace@example.com", to: id, by: ada)
                client.clock.advance(by: .seconds(1))
                let answer =
                    word == "cancel"
                    ? await client.ask(.delete, path + "/invitations/" + one, by: ada)
                    : await client.ask(.post, "/api/v1/invitations/\(one)/\(word)", by: grace)
                #expect(answer.status < 300)
            }
            for role in ["admin", "owner"] {
                client.clock.advance(by: .seconds(1))
                _ = await client.ask(
                    .patch, "\(path)/members/\(grace.id)", ["role": .string(role)], by: ada)
            }
            client.clock.advance(by: .seconds(1))
            _ = await client.ask(.post, path + "/leave", by: ada)
            client.clock.advance(by: .seconds(1))
            #expect(await client.ask(.delete, path, by: grace).status == 204)

            let entries = try await Self.entries(client)
            let told = entries.map { entry in
                "\(entry.event.rawValue) \(entry.actor == "user:\(ada.id)" ? "ada" : "grace")"
            }
            #expect(
                told == [
                    "member_added ada", "organization_created ada", "organization_updated ada",
                    "invitation_sent ada", "invitation_rejected grace", "invitation_sent ada",
                    "invitation_canceled ada", "invitation_sent ada", "invitation_accepted grace",
                    "member_added grace", "member_role_changed ada", "member_role_changed ada",
                    "member_removed ada", "organization_deleted grace",
                ])
            #expect(entries.allSatisfy { $0.details.contains(id) && $0.sessionID != nil })
            #expect(entries[10].userID?.description == grace.id)
            #expect(entries.allSatisfy { !$0.details.contains("@") })
        }
    }

    @Test(arguments: Engine.tested)
    func `S3-28: what is refused is not recorded`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let eve = try await client.user("eve@example.com")
            let id = try await client.organization(ada, "engines")
            let before = try await Self.entries(client).count
            let path = "/api/v1/organizations/\(id)"
            #expect(await client.ask(.post, path + "/leave", by: ada).code == "LAST_OWNER")
            #expect(await client.ask(.delete, path, by: eve).status == 404)
            #expect(await client.ask(.patch, path, ["name": "X"], by: eve).status == 404)
            let other = ["name": "Engines", "slug": "engines"] as JSON
            #expect(await client.ask(.post, "/api/v1/organizations", other, by: eve).status == 409)
            #expect(try await Self.entries(client).count == before)
        }
    }

    /// Of organizations, the oldest first, of one moment by their names.
    private static func entries(_ client: TestClient) async throws -> [AuditEntry] {
        try await client.server.program.identity.audit
            .list(about: nil, since: .distantPast, max: 1000)
            .filter { $0.event != .signedUp }
            .sorted { ($0.at, $0.event.rawValue) < ($1.at, $1.event.rawValue) }
    }
}
