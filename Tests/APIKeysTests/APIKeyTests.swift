import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// S0-10, S0-13: keys from their making to their end.
struct APIKeyTests {
    private static let path = "/api/v1/api-keys"

    @Test(arguments: Engine.tested)
    func `a key is shown once, and stored as its hash`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let made = await client.ask(
                .post, Self.path, ["name": "Report", "scopes": ["users:read", "users:read"]],
                bearer: user.accessToken)
            #expect(made.status == 201)
            #expect(made[.cacheControl] == "no-store")
            let key = try TestKey(made)
            #expect(key.text.utf8.count == 43 && key.text.hasPrefix("uk_"))
            #expect(made.json["apiKey"]?["scopes"] == ["users:read"])
            #expect(made.json["apiKey"]?["start"] == .string(String(key.text.prefix(9))))
            for path in [Self.path, Self.path + "/" + key.id] {
                let shown = await client.ask(.get, path, bearer: user.accessToken)
                #expect(shown.status == 200)
                #expect(!shown.text.contains(key.text))
                #expect(shown.text.contains(key.id))
            }
            _ = await client.ask(.get, "/api/v1/auth/me", key: key.text)
            #expect(!client.log.lines.joined().contains(key.text))
            let stored = try await client.server.database.all(Self.hashes)
            #expect(stored.map(\.value.count) == [32])
        }
    }

    private static let hashes = Statement(
        .scan, "SELECT secret_hash FROM api_key_secrets", returns: Single<[UInt8]>.self)

    @Test(arguments: Engine.tested)
    func `what is left out of a change stays, and it takes effect at once`(on engine: Engine)
        async throws
    {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let key = try await client.key(user)
            let path = Self.path + "/" + key.id
            let renamed = await client.ask(
                .patch, path, ["name": "Weekly"], bearer: user.accessToken)
            #expect(renamed.json["apiKey"]?["name"] == "Weekly")
            #expect(renamed.json["apiKey"]?["scopes"] == ["users:read"])
            #expect(await client.ask(.get, "/api/auth/me", key: key.text).status == 200)
            _ = await client.ask(.patch, path, ["scopes": ["a:b"]], bearer: user.accessToken)
            #expect(await client.ask(.get, "/api/auth/me", key: key.text).status == 403)
            _ = await client.ask(.patch, path, ["isEnabled": false], bearer: user.accessToken)
            #expect(await client.ask(.get, "/api/auth/me", key: key.text).status == 401)
            let back = await client.ask(
                .patch, path, ["isEnabled": true, "scopes": ["users:read"]],
                bearer: user.accessToken)
            #expect(back.json["apiKey"]?["name"] == "Weekly")
            #expect(await client.ask(.get, "/api/auth/me", key: key.text).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `a rotated key's old secret is good for the grace and no longer`(on engine: Engine)
        async throws
    {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let old = try await client.key(user)
            let new = try TestKey(
                await client.ask(
                    .post, "\(Self.path)/\(old.id)/rotate", [:], bearer: user.accessToken))
            #expect(new.id == old.id && new.text != old.text)
            for key in [old, new] {
                #expect(await client.ask(.get, "/api/auth/me", key: key.text).status == 200)
            }
            client.clock.advance(by: .minutes(59))
            #expect(await client.ask(.get, "/api/auth/me", key: old.text).status == 200)
            client.clock.advance(by: .minutes(1))
            #expect(await client.ask(.get, "/api/auth/me", key: old.text).status == 401)
            #expect(await client.ask(.get, "/api/auth/me", key: new.text).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `of many rotations at once one secret is left after the grace`(on engine: Engine)
        async throws
    {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let first = try await client.key(user)
            let answers = await race(20, client) { _ in
                await client.another().ask(
                    .post, "\(Self.path)/\(first.id)/rotate", [:], bearer: user.accessToken)
            }
            let keys = try answers.map(TestKey.init)
            #expect(Set(keys.map(\.text)).count == 20)
            client.clock.advance(by: .hours(1))
            let fresh = await client.another().post(
                "/api/v1/auth/refresh", ["refreshToken": .string(user.refreshToken)])
            #expect(fresh.status == 200)
            var good = 0
            for key in keys + [first]
            where await client.ask(.get, "/api/auth/me", key: key.text).status == 200 {
                good += 1
            }
            #expect(good == 1)
        }
    }

    @Test(arguments: Engine.tested)
    func `no race makes more keys than are allowed`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.auth.apiKeys.keysMax, 3)) { client in
            let user = try await client.user()
            let statuses = await race(20, client) { index in
                await client.another().ask(
                    .post, Self.path, ["name": .string("k\(index)"), "scopes": []],
                    bearer: user.accessToken
                ).status
            }
            #expect(statuses.filter { $0 == 201 }.count == 3)
            #expect(statuses.filter { $0 == 409 }.count == 17)
            let other = try await client.user("grace@example.com")
            _ = try await client.key(other)
        }
    }

    @Test(arguments: Engine.tested)
    func `the last use is noted at most once a minute`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let key = try await client.key(user)
            let path = Self.path + "/" + key.id
            let lastUse: @Sendable () async -> JSON? = {
                await client.ask(.get, path, bearer: user.accessToken)
                    .json["apiKey"]?["lastUsedAt"]
            }
            #expect(await lastUse() == nil)
            let start = client.clock.now
            for seconds in [0, 30, 59] {
                _ = await client.ask(.get, "/api/auth/me", key: key.text)
                #expect(await lastUse() == .string(start.description), "\(seconds)")
                client.clock.advance(by: .seconds(1))
            }
            client.clock.advance(by: .seconds(57))
            _ = await client.ask(.get, "/api/auth/me", key: key.text)
            #expect(await lastUse() == .string(client.clock.now.description))
        }
    }

    @Test(arguments: Engine.tested)
    func `somebody else's key is no key`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let other = try await client.user("eve@example.com")
            let key = try await client.key(user)
            let path = Self.path + "/" + key.id
            let tries: [(Method, String, JSON?)] = [
                (.get, path, nil), (.patch, path, ["isEnabled": false]), (.delete, path, nil),
                (.post, path + "/rotate", ["endsOldAtOnce": true]),
            ]
            for (method, path, json) in tries {
                let answer = await client.ask(method, path, json, bearer: other.accessToken)
                #expect(answer.status == 404, "\(method)")
                #expect(answer.code == "API_KEY_NOT_FOUND")
            }
            let list = await client.ask(.get, Self.path, bearer: other.accessToken)
            #expect(list.json["apiKeys"] == [])
            #expect(await client.ask(.get, "/api/auth/me", key: key.text).status == 200)
        }
    }

    @Test func `what a key cannot be made of is told at once`() async throws {
        try await withServer(on: .sqlite) { client in
            let user = try await client.user()
            let answer = await client.ask(
                .post, Self.path,
                ["name": "", "scopes": ["users:read", "users", "*:*", "A:b"], "expiresInDays": 0],
                bearer: user.accessToken)
            #expect(answer.status == 400)
            let fields = answer.json["error"]?["details"]?["fields"]?.asList ?? []
            #expect(
                fields.map { "\($0["path"]?.asString ?? "") \($0["code"]?.asString ?? "")" } == [
                    "name TOO_SHORT", "scopes[1] SCOPE_SYNTAX", "scopes[2] SCOPE_SYNTAX",
                    "scopes[3] SCOPE_SYNTAX", "expiresInDays TOO_SMALL",
                ])
            let many = JSON.list((0...50).map { .string("a\($0):b") })
            let tooMany = await client.ask(
                .post, Self.path, ["name": "a", "scopes": many], bearer: user.accessToken)
            #expect(tooMany.text.contains("SCOPES_COUNT"))
        }
    }
}
