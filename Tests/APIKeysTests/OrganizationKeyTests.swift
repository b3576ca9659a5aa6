import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// S0-10, S0-13: keys that an organization has.
struct OrganizationKeyTests {
    private static func draft(_ organization: String) -> JSON {
        [
            "name": "Deploy", "scopes": ["users:read", "organizations:read"],
            "organizationId": .string(organization),
        ]
    }

    @Test(arguments: Engine.tested)
    func `an organization's key reads its own organization and is nobody`(on engine: Engine)
        async throws
    {
        try await withServer(on: engine) { client in
            let owner = try await client.user()
            let own = try await client.organization(owner, "own")
            let other = try await client.organization(owner, "other")
            let key = try TestKey(
                await client.ask(
                    .post, "/api/v1/api-keys", Self.draft(own), bearer: owner.accessToken))
            #expect(key.text.hasPrefix("ok_"))
            let read = await client.ask(.get, "/api/v1/organizations/" + own, key: key.text)
            #expect(read.status == 200)
            #expect(read.json["organization"]?["slug"] == "own")
            #expect(read.json["organization"]?["role"] == nil)
            let members = await client.ask(
                .get, "/api/v1/organizations/\(own)/members", key: key.text)
            #expect(members.json["members"]?.asList?.count == 1)
            for path in [
                "/api/v1/organizations/\(other)", "/api/v1/organizations/\(other)/members",
            ] {
                let answer = await client.ask(.get, path, key: key.text)
                #expect(answer.status == 404)
                #expect(answer.code == "ORGANIZATION_NOT_FOUND")
            }
            for path in ["/api/v1/auth/me", "/api/auth/me", "/api/v1/organizations"] {
                #expect(await client.ask(.get, path, key: key.text).status == 403)
            }
            #expect(
                await client.ask(
                    .delete, "/api/v1/organizations/" + own, bearer: owner.accessToken
                ).status == 204)
            #expect(
                await client.ask(.get, "/api/v1/organizations/" + own, key: key.text).status
                    == 401)
        }
    }

    @Test(arguments: Engine.tested)
    func `owners and admins manage an organization's keys, all others see none`(on engine: Engine)
        async throws
    {
        try await withServer(on: engine) { client in
            let owner = try await client.user()
            let organization = try await client.organization(owner, "engines")
            let key = try TestKey(
                await client.ask(
                    .post, "/api/v1/api-keys", Self.draft(organization),
                    bearer: owner.accessToken))
            let list = "/api/v1/api-keys?organizationId=" + organization
            let path = "/api/v1/api-keys/" + key.id
            let expected: [(role: String?, create: Int, list: Int, one: Int)] = [
                ("owner", 201, 200, 200), ("admin", 201, 200, 200), ("member", 403, 403, 404),
                (nil, 404, 404, 404),
            ]
            for (index, row) in expected.enumerated() {
                let user = try await client.user("u\(index)@example.com")
                if let role = row.role { try await client.join(organization, user, role) }
                let bearer = user.accessToken
                let place = Comment(rawValue: row.role ?? "nobody")
                let made = await client.ask(
                    .post, "/api/v1/api-keys", Self.draft(organization), bearer: bearer)
                #expect(made.status == row.create, place)
                #expect(await client.ask(.get, list, bearer: bearer).status == row.list, place)
                #expect(await client.ask(.get, path, bearer: bearer).status == row.one, place)
                #expect(
                    await client.ask(.patch, path, ["name": "x"], bearer: bearer).status
                        == row.one, place)
                #expect(
                    await client.ask(.post, path + "/rotate", [:], bearer: bearer).status
                        == row.one, place)
                // The last one that may, ends it.
                if row.one == 404 {
                    #expect(await client.ask(.delete, path, bearer: bearer).status == 404, place)
                }
            }
            #expect(
                await client.ask(.delete, path, bearer: owner.accessToken).status == 204)
        }
    }

    @Test(arguments: Engine.tested)
    func `an admin who was made a member manages keys no more`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let owner = try await client.user()
            let admin = try await client.user("admin@example.com")
            let organization = try await client.organization(owner, "engines")
            try await client.join(organization, admin, "admin")
            let key = try TestKey(
                await client.ask(
                    .post, "/api/v1/api-keys", Self.draft(organization), bearer: admin.accessToken))
            let demoted = await client.ask(
                .patch, "/api/v1/organizations/\(organization)/members/\(admin.id)",
                ["role": "member"], bearer: owner.accessToken)
            #expect(demoted.status == 200)
            #expect(
                await client.ask(
                    .post, "/api/v1/api-keys", Self.draft(organization), bearer: admin.accessToken
                ).status == 403)
            #expect(
                await client.ask(
                    .post, "/api/v1/api-keys/\(key.id)/rotate", [:], bearer: admin.accessToken
                ).status == 404)
            // It is the organization's and not his.
            #expect(
                await client.ask(.get, "/api/v1/organizations/" + organization, key: key.text)
                    .status == 200)
        }
    }

    /// A program with many networks, or an organization with many keys, is one caller.
    @Test func `traffic by keys counts for their owner`() async throws {
        try await withServer(
            on: .sqlite, .set(\.limits.traffic.isOn, true), .set(\.limits.traffic.requests, 20)
        ) { client in
            let owner = try await client.user()
            let organization = try await client.organization(owner, "engines")
            var keys: [TestKey] = []
            for _ in 0..<2 {
                keys.append(
                    try TestKey(
                        await client.ask(
                            .post, "/api/v1/api-keys", Self.draft(organization),
                            bearer: owner.accessToken)))
            }
            let elsewhere = client.another(at: IPAddress("192.0.2.7"))
            var statuses: [Int] = []
            for index in 0..<24 {
                let caller = index.isMultiple(of: 3) ? elsewhere : client
                statuses.append(
                    await caller.ask(
                        .get, "/api/v1/organizations/" + organization,
                        key: keys[index % 2].text
                    ).status)
            }
            #expect(statuses == Array(repeating: 200, count: 20) + [429, 429, 429, 429])
        }
    }
}
