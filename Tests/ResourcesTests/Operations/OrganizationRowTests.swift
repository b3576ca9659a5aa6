import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Surfaces
import Testing

/// Rows of organizations, and rows that strangers and API keys see.
struct OrganizationRowTests {
    private static let tasks = """
        {
          name: "tasks",
          owner: "organization",
          fields: { title: { type: "text", required: true, length: [1, 100] } },
          rules: {
            read: "owner", create: "owner", update: "owner",
            delete: "organization.role >= admin",
          },
        }
        """

    // S0-13
    @Test(arguments: Engine.tested)
    func `members share rows, and a role decides who deletes them`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine, [Self.tasks]) { client in
            let ada = try await client.user()
            let bob = try await client.user("bob@example.com")
            let eve = try await client.user("eve@example.com")
            let id = try await client.organization(ada, "engines")
            try await client.join(id, bob, "member")
            let made = await client.ask(
                .post, "tasks", ["title": "Build", "organizationId": .string(id)], by: bob)
            #expect(made.status == 201)
            #expect(made.json["organizationId"] == .string(id))
            #expect(made.json["userId"] == .string(bob.id))
            let path = "tasks/" + (made.json["id"]?.asString ?? "")
            #expect(await client.ask(.get, path, by: ada).status == 200)
            let changed = await client.ask(.patch, path, ["title": "Rebuild"], by: ada)
            #expect(changed.status == 200)
            #expect(await client.ask(.get, path, by: eve).status == 404)
            #expect(await client.ask(.get, "tasks", by: eve).json["data"] == [])
            let refused = await client.ask(.delete, path, by: bob)
            #expect(refused.status == 403)
            #expect(refused.code == "FORBIDDEN")
            #expect(refused.message == "Not authorized")
            #expect(await client.ask(.delete, path, by: eve).status == 404)
            #expect(await client.ask(.delete, path, by: ada).status == 204)
            #expect(await client.ask(.post, path + "/restore", by: bob).status == 404)
            #expect(await client.ask(.post, path + "/restore", by: ada).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `a row goes to the organization that is named, else to the active one`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine, [Self.tasks]) { client in
            let ada = try await client.user()
            let eve = try await client.user("eve@example.com")
            let own = try await client.organization(ada, "engines")
            let foreign = try await client.organization(eve, "looms")
            let nowhere = await client.ask(.post, "tasks", ["title": "Build"], by: ada)
            #expect(nowhere.status == 400)
            #expect(nowhere.wrongFields == ["organizationId"])
            _ = await client.ask(
                .put, "organizations/active", ["organizationId": .string(own)], by: ada)
            let active = await client.ask(.post, "tasks", ["title": "Build"], by: ada)
            #expect(active.json["organizationId"] == .string(own))
            // One that is not there, and one that one is not in: the same answer.
            for id in [foreign, "019aa000-0000-7000-8000-000000000000"] {
                let refused = await client.ask(
                    .post, "tasks", ["title": "Spy", "organizationId": .string(id)], by: ada)
                #expect(refused.status == 400)
                #expect(refused.wrongFields == ["organizationId"])
            }
            let listed = await client.ask(.get, "tasks?organizationId=\(foreign)", by: ada)
            #expect(listed.json["data"] == [])
        }
    }

    // S0-10
    @Test(arguments: Engine.tested)
    func `an API key does what its scopes and its owner may`(on engine: Engine) async throws {
        try await withResources(on: engine, [Self.tasks, Self.items]) { client in
            let ada = try await client.user()
            let id = try await client.organization(ada, "engines")
            let own = try await client.key(["items:read", "items:write"], by: ada)
            let made = await client.ask(
                .post, "items", ["name": "Engine"], by: nil, [.xAPIKey: own])
            #expect(made.status == 201)
            #expect(made.json["userId"] == .string(ada.id))
            let reader = try await client.key(["items:read"], by: ada)
            #expect(
                await client.ask(.get, "items", by: nil, [.xAPIKey: reader]).json["meta"]?["total"]
                    == 1)
            let refused = await client.ask(
                .post, "items", ["name": "Loom"], by: nil, [.xAPIKey: reader])
            #expect(refused.status == 403)
            #expect(refused.code == "MISSING_SCOPE")
            let scopes = ["tasks:read", "tasks:write", "items:write"]
            let key = try await client.key(scopes, of: id, by: ada)
            let task = await client.ask(.post, "tasks", ["title": "Run"], by: nil, [.xAPIKey: key])
            #expect(task.status == 201)
            #expect(task.json["organizationId"] == .string(id))
            #expect(task.json["userId"] == .null)
            let path = "tasks/" + (task.json["id"]?.asString ?? "")
            #expect(await client.ask(.delete, path, by: nil, [.xAPIKey: key]).status == 204)
            // An organization is no user, who could have items.
            let item = await client.ask(.post, "items", ["name": "X"], by: nil, [.xAPIKey: key])
            #expect(item.status == 403)
        }
    }

    private static let items = """
        { name: "items", fields: { name: { type: "text", required: true } } }
        """

    @Test(arguments: Engine.tested)
    func `what anyone may read needs no credentials, but none that are wrong`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine, [Self.pages]) { client in
            let ada = try await client.user()
            let bob = try await client.user("bob@example.com")
            let id = try await client.make("pages", ["title": "Hello"], by: ada)
            let stranger = await client.ask(.get, "pages", by: nil)
            #expect(stranger.status == 200)
            #expect(stranger.json["meta"]?["total"] == 1)
            #expect(await client.ask(.get, "pages/\(id)", by: nil).status == 200)
            for fields: Fields in [[.authorization: "Bearer x"], [.xAPIKey: "uk_x"]] {
                let wrong = await client.ask(.get, "pages", by: nil, fields)
                #expect(wrong.status == 401)
            }
            #expect(await client.ask(.post, "pages", ["title": "Spam"], by: nil).status == 401)
            let change = await client.ask(.patch, "pages/\(id)", ["title": "Mine"], by: bob)
            #expect(change.status == 403)
            #expect(await client.ask(.delete, "pages/\(id)", by: bob).status == 403)
            #expect(await client.ask(.get, "pages/\(id)", by: bob).json["title"] == "Hello")
        }
    }

    private static let pages = """
        {
          name: "pages",
          fields: { title: { type: "text", required: true } },
          rules: { read: "anyone" },
        }
        """
}

extension TestClient {
    /// An API key of a user, or of an organization.
    fileprivate func key(
        _ scopes: [String], of organization: String? = nil, by user: TestUser
    ) async throws -> String {
        var body: JSONObject = [
            "name": "Robot", "scopes": .list(scopes.map { .string($0) }),
        ]
        if let organization { body["organizationId"] = .string(organization) }
        let answer = await ask(.post, "api-keys", .object(body), by: user)
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["key"]?.asString)
    }
}
