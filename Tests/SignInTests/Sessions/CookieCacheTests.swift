import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Secrets
import Server
import Testing
import Values

/// The cookie in which a browser keeps its session for five minutes (`compat.cookieCache`).
struct CookieCacheTests {
    private static let name = "better-auth.session_data"
    private static var isOn: SettingsChange { .set(\.compat.cookieCache.isOn, true) }
    private static let secret = "the tests sign cookies with this secret"

    private static func read(_ cookie: String?) throws -> JSON {
        try JSON(parsing: try #require(Base64URL.decode(cookie ?? "")))
    }

    /// As better-auth's own helper for pages checks it.
    private static func signature(_ json: JSON) throws -> String {
        var content = try #require(json["session"]?.asObject)
        content["expiresAt"] = json["expiresAt"]
        return HMAC.sha256(JSON.object(content).bytes(), key: secret).base64URL
    }

    @Test(arguments: Engine.tested)
    func `it is off unless a setting says so`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            #expect(browser.cookies[Self.name] == nil)
            #expect(await browser.get("/api/auth/get-session").setCookies.isEmpty)
        }
    }

    @Test(arguments: Engine.tested)
    func `signing up sets it, in better-auth's compact form`(on engine: Engine) async throws {
        try await withServer(on: engine, Self.isOn) { client in
            let browser = try await client.signedUp()
            let json = try Self.read(browser.cookies[Self.name])
            #expect(names(json) == ["session", "expiresAt", "signature"])
            #expect(names(json["session"]) == ["session", "user", "updatedAt", "version"])
            #expect(json["session"]?["version"] == "1")
            #expect(json["session"]?["updatedAt"] == .integer(client.clock.now.milliseconds))
            #expect(json["expiresAt"] == .integer(client.clock.now.milliseconds + 300_000))
            #expect(json["signature"]?.asString == (try Self.signature(json)))
            let answer = await browser.get("/api/auth/get-session")
            #expect(answer.json["session"] == json["session"]?["session"])
            #expect(answer.json["user"]?["email"] == "ada@example.com")
            #expect(answer[.cacheControl] == "no-store")
            #expect(answer.setCookies.isEmpty)
        }
    }

    @Test(arguments: Engine.tested)
    func `a revoked session shows until it ends, and nothing else believes it`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, Self.isOn) { client in
            let browser = try await client.signedUp()
            let other = try await client.signedIn()
            _ = await other.post("/api/auth/revoke-other-sessions", [:])
            #expect(await browser.session != .null)
            #expect(await browser.post("/api/auth/update-user", ["name": "Eve"]).status == 401)
            #expect(await browser.get("/api/auth/list-sessions").status == 401)
            #expect(await browser.get("/api/auth/token").status == 401)
            client.clock.advance(by: .minutes(5))
            let late = await browser.get("/api/auth/get-session")
            #expect(late.text == "null")
            #expect(
                late.setCookies.map(\.name) == [
                    "better-auth.session_token", Self.name, "better-auth.dont_remember",
                ])
        }
    }

    @Test(arguments: Engine.tested)
    func `the database is asked on demand, and after five minutes`(on engine: Engine) async throws {
        try await withServer(on: engine, Self.isOn) { client in
            let browser = try await client.signedUp()
            let answer = await browser.get("/api/auth/get-session?disableCookieCache=true")
            #expect(answer.setCookies.map(\.name) == [Self.name])
            #expect(answer.setCookies[0].attributes.first == "max-age=300")
            let other = try await client.signedIn()
            _ = await other.post("/api/auth/revoke-sessions", [:])
            #expect(
                await browser.get("/api/auth/get-session?disableCookieCache=true").text == "null")
            #expect(browser.cookies[Self.name] == nil)
        }
    }

    @Test(arguments: Engine.tested)
    func `a change of the user is in it at once`(on engine: Engine) async throws {
        try await withServer(on: engine, Self.isOn) { client in
            let browser = try await client.signedUp()
            let changed = await browser.post("/api/auth/update-user", ["name": "Alicia"])
            #expect(
                changed.setCookies.map(\.name) == ["better-auth.session_token", Self.name])
            let answer = await browser.get("/api/auth/get-session")
            #expect(answer.json["user"]?["name"] == "Alicia")
            #expect(answer.setCookies.isEmpty)
        }
    }

    @Test(arguments: Engine.tested)
    func `what is forged, foreign or of another session is asked of the database`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, Self.isOn) { client in
            let ada = try await client.signedUp()
            let eve = try await client.signedUp("eve@example.com")
            let own = try #require(eve.cookies[Self.name])
            let adas = try #require(ada.cookies[Self.name])
            let text = try #require(Base64URL.decode(own))
            let json = String(decoding: text, as: UTF8.self)
            let forged = [
                adas, "", "x", "%00", String(own.dropLast()), own + "A",
                Base64URL.encode(
                    Array(json.replacing("eve@example.com", with: "ada@example.com").utf8)),
                Base64URL.encode(Array(json.replacing("\"1\"", with: "\"2\"").utf8)),
                Base64URL.encode(Array("{}".utf8)), Base64URL.encode(Array("[".utf8)),
                Base64URL.encode(
                    Array(#"{"session":{},"expiresAt":9223372036854775807,"signature":""}"#.utf8)),
                Base64URL.encode(
                    Array(#"{"session":{},"expiresAt":-1,"signature":"\u0000"}"#.utf8)),
            ]
            for cookie in forged {
                eve.cookies.set(Self.name, cookie)
                let answer = await eve.get("/api/auth/get-session")
                #expect(answer.json["user"]?["email"] == "eve@example.com", "\(cookie)")
                // Taken away and set anew.
                let names = cookie.isEmpty ? [Self.name] : [Self.name, Self.name]
                #expect(answer.setCookies.map(\.name) == names, "\(cookie)")
                #expect(eve.cookies[Self.name]?.isEmpty == false)
            }
            // Without the session's own cookie it is nothing.
            let thief = client.another()
            thief.cookies.set(Self.name, own)
            #expect(await thief.get("/api/auth/get-session").text == "null")
        }
    }

    @Test(arguments: Engine.tested)
    func `a session that ends with the browser is kept as long`(on engine: Engine) async throws {
        try await withServer(on: engine, Self.isOn) { client in
            let browser = client.browser()
            let answer = await browser.post(
                "/api/auth/sign-up/email",
                [
                    "name": "Ada", "email": "ada@example.com", "password": "Correct-horse-1",
                    "rememberMe": false,
                ])
            #expect(
                answer.setCookies.map(\.name) == [
                    "better-auth.session_token", "better-auth.dont_remember", Self.name,
                ])
            #expect(answer.setCookies.allSatisfy { $0.attribute("max-age") == nil })
        }
    }
}
