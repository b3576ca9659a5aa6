import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Secrets
import Server
import Testing
import Values

/// The token of a session in the place of its cookie, and the web token it gives.
struct CompatBearerTests {
    private static func session(_ client: TestClient, _ field: String) async -> TestAnswer {
        await client.another().get("/api/auth/get-session", [.authorization: field])
    }

    private static func register(_ client: TestClient) async throws -> (
        bearer: String, token: String
    ) {
        let answer = await client.another().post(
            "/api/auth/sign-up/email",
            ["name": "Ada", "email": "ada@example.com", "password": "Correct-horse-1"])
        let bearer = try #require(answer["set-auth-token"])
        #expect(answer[.accessControlExposeHeaders] == "set-auth-token")
        return (bearer, try #require(answer.json["token"]?.asString))
    }

    @Test(arguments: Engine.tested)
    func `signed, percent-encoded and bare, and in any case of the scheme`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let (bearer, token) = try await Self.register(client)
            #expect(bearer.hasPrefix(token + "."))
            for field in [
                "Bearer " + bearer, "bearer " + bearer, "Bearer " + token,
                "Bearer " + PercentEncoding.encode(bearer),
            ] {
                let answer = await Self.session(client, field)
                #expect(answer.json["session"]?["token"] == .string(token), "\(field)")
                #expect(answer.setCookies.isEmpty)
                #expect(answer["set-auth-token"] == nil)
            }
            let forged = token + "." + String(repeating: "A", count: 43) + "="
            for field in [
                "Basic " + token, "Bearer ", "Bearer " + forged, "Bearer a.b.c",
                "Bearer .", token,
            ] {
                let answer = await Self.session(client, field)
                #expect(answer.text == "null", "\(field)")
                #expect(answer.setCookies.isEmpty, "\(field)")
            }
            #expect(await Self.session(client, "Bearer garbage").setCookies.count == 3)
        }
    }

    @Test(arguments: Engine.tested)
    func `it needs no origin, because no browser sends it by itself`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let (bearer, token) = try await Self.register(client)
            let app = client.another()
            let evil = await app.post(
                "/api/auth/update-user", ["name": "B"], bearer: bearer,
                [.origin: "http://evil.example"])
            #expect(evil.status == 200)
            #expect(evil["set-auth-token"] == bearer)
            #expect(evil.cookie("better-auth.session_token") != nil)
            // With a cookie beside it, the browser's rules hold.
            let both = await client.another().post(
                "/api/auth/update-user", ["name": "C"], bearer: bearer,
                [.origin: "http://evil.example", .cookie: "a=b"])
            #expect(both.status == 403)
            let list = await app.get("/api/auth/list-sessions", bearer: bearer)
            #expect(list.json[0]?["token"] == .string(token))
            #expect(await client.another().post("/api/auth/sign-out", bearer: bearer).status == 200)
            #expect(await Self.session(client, "Bearer " + bearer).text == "null")
        }
    }

    @Test(arguments: Engine.tested)
    func `it can be switched off`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.compat.bearer, false)) { client in
            let answer = await client.another().post(
                "/api/auth/sign-up/email",
                ["name": "Ada", "email": "ada@example.com", "password": "Correct-horse-1"])
            #expect(answer["set-auth-token"] == nil)
            let token = answer.json["token"]?.asString ?? ""
            #expect(await Self.session(client, "Bearer " + token).text == "null")
            #expect(await client.get("/api/auth/list-sessions", bearer: token).status == 401)
        }
    }

    @Test(arguments: Engine.tested)
    func `a web token says who the user is, and the published keys verify it`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            #expect(await client.get("/api/auth/token").status == 401)
            let answer = await browser.get("/api/auth/token")
            #expect(answer.status == 200)
            let token = try #require(answer.json["token"]?.asString)
            let keys = try #require(
                KeySet(jwks: await client.get("/api/auth/jwks").json))
            let claims = try JWT.verify(token, keys: keys, at: client.clock.now).claims
            let user = await browser.get("/api/auth/get-session").json["user"]
            for name in names(user) { #expect(claims[name] == user?[name], "\(name)") }
            #expect(claims["sub"] == user?["id"])
            #expect(claims["aud"] == "http://localhost:4000")
            #expect(claims["iss"] == "http://localhost:4000")
            #expect(claims["exp"] == .integer(client.clock.now.seconds + 900))
            #expect(answer["set-auth-jwt"] == nil)
            #expect(claims["sid"] == nil)
            // Services that it is shown to can do nothing with it here.
            for path in ["/api/v1/auth/me", "/api/auth/me", "/api/auth/list-sessions"] {
                #expect(await client.get(path, bearer: token).status == 401)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `get-session brings it by setting, but not for what a browser remembers`(
        on engine: Engine
    ) async throws {
        try await withServer(
            on: engine, .set(\.compat.jwtHeader, true), .set(\.compat.cookieCache.isOn, true)
        ) { client in
            let browser = try await client.signedUp()
            let answer = await browser.get("/api/auth/get-session")
            #expect(answer["set-auth-jwt"]?.split(separator: ".").count == 3)
            #expect(answer[.accessControlExposeHeaders] == "set-auth-jwt")
            let other = try await client.signedIn()
            _ = await other.post("/api/auth/revoke-other-sessions", [:])
            let revoked = await browser.get("/api/auth/get-session")
            #expect(revoked.text == "null")
            #expect(revoked["set-auth-jwt"] == nil)
        }
    }
}
