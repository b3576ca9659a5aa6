import AtriumTesting
import Coding
import HTTP
import Identity
import SQL
import Secrets
import Server
import Testing
import Values

/// Compat under requests that are made to be believed: whose cookie is whose.
struct CompatHostileTests {
    private static let cookie = "better-auth.session_token"
    private static let secrets = SigningSecrets(
        Secret("the tests sign cookies with this secret"))

    private struct Target: Sendable {
        let method: HTTP.Method
        let path: String
    }

    /// The operations of Compat that ask for a session, as the API's document lists them.
    private static func guarded(_ client: TestClient) async throws -> [Target] {
        let document = await client.get("/api/openapi.json").json
        let paths = try #require(document["paths"]?.asObject).members
        let targets: [Target] = paths.flatMap { path in
            (path.value.asObject?.members ?? []).compactMap { operation in
                let schemes = (operation.value["security"]?.asList ?? []).flatMap { names($0) }
                let isGuarded = !(operation.value["security"]?.asList ?? []).contains([:])
                guard operation.value["tags"] == ["compat"], isGuarded,
                    schemes.contains("session"), let method = Method(operation.name.uppercased())
                else { return nil }
                return Target(method: method, path: path.name)
            }
        }
        try #require(targets.count > 10)
        return targets
    }

    private static func send(
        _ target: Target, cookies: String, _ client: TestClient
    ) async -> TestAnswer {
        await client.browser().send(
            target.method, target.path,
            [.contentType: "application/json", .cookie: cookies], body: Array("{}".utf8))
    }

    private static func encoded(_ text: String) -> String { PercentEncoding.encode(text) }

    @Test(arguments: Engine.tested)
    func `no guarded operation takes a session cookie that we did not make`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            let token = await browser.sessionToken
            let own = try #require(browser.cookies[Self.cookie])
            let eve = try await client.signedUp("eve@example.com")
            let signature = try #require(eve.cookies[Self.cookie]).suffix(46)
            let forged = [
                token, token + ".", Self.encoded(token + "." + String(repeating: "A", count: 44)),
                Self.encoded(
                    SignedValue.sign(token, with: SigningSecrets(Secret("another secret")))),
                Self.encoded(SignedValue.sign("unknown", with: Self.secrets)),
                Self.encoded(SignedValue.sign("", with: Self.secrets)),
                Self.encoded(SignedValue.sign("sh_" + token, with: Self.secrets)),
                token + signature, String(own.dropLast(3)), own + own, own.lowercased(),
                Self.encoded(own), String(repeating: own, count: 1400), "%", "\"\(own)\"",
            ]
            for target in try await Self.guarded(client) {
                for value in forged {
                    let answer = await Self.send(
                        target, cookies: "\(Self.cookie)=\(value)", client)
                    #expect(answer.status == 401, "\(target.path) \(value.prefix(80))")
                    #expect(answer.setCookies.isEmpty)
                }
            }
            #expect(await browser.session["token"] == .string(token))
        }
    }

    @Test(arguments: Engine.tested)
    func `of two cookies of one name the first counts`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let ada = try #require(try await client.signedUp().cookies[Self.cookie])
            let eve = try #require(
                try await client.signedUp("eve@example.com").cookies[Self.cookie])
            let cases = [
                ("\(Self.cookie)=\(ada); \(Self.cookie)=\(eve)", "ada@example.com"),
                ("\(Self.cookie)=\(eve); \(Self.cookie)=\(ada)", "eve@example.com"),
                ("\(Self.cookie)=x; \(Self.cookie)=\(ada)", nil),
                ("\(Self.cookie.uppercased())=\(ada)", nil),
                ("x\(Self.cookie)=\(ada)", nil), ("\(Self.cookie)x=\(ada)", nil),
                ("__Secure-\(Self.cookie)=\(ada)", nil),
                (" \(Self.cookie) = \(ada) ;", "ada@example.com"),
            ]
            for (cookies, email) in cases {
                let answer = await client.another().get(
                    "/api/auth/get-session", [.cookie: cookies])
                #expect(answer.json["user"]?["email"]?.asString == email, "\(cookies)")
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `other people's handles and tokens end nothing`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let ada = try await client.signedUp()
            let eve = try await client.signedUp("eve@example.com")
            let session = await ada.session
            let id = session["id"]?.asString ?? ""
            let token = session["token"]?.asString ?? ""
            for name in ["sh_" + id, id, token, "sh_", "sh_x", "", "sh_" + token] {
                let answer = await eve.post("/api/auth/revoke-session", ["token": .string(name)])
                #expect(answer.status == 200)
                #expect(answer.json == ["status": true])
            }
            // Nobody takes a handle for a token.
            let handle = Self.encoded(SignedValue.sign("sh_" + id, with: Self.secrets))
            let shown = await client.another().get(
                "/api/auth/get-session", [.cookie: "\(Self.cookie)=\(handle)"])
            #expect(shown.text == "null")
            #expect(
                await client.get("/api/auth/list-sessions", bearer: "sh_" + id).status == 401)
            #expect(await ada.session["token"] == .string(token))
        }
    }

    @Test(arguments: Engine.tested)
    func `cookies of a hundred kilobytes are read and refused`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.compat.cookieCache.isOn, true)) { client in
            let browser = try await client.signedUp()
            let own = try #require(browser.cookies[Self.cookie])
            let long = String(repeating: "a", count: 100_000)
            let many = (0..<3000).map { "better-auth.session_data.\($0 % 100)=\(long.prefix(20))" }
            let data = [
                "better-auth.session_data=\(long)", many.joined(separator: "; "),
                "better-auth.dont_remember=\(long)", "x=\(long)",
            ]
            for cookies in data {
                let answer = await client.another().get(
                    "/api/auth/get-session", [.cookie: "\(Self.cookie)=\(own); \(cookies)"])
                #expect(answer.json["user"]?["email"] == "ada@example.com")
            }
            let none = await client.another().get(
                "/api/auth/get-session", [.cookie: "\(Self.cookie)=\(long)"])
            #expect(none.text == "null")
        }
    }

    @Test(arguments: Engine.tested)
    func `a made-up dont_remember changes nothing`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            browser.cookies.set("better-auth.dont_remember", "true.forged")
            client.clock.advance(by: .days(2))
            let answer = await browser.get("/api/auth/get-session")
            #expect(answer.cookie(Self.cookie)?.attribute("max-age") == "604800")
        }
    }

    /// Values that have broken other servers, in fields that settings add.
    private static let values: [JSON] = [
        .null, true, 0, -1, 1.5, .integer(.max), .integer(.min), .number(1e308), "", "\u{0}",
        "a\u{0}b", "\u{202E}evil", "' || (SELECT 1) || '", "$.role", "\"}", "{\"a\":1}", "null",
        [], [[]], [:], ["a": ["b": .null]], ["$gt": ""],
        .string(String(repeating: "\u{1F469}\u{200D}\u{1F467}", count: 1000)),
        .string(String(repeating: "x", count: 100_000)), "9999-12-31T23:59:59.999Z",
        "1815-12-10", "-0001-01-01T00:00:00Z",
    ]

    @Test(arguments: Engine.tested)
    func `declared fields take what they may hold and nothing else`(
        on engine: Engine
    ) async throws {
        try await ExtraFieldsCompatTests.withFields(on: engine) { client in
            let browser = try await client.signedUp()
            for field in try ExtraFieldsCompatTests.fields() {
                for value in Self.values {
                    let name = field.name.text
                    let answer = await browser.post(
                        "/api/auth/update-user", .object([name: value]))
                    #expect([200, 400].contains(answer.status), "\(name) \(value)")
                    guard answer.status == 200, field.isReturned else { continue }
                    let shown = await browser.get("/api/auth/get-session").json["user"]?[name]
                    let kept = try field.check(value)
                    #expect(shown == kept || shown?.asNumber == kept.asNumber, "\(name) \(value)")
                }
            }
            let user = await browser.get("/api/auth/get-session").json["user"]
            #expect(user?["email"] == "ada@example.com")
            #expect(user?["level"] == 1)
        }
    }
}
