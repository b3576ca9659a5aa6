import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// S0-13, S0-18: organizations from their making to their end.
struct OrganizationTests {
    private static let path = "/api/v1/organizations"

    @Test(arguments: Engine.tested)
    func `who makes an organization owns it, sees it, renames it and ends it`(on engine: Engine)
        async throws
    {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let made = await client.ask(
                .post, Self.path, ["name": "Engines", "slug": "engines-2"], by: ada)
            #expect(made.status == 201)
            let body = made.json["organization"]
            #expect(
                body?.asObject?.names
                    == ["id", "name", "slug", "role", "createdAt", "updatedAt"])
            #expect(body?["role"] == "owner")
            let id = try #require(body?["id"]?.asString)
            let list = await client.ask(.get, Self.path, by: ada)
            #expect(list.json["organizations"]?.asList == body.map { [$0] })
            #expect(list.json["nextCursor"] == nil)
            let renamed = await client.ask(.patch, Self.path + "/" + id, ["name": "E"], by: ada)
            #expect(renamed.json["organization"]?["name"] == "E")
            #expect(renamed.json["organization"]?["slug"] == "engines-2")
            let one = await client.ask(.get, Self.path + "/" + id, by: ada)
            #expect(one.json == renamed.json)
            #expect(await client.ask(.delete, Self.path + "/" + id, by: ada).status == 204)
            #expect(await client.ask(.get, Self.path + "/" + id, by: ada).status == 404)
            #expect(await client.ask(.get, Self.path, by: ada).json["organizations"] == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `of many who want one slug at once one gets it`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let bob = try await client.user("bob@example.com")
            let statuses = await race(16, client) { index in
                await client.another().ask(
                    .post, Self.path, ["name": "Engines", "slug": "engines"],
                    by: index.isMultiple(of: 2) ? ada : bob
                ).status
            }
            #expect(statuses.filter { $0 == 201 }.count == 1)
            #expect(statuses.filter { $0 == 409 }.count == 15)
            let other = try await client.organization(bob, "others")
            let taken = await client.ask(
                .patch, Self.path + "/" + other, ["slug": "engines"], by: bob)
            #expect(taken.status == 409)
            #expect(taken.code == "SLUG_TAKEN")
        }
    }

    @Test(arguments: [
        ("ab", nil), ("a1-b2-c3", nil), (String(repeating: "a", count: 48), nil),
        ("a", "TOO_SHORT"), (String(repeating: "a", count: 49), "TOO_LONG"),
        ("-ab", "SLUG_SYNTAX"), ("ab-", "SLUG_SYNTAX"), ("a--b", "SLUG_SYNTAX"),
        ("Ab", "SLUG_SYNTAX"), ("a b", "SLUG_SYNTAX"), ("a/b", "SLUG_SYNTAX"),
        ("..", "SLUG_SYNTAX"), ("äb", "SLUG_SYNTAX"), ("аb", "SLUG_SYNTAX"),
        ("active", "SLUG_RESERVED"), ("admin", "SLUG_RESERVED"), ("sign-in", "SLUG_RESERVED"),
    ])
    func `a slug is plain and not reserved`(slug: String, code: String?) async throws {
        try await withServer(on: .sqlite) { client in
            let ada = try await client.user()
            let answer = await client.ask(
                .post, Self.path, ["name": "E", "slug": .string(slug)], by: ada)
            #expect(answer.status == (code == nil ? 201 : 400))
            let fields = answer.json["error"]?["details"]?["fields"]?.asList
            #expect(fields?.first?["code"]?.asString == code)
        }
    }

    @Test(arguments: Engine.tested)
    func `no race makes more organizations than one may own`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.auth.organizations.ownedMax, 2)) { client in
            let ada = try await client.user()
            let statuses = await race(12, client) { index in
                await client.another().ask(
                    .post, Self.path, ["name": "E", "slug": .string("e-\(index)")], by: ada
                ).status
            }
            #expect(statuses.filter { $0 == 201 }.count == 2)
            #expect(statuses.filter { $0 == 409 }.count == 10)
        }
    }

    @Test(arguments: Engine.tested)
    func `pages follow one another without a gap`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            for index in 0..<5 {
                client.clock.advance(by: .seconds(1))
                _ = try await client.organization(ada, "e-\(index)")
            }
            var slugs: [String] = []
            var query = "?limit=2"
            for _ in 0..<3 {
                let page = await client.ask(.get, Self.path + query, by: ada)
                slugs += (page.json["organizations"]?.asList ?? [])
                    .compactMap { $0["slug"]?.asString }
                guard let next = page.json["nextCursor"]?.asString else { break }
                query = "?limit=2&cursor=" + next
            }
            #expect(slugs == (0..<5).map { "e-\($0)" })
            for limit in ["0", "101", "x"] {
                let answer = await client.ask(.get, Self.path + "?limit=" + limit, by: ada)
                #expect(answer.status == 400)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a session works in an organization as long as its user is a member`(on engine: Engine)
        async throws
    {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let bob = try await client.user("bob@example.com")
            let id = try await client.organization(ada, "engines")
            let foreign = try await client.organization(bob, "others")
            try await client.join(id, bob, "member")
            let active = Self.path + "/active"
            #expect(await client.ask(.get, active, by: bob).json == ["organization": .null])
            let set = await client.ask(
                .put, active, ["organizationId": .string(id)], by: bob)
            #expect(set.json["organization"]?["slug"] == "engines")
            #expect(set.json["organization"]?["role"] == "member")
            #expect(await client.ask(.get, active, by: bob).json == set.json)
            // It is this session's, and of nobody else.
            let login = await client.another().post(
                "/api/v1/auth/login",
                ["email": .string(bob.email), "password": .string(bob.password)])
            let token = try #require(login.json["tokens"]?["accessToken"]?.asString)
            #expect(
                await client.get(active, bearer: token).json == ["organization": .null])
            let refused = await client.ask(
                .put, active, ["organizationId": .string(foreign)], by: ada)
            #expect(refused.status == 404)
            #expect(await client.ask(.get, active, by: ada).json == ["organization": .null])
            #expect(
                await client.ask(
                    .delete, "\(Self.path)/\(id)/members/\(bob.id)", by: ada
                ).status == 204)
            #expect(await client.ask(.get, active, by: bob).json == ["organization": .null])
            _ = await client.ask(.put, active, ["organizationId": .string(foreign)], by: bob)
            #expect(await client.ask(.delete, active, by: bob).status == 204)
            #expect(await client.ask(.get, active, by: bob).json == ["organization": .null])
        }
    }
}
