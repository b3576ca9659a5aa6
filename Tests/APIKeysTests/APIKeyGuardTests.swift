import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// S0-10: who gets through by which credential.
struct APIKeyGuardTests {
    private static let paths = ["/api/v1/auth/me", "/api/auth/me"]

    @Test(arguments: Engine.tested)
    func `a session's cookie, its tokens and a key all show who calls`(on engine: Engine)
        async throws
    {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let key = try await client.key(user)
            let browser = client.browser()
            let signedIn = await browser.post(
                "/api/auth/sign-in/email",
                ["email": .string(user.email), "password": .string(user.password)])
            let token = try #require(signedIn.json["token"]?.asString)
            for path in Self.paths {
                let answers = [
                    await client.get(path, bearer: user.accessToken),
                    await client.get(path, bearer: token),
                    await client.ask(.get, path, key: key.text),
                    await browser.get(path),
                ]
                for answer in answers {
                    #expect(answer.status == 200, "\(answer.text)")
                    #expect((answer.json["user"] ?? answer.json)["id"] == .string(user.id))
                }
                #expect(await client.get(path).status == 401)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `whatever is wrong with a key, the answer is the same`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let gone = try await client.user("gone@example.com")
            var wrong: [String] = ["", "x", "uk_", String(repeating: "u", count: 43), user.id]
            let live = try await client.key(user)
            wrong += [
                live.text + "x", String(live.text.dropLast()), "ok_" + live.text.dropFirst(3),
            ]
            wrong += [live.text.lowercased(), " " + live.text.dropLast()]

            let off = try await client.key(user)
            let change = await client.ask(
                .patch, "/api/v1/api-keys/" + off.id, ["isEnabled": false],
                bearer: user.accessToken)
            #expect(change.status == 200)
            let deleted = try await client.key(user)
            #expect(
                await client.ask(
                    .delete, "/api/v1/api-keys/" + deleted.id, bearer: user.accessToken
                ).status == 204)
            let rotated = try await client.key(user)
            _ = await client.ask(
                .post, "/api/v1/api-keys/\(rotated.id)/rotate", ["endsOldAtOnce": true],
                bearer: user.accessToken)
            let ofGone = try await client.key(gone)
            try await client.server.database.execute(
                Self.deleteUser, try #require(ID<Never>(gone.id)), client.clock.now)
            let expiring = try TestKey(
                await client.ask(
                    .post, "/api/v1/api-keys",
                    ["name": "a", "scopes": ["users:read"], "expiresInDays": 1],
                    bearer: user.accessToken))
            #expect(await client.ask(.get, Self.paths[0], key: expiring.text).status == 200)
            client.clock.advance(by: .days(1))

            wrong += [off, deleted, rotated, ofGone, expiring].map(\.text)
            for path in Self.paths {
                let unknown = await client.get(path)
                for text in wrong {
                    let answer = await client.ask(.get, path, key: text)
                    #expect(answer.status == 401, "\(text)")
                    #expect(answer.text == unknown.text, "\(text)")
                }
                #expect(await client.ask(.get, path, key: live.text).status == 200)
            }
        }
    }

    static let deleteUser = Statement(
        .write, "UPDATE users SET deleted_at = $2 WHERE id = $1", binds: ID<Never>.self,
        Instant.self)

    @Test(arguments: Engine.tested)
    func `a key without the scope is refused by name`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            for scopes in [[], ["organizations:read"], ["users:readx", "users:write"]] as [JSON] {
                let key = try await client.key(user, scopes)
                let answer = await client.ask(.get, "/api/v1/auth/me", key: key.text)
                #expect(answer.status == 403)
                #expect(answer.code == "MISSING_SCOPE")
                #expect(
                    answer.json["error"]?["message"]
                        == "The API key does not have the scope users:read")
            }
        }
    }

    /// A key with every scope, tried on each operation of the document that does not take keys.
    @Test(arguments: Engine.tested)
    func `a key opens nothing that does not say so`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let key = try await client.key(user, ["users:read", "organizations:read"])
            let document = await client.get("/api/openapi.json").json
            var tried = 0
            for path in document["paths"]?.asObject?.members ?? [] {
                for operation in path.value.asObject?.members ?? [] {
                    let schemes = (operation.value["security"]?.asList ?? [])
                        .flatMap { $0.asObject?.names ?? [""] }
                    if schemes.isEmpty || schemes.contains("apiKey") { continue }
                    if operation.value["security"]?.asList?.contains([:]) == true { continue }
                    let method = try #require(Method(operation.name.uppercased()))
                    let answer = await client.ask(
                        method, path.name, method == .get ? nil : [:], key: key.text)
                    #expect(answer.status == 401, "\(method) \(path.name)")
                    tried += 1
                }
            }
            #expect(tried > 15)
        }
    }

    @Test func `the first credential decides, and is not made up for by the next`() async throws {
        try await withServer(on: .sqlite) { client in
            let user = try await client.user()
            let key = try await client.key(user)
            let browser = client.browser()
            _ = await browser.post(
                "/api/auth/sign-in/email",
                ["email": .string(user.email), "password": .string(user.password)])
            #expect(
                await client.ask(.get, "/api/v1/auth/me", bearer: "no", key: key.text).status
                    == 401)
            #expect(await browser.ask(.get, "/api/v1/auth/me", key: "uk_no").status == 401)
            #expect(
                await client.ask(
                    .get, "/api/v1/auth/me", bearer: user.accessToken, key: "uk_no"
                ).status == 200)
        }
    }

    /// A page of another site makes the browser send the cookie along.
    @Test func `a cookie changes nothing for a page of an origin that is not trusted`()
        async throws
    {
        try await withServer(on: .sqlite) { client in
            let user = try await client.user()
            let browser = client.browser()
            _ = await browser.post(
                "/api/auth/sign-in/email",
                ["email": .string(user.email), "password": .string(user.password)])
            let draft: JSON = ["name": "a", "scopes": ["users:read"]]
            #expect(await browser.ask(.post, "/api/v1/api-keys", draft).status == 201)
            for origin in ["https://evil.example", "null", "http://localhost:4000.evil.example"] {
                var evil = browser
                evil.origin = origin
                #expect(await evil.ask(.post, "/api/v1/api-keys", draft).status == 401)
            }
            var none = browser
            none.origin = nil
            #expect(await none.ask(.post, "/api/v1/api-keys", draft).status == 401)
            #expect(await browser.get("/api/v1/api-keys").json["apiKeys"]?.asList?.count == 1)
        }
    }
}
