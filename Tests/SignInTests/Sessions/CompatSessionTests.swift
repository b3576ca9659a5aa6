import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Secrets
import Server
import Testing
import Values

struct CompatSessionTests {
    private static let cookieName = "better-auth.session_token"

    /// A browser in which a new user has signed up.
    private static func signedUp(
        _ client: TestClient, remembered: Bool = true, email: String = "ada@example.com"
    ) async throws -> TestClient {
        let browser = client.browser()
        let answer = await browser.post(
            "/api/auth/sign-up/email",
            [
                "name": "Ada", "email": .string(email), "password": "Correct-horse-1",
                "rememberMe": .boolean(remembered),
            ])
        try #require(answer.status == 200)
        return browser
    }

    private static func session(_ client: TestClient, _ query: String = "") async -> TestAnswer {
        await client.get("/api/auth/get-session" + query)
    }

    private static let cleared = [
        "better-auth.session_token", "better-auth.session_data", "better-auth.dont_remember",
    ]

    // MARK: get-session

    // S2-4
    @Test(arguments: Engine.tested)
    func `the session of a cookie, and its user`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = try await Self.signedUp(client)
            let answer = await browser.get(
                "/api/auth/get-session", [.userAgent: "Not the one that signed up"])
            #expect(answer.status == 200)
            #expect(answer[.cacheControl] == "no-store")
            #expect(answer["pragma"] == "no-cache")
            #expect(names(answer.json) == ["session", "user"])
            #expect(
                names(answer.json["session"]) == [
                    "expiresAt", "token", "createdAt", "updatedAt", "ipAddress", "userAgent",
                    "userId", "id",
                ])
            let session = answer.json["session"]
            let now = client.clock.now
            #expect(session?["expiresAt"] == .string((now + .days(7)).description))
            #expect(session?["createdAt"] == .string(now.description))
            #expect(session?["ipAddress"] == "127.0.0.1")
            #expect(session?["userAgent"] == "")
            #expect(session?["userId"] == answer.json["user"]?["id"])
            #expect(answer.setCookies.isEmpty)
        }
    }

    // S2-4
    @Test(arguments: Engine.tested)
    func `without a session it is null`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let none = await Self.session(client)
            #expect(none.status == 200)
            #expect(none.text == "null")
            #expect(none[.contentType] == "application/json")
            #expect(none[.cacheControl] == "no-store")
            #expect(none.setCookies.isEmpty)
            // A signature that is not ours: as if it were not there.
            let browser = try await Self.signedUp(client)
            let cookie = try #require(browser.cookies[Self.cookieName])
            for bad in [
                "x", "", "%", "a.b", String(cookie.dropLast(4)), "x" + cookie,
                String(cookie.prefix(32)), cookie + "x",
            ] {
                let other = client.another()
                other.cookies.set(Self.cookieName, bad)
                let answer = await Self.session(other)
                #expect(answer.text == "null", "\(bad)")
                #expect(answer.setCookies.isEmpty, "\(bad)")
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a session that has ended is null and its cookies are deleted`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let browser = try await Self.signedUp(client)
            let cookie = try #require(browser.cookies[Self.cookieName])
            _ = await browser.post("/api/auth/sign-out")
            let stale = client.browser()
            stale.cookies.set(Self.cookieName, cookie)
            let answer = await Self.session(stale)
            #expect(answer.text == "null")
            #expect(answer.setCookies.map(\.name) == Self.cleared)
            for cookie in answer.setCookies {
                #expect(cookie.value.isEmpty)
                #expect(
                    cookie.attributes == ["max-age=0", "path=/", "httponly", "samesite=lax"])
            }
        }
    }

    // S2-4, C7
    @Test(arguments: Engine.tested)
    func `a session in use slides`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = try await Self.signedUp(client)
            client.clock.advance(by: .hours(23))
            #expect(await Self.session(browser).setCookies.isEmpty)
            client.clock.advance(by: .hours(1))
            let quiet = await Self.session(browser, "?disableRefresh=true")
            #expect(quiet.setCookies.isEmpty)
            let answer = await Self.session(browser)
            #expect(answer.setCookies.map(\.name) == [Self.cookieName])
            #expect(answer.setCookies[0].attributes.first == "max-age=604800")
            let end = client.clock.now + .days(7)
            #expect(answer.json["session"]?["expiresAt"] == .string(end.description))
            #expect(
                answer.json["session"]?["updatedAt"] == .string(client.clock.now.description))
            #expect(await Self.session(browser).setCookies.isEmpty)
            client.clock.advance(by: .days(6))
            #expect(await Self.session(browser).json["session"] != nil)
        }
    }

    @Test(arguments: Engine.tested)
    func `a session that is not used ends by the clock`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = try await Self.signedUp(client)
            let cookie = try #require(browser.cookies[Self.cookieName])
            client.clock.advance(by: .days(7))
            let stale = client.browser()
            stale.cookies.set(Self.cookieName, cookie)
            let answer = await Self.session(stale)
            #expect(answer.text == "null")
            #expect(answer.setCookies.map(\.name) == Self.cleared)
        }
    }

    @Test(arguments: Engine.tested)
    func `one that is not to be remembered lives a day and does not slide`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let browser = try await Self.signedUp(client, remembered: false)
            client.clock.advance(by: .hours(23))
            #expect(await Self.session(browser).json["session"] != nil)
            client.clock.advance(by: .hours(1))
            #expect(await Self.session(browser).text == "null")
        }
    }

    @Test(arguments: Engine.tested)
    func `two requests at the moment it is due both get it`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = try await Self.signedUp(client)
            client.clock.advance(by: .days(2))
            let answers = await race(8, client) { _ in await Self.session(browser) }
            #expect(answers.allSatisfy { $0.json["session"] != nil })
        }
    }

    @Test(arguments: Engine.tested)
    func `it is not asked for by POST`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = try await Self.signedUp(client)
            let answer = await browser.post("/api/auth/get-session", [:])
            #expect(answer.status == 405)
            #expect(answer.code == "METHOD_NOT_ALLOWED_DEFER_SESSION_REQUIRED")
            #expect(answer[.cacheControl] == "no-store")
        }
    }

    // MARK: sign-out and revoke-sessions

    // S2-5
    @Test(arguments: Engine.tested)
    func `sign-out ends the session and deletes the cookies, any number of times`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let browser = try await Self.signedUp(client)
            let token = await Self.session(browser).json["session"]?["token"]?.asString
            for _ in 0..<3 {
                let answer = await browser.post("/api/auth/sign-out", [:])
                #expect(answer.status == 200)
                #expect(answer.json == ["success": true])
                #expect(answer.setCookies.map(\.name) == Self.cleared)
            }
            #expect(browser.cookies[Self.cookieName] == nil)
            #expect(await Self.session(browser).text == "null")
            #expect(await client.get("/api/v1/auth/me", bearer: token).status == 401)
            #expect(await client.another().post("/api/auth/sign-out").status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `revoke-sessions ends all sessions of the user, tokens too`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let browser = try await Self.signedUp(client)
            let other = try await client.user("eve@example.com")
            let tokens = await client.post(
                "/api/v1/auth/login",
                ["email": "ada@example.com", "password": "Correct-horse-1"])
            #expect(await client.get("/api/auth/me", bearer: tokens.accessToken).status == 200)
            let answer = await browser.post("/api/auth/revoke-sessions", [:])
            #expect(answer.status == 200)
            #expect(answer.json == ["status": true])
            #expect(await Self.session(browser).text == "null")
            #expect(await client.get("/api/auth/me", bearer: tokens.accessToken).status == 401)
            #expect(await client.get("/api/auth/me", bearer: other.accessToken).status == 200)
            let nobody = await client.another().post("/api/auth/revoke-sessions", [:])
            #expect(nobody.status == 401)
            #expect(nobody.json == ["message": "Unauthorized", "code": "UNAUTHORIZED"])
        }
    }

    // MARK: Cookies by setting

    // C24
    @Test(arguments: Engine.tested)
    func `a bare token as cookie is taken only by setting`(on engine: Engine) async throws {
        for isOn in [false, true] {
            try await withServer(on: engine, .set(\.compat.rawCookie, isOn)) { client in
                let browser = try await Self.signedUp(client)
                let session = await Self.session(browser).json["session"]
                let other = client.another()
                other.cookies.set(
                    Self.cookieName, try #require(session?["token"]?.asString))
                #expect((await Self.session(other).text != "null") == isOn)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `addresses are not kept where the setting says so`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.auth.session.storesAddress, false)) { client in
            let browser = try await Self.signedUp(client)
            #expect(await Self.session(browser).json["session"]?["ipAddress"] == "")
        }
    }

    @Test(arguments: Engine.tested)
    func `a cookie signed with an earlier secret is still taken`(on engine: Engine) async throws {
        let old = "the secret that was used until yesterday"
        let cookie = SignedValue.sign(
            String(repeating: "a", count: 32), with: SigningSecrets(Secret(old)))
        let secrets = [
            try SigningSecret("the secret that is used from today on"), try SigningSecret(old),
        ]
        try await withServer(on: engine, .set(\.secrets.signing, secrets)) { client in
            let known = client.another()
            known.cookies.set(Self.cookieName, PercentEncoding.encode(cookie))
            // There is no such session, which only who believes the signature finds out.
            #expect(await Self.session(known).setCookies.count == 3)
            let browser = try await Self.signedUp(client)
            #expect(await Self.session(browser).json["session"] != nil)
        }
    }

    @Test(arguments: Engine.tested)
    func `a session shows the program it was started from`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = client.browser()
            let long = "Browser/1 " + String(repeating: "\u{1F469}\u{200D}\u{1F467}", count: 300)
            _ = await browser.post(
                "/api/auth/sign-up/email",
                ["name": "Ada", "email": "ada@example.com", "password": "Correct-horse-1"],
                [.userAgent: long])
            let shown = await Self.session(browser).json["session"]?["userAgent"]?.asString
            #expect(shown?.hasPrefix("Browser/1 ") == true)
            #expect(shown?.count == 255)
        }
    }

    // MARK: ok and error

    @Test(arguments: Engine.tested)
    func `ok, and the page that shows an error`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            #expect(await client.get("/api/auth/ok").json == ["ok": true])
            let plain = await client.get("/api/auth/error")
            #expect(plain.status == 302)
            #expect(plain[.location] == "/?error=UNKNOWN")
            let code = await client.get(
                "/api/auth/error?error=a%26b%0d%0aX:1&error_description=c+d")
            #expect(code[.location] == "/?error=a%26b%0D%0AX%3A1&error_description=c+d")
        }
    }
}
