import AtriumTesting
import Coding
import SQL
import Secrets
import Server
import Surfaces
import Testing
import Values

/// The three ways in which `session_data` is written (`compat.cookieCache.form`), and what is longer
/// than a cookie.
struct CookieFormTests {
    private static let name = "better-auth.session_data"
    private static let secret = Secret("the tests sign cookies with this secret")

    private static func settings(_ form: SessionDataForm) -> [SettingsChange] {
        [.set(\.compat.cookieCache.isOn, true), .set(\.compat.cookieCache.form, form)]
    }

    private static func withCache(
        _ form: SessionDataForm, on engine: Engine,
        _ body: @escaping @Sendable (TestClient) async throws -> Void
    ) async throws {
        let changes = settings(form)
        try await withServer(on: engine, changes[0], changes[1], body: body)
    }

    /// As better-auth derives it.
    private static let key = JWEKey(
        deriving: Secret(Array(secret.exposed.utf8)), salt: Array("better-auth-session".utf8),
        info: Array("BetterAuth.js Generated Encryption Key".utf8))

    @Test(arguments: Engine.tested)
    func `as a web token it is signed with HS256 and lives five minutes`(
        on engine: Engine
    ) async throws {
        try await Self.withCache(.jwt, on: engine) { client in
            let browser = try await client.signedUp()
            let cookie = try #require(browser.cookies[Self.name])
            let head = cookie.split(separator: ".").first.flatMap { Base64URL.decode($0) }
            #expect(head.map { String(decoding: $0, as: UTF8.self) } == #"{"alg":"HS256"}"#)
            let claims = try JWT.verify(
                cookie, secrets: SigningSecrets(Self.secret), at: client.clock.now
            ).claims
            #expect(
                names(claims) == ["session", "user", "updatedAt", "version", "iat", "exp"])
            let now = client.clock.now.milliseconds / 1000
            #expect(claims["exp"] == .integer(now + 300))
            let answer = await browser.get("/api/auth/get-session")
            #expect(answer.json["session"] == claims["session"])
            #expect(answer.setCookies.isEmpty)
        }
    }

    @Test(arguments: Engine.tested)
    func `encrypted, nobody reads it and better-auth's key opens it`(
        on engine: Engine
    ) async throws {
        try await Self.withCache(.jwe, on: engine) { client in
            let browser = try await client.signedUp()
            let cookie = try #require(browser.cookies[Self.name])
            let claims = try #require(
                JWE.claims(of: cookie, keys: [Self.key], at: client.clock.now))
            #expect(
                names(claims) == ["session", "user", "updatedAt", "version", "iat", "exp", "jti"])
            #expect(claims["user"]?["email"] == "ada@example.com")
            #expect(await browser.get("/api/auth/get-session").setCookies.isEmpty)
            let again = await browser.get("/api/auth/get-session?disableCookieCache=true")
            #expect(again.cookie(Self.name)?.value != cookie)
        }
    }

    @Test(arguments: Engine.tested, [SessionDataForm.jwt, .jwe])
    func `forged, swapped and ended ones are asked of the database`(
        on engine: Engine, form: SessionDataForm
    ) async throws {
        try await Self.withCache(form, on: engine) { client in
            let ada = try await client.signedUp()
            let eve = try await client.signedUp("eve@example.com")
            let own = try #require(eve.cookies[Self.name])
            let parts = own.split(separator: ".", omittingEmptySubsequences: false)
            let unsigned = Base64URL.encode(Array(#"{"alg":"none"}"#.utf8)) + "."
            let forged = [
                try #require(ada.cookies[Self.name]), String(own.dropLast(4)) + "AAAA", "..",
                "....",
                unsigned + parts[1] + ".", parts.reversed().joined(separator: "."),
                String(repeating: "A.", count: 9000), own + own,
            ]
            for cookie in forged {
                eve.cookies.set(Self.name, cookie)
                let answer = await eve.get("/api/auth/get-session")
                #expect(answer.json["user"]?["email"] == "eve@example.com")
                #expect(answer.setCookies.map(\.name) == [Self.name, Self.name])
            }
            client.clock.advance(by: .minutes(6))
            eve.cookies.set(Self.name, own)
            #expect(
                await eve.get("/api/auth/get-session").setCookies.map(\.name)
                    == [Self.name, Self.name])
        }
    }

    @Test(arguments: Engine.tested, SessionDataForm.allCases)
    func `what is longer than a cookie goes in pieces, which do not stay`(
        on engine: Engine, form: SessionDataForm
    ) async throws {
        try await Self.withCache(form, on: engine) { client in
            let browser = try await client.signedUp()
            let image = String(repeating: "é", count: 2000)
            let long = await browser.post("/api/auth/update-user", ["image": .string(image)])
            let first = (0..<2).map { "\(Self.name).\($0)" }
            #expect(
                long.setCookies.map(\.name)
                    == ["better-auth.session_token", Self.name] + first)
            #expect(long.cookie(Self.name)?.attribute("max-age") == "0")
            for text in long.response.fields.values(of: .setCookie) {
                #expect(text.utf8.count <= 4050)
            }
            let kept = await browser.get("/api/auth/get-session")
            #expect(kept.json["user"]?["image"] == .string(image))
            #expect(kept.setCookies.isEmpty)
            // A short one again: the pieces go first.
            let short = await browser.post("/api/auth/update-user", ["image": "/a.png"])
            #expect(
                short.setCookies.map(\.name)
                    == ["better-auth.session_token"] + first + [Self.name])
            #expect(browser.cookies[first[0]] == nil)
            #expect(await browser.get("/api/auth/get-session").setCookies.isEmpty)
            // All go with the session.
            _ = await browser.post("/api/auth/update-user", ["image": .string(image)])
            let out = await browser.post("/api/auth/sign-out", [:])
            #expect(
                out.setCookies.map(\.name)
                    == ["better-auth.session_token", Self.name] + first
                    + ["better-auth.dont_remember"])
            #expect(out.setCookies.allSatisfy { $0.attribute("max-age") == "0" })
        }
    }

    @Test(arguments: Engine.tested)
    func `pieces that do not belong together, or have odd names, are nothing`(
        on engine: Engine
    ) async throws {
        try await Self.withCache(.compact, on: engine) { client in
            let browser = try await client.signedUp()
            let whole = try #require(browser.cookies[Self.name])
            let token = try #require(browser.cookies["better-auth.session_token"])
            let middle = whole.index(whole.startIndex, offsetBy: 100)
            let session = "better-auth.session_token=\(token); "
            let (one, two) = (whole[..<middle], whole[middle...])
            let good = ["\(Self.name).1=\(two); \(Self.name).0=\(one)"]
            let bad = [
                "\(Self.name).0=\(two); \(Self.name).1=\(one)", "\(Self.name).0=\(one)",
                "\(Self.name).a=\(whole)", "\(Self.name).=\(whole)", "\(Self.name)x=\(whole)",
                "\(Self.name).-1=\(whole)", "\(Self.name).000=\(whole)",
                "\(Self.name).99999999999999999999=\(whole)",
                "\(Self.name).0=\(one); \(Self.name).0=\(two)",
            ]
            for cookies in good + bad {
                let answer = await client.another().get(
                    "/api/auth/get-session", [.cookie: session + cookies])
                #expect(answer.json["user"]?["email"] == "ada@example.com")
                let isAsked =
                    answer.cookie(Self.name)?.value.isEmpty == false
                    || answer.setCookies.contains { $0.name == Self.name && !$0.value.isEmpty }
                #expect(isAsked == bad.contains(cookies), "\(cookies.prefix(40))")
            }
        }
    }
}
