import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

@testable import Identity
@testable import Organizations
@testable import Server

/// S0-13, S2-11: an organization keeps an owner, also when its owner deletes himself.
struct LastOwnerTests {
    /// The user in a browser, where he can delete himself.
    private static func browser(
        _ user: TestUser, _ client: TestClient
    ) async throws -> TestClient {
        let browser = client.browser()
        let answer = await browser.post(
            "/api/auth/sign-in/email",
            ["email": .string(user.email), "password": .string(user.password)])
        try #require(answer.status == 200, "\(answer.text)")
        return browser
    }

    private static func delete(_ browser: TestClient) async -> TestAnswer {
        await browser.post("/api/auth/delete-user", [:])
    }

    private static func owners(
        _ organization: String, _ client: TestClient
    ) async throws -> Int {
        let id = try #require(ID<Organization>(organization))
        return try await client.server.database.first(Member.countOwners, id)?.value ?? 0
    }

    @Test(arguments: Engine.tested)
    func `the only owner of others' organization is told what to do first`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let bob = try await client.user("bob@example.com")
            let id = try await client.organization(ada, "engines")
            try await client.join(id, bob, "admin")
            let browser = try await Self.browser(ada, client)
            let refused = await Self.delete(browser)
            #expect(refused.status == 409)
            #expect(
                refused.json == [
                    "code": "LAST_OWNER",
                    "message":
                        "Make another member an owner of engines, or delete it, first",
                ])
            #expect(await client.get("/api/v1/auth/me", bearer: ada.accessToken).status == 200)
            let promoted = await client.ask(
                .patch, "/api/v1/organizations/\(id)/members/\(bob.id)", ["role": "owner"],
                by: ada)
            #expect(promoted.status == 200)
            #expect(await Self.delete(browser).status == 200)
            #expect(try await Self.owners(id, client) == 1)
            let members = await client.ask(
                .get, "/api/v1/organizations/\(id)/members", by: bob)
            #expect(members.json["members"]?.asList?.map { $0["userId"] } == [.string(bob.id)])
        }
    }

    @Test(arguments: Engine.tested)
    func `an organization in which nobody else is ends with its owner`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let bob = try await client.user("bob@example.com")
            _ = try await client.organization(ada, "engines")
            let shared = try await client.organization(bob, "looms")
            try await client.join(shared, ada, "member")
            // Whoever is gone already is nobody either.
            let left = try await client.organization(ada, "left")
            let gone = try await client.user("gone@example.com")
            try await client.join(left, gone, "admin")
            try await client.delete(gone)
            #expect(await Self.delete(try await Self.browser(ada, client)).status == 200)
            let slugs = try await client.server.database.all(
                Organization.list, ID(high: 0, low: 0), 10
            ).map(\.slug)
            #expect(slugs == ["looms"])
            // Its name is free.
            _ = try await client.organization(bob, "engines")
        }
    }

    /// Whoever comes first may go; the other is held back.
    @Test(arguments: Engine.tested)
    func `of two owners who go at once one stays`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            for round in 0..<12 {
                let ada = try await client.user("ada\(round)@example.com")
                let bob = try await client.user("bob\(round)@example.com")
                let eve = try await client.user("eve\(round)@example.com")
                let id = try await client.organization(ada, "engines-\(round)")
                try await client.join(id, bob, "owner")
                try await client.join(id, eve, "member")
                let adasBrowser = try await Self.browser(ada, client)
                let bobsBrowser = try await Self.browser(bob, client)
                let answers = await race(2, client) { index in
                    if index == 0 { return await Self.delete(adasBrowser) }
                    let members = "/api/v1/organizations/\(id)/members/\(bob.id)"
                    let device = client.another()
                    return switch round % 3 {
                    case 0:
                        await device.ask(.post, "/api/v1/organizations/\(id)/leave", by: bob)
                    case 1: await device.ask(.patch, members, ["role": "admin"], by: bob)
                    default: await Self.delete(bobsBrowser)
                    }
                }
                let statuses = answers.map(\.status)
                #expect(try await Self.owners(id, client) == 1, "\(round): \(statuses)")
                #expect(statuses.filter { $0 == 409 }.count == 1, "\(round): \(statuses)")
            }
        }
    }

    /// He joins as its owner while he deletes himself, and who invited him leaves.
    @Test(arguments: Engine.tested)
    func `nobody becomes an owner on his way out`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            for round in 0..<6 {
                let ada = try await client.user("ada\(round)@example.com")
                let grace = try await client.verifiedUser("grace\(round)@example.com")
                let eve = try await client.user("eve\(round)@example.com")
                let id = try await client.organization(ada, "engines-\(round)")
                try await client.join(id, eve, "member")
                let invitation = try await client.invite(grace.email, to: id, as: "owner", by: ada)
                let browser = try await Self.browser(grace, client)
                let answers = await race(3, client) { index in
                    let device = client.another()
                    return switch index {
                    case 0:
                        await device.ask(
                            .post, "/api/v1/invitations/\(invitation)/accept", by: grace)
                    case 1: await Self.delete(browser)
                    default:
                        await device.ask(.post, "/api/v1/organizations/\(id)/leave", by: ada)
                    }
                }
                let statuses = answers.map(\.status)
                #expect(try await Self.owners(id, client) >= 1, "\(round): \(statuses)")
                #expect(statuses.allSatisfy { $0 < 500 }, "\(round): \(statuses)")
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `by an operator it goes to the admin who has been there longest`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let id = try await client.organization(ada, "engines")
            for (name, role) in [("early", "member"), ("first", "admin"), ("later", "admin")] {
                client.clock.advance(by: .seconds(1))
                let user = try await client.user("\(name)@example.com")
                try await client.join(id, user, role)
            }
            let identity = client.server.program.identity
            let user = try #require(ID<User>(ada.id))
            _ = try await identity.delete(
                user, handingOver: true, by: .operator, at: client.clock.now)
            let members = try await client.server.database.all(
                Member.listAll, try #require(ID(id)), ID(high: 0, low: 0), 10)
            #expect(
                members.map { "\($0.email) \($0.role)" } == [
                    "early@example.com member", "first@example.com owner",
                    "later@example.com admin",
                ])
        }
    }
}
