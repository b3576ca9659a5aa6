import API
import AtriumTesting
import Coding
import HTTP
import SQL
import Testing

/// What another site's page may do with our user's browser: WIRE's rules of origins, on SQLite alone,
/// since no row decides.
struct OriginCheckTests {
    private static let signIn = "/api/auth/sign-in/email"
    private static let body: JSON = ["email": "ada@example.com", "password": "Correct-horse-1"]
    private static let own = "http://localhost:4000"

    private func send(
        _ client: TestClient, _ fields: Fields, to path: String = signIn
    ) async -> (status: Int, code: String?) {
        let answer = await client.another().post(path, Self.body, fields)
        return (answer.status, answer.json["code"]?.asString)
    }

    @Test func `with any cookie the origin must be trusted`() async throws {
        try await withServer(on: .sqlite) { client in
            _ = try await client.user()
            func code(_ fields: Fields, cookie: String = "unrelated=1") async -> String? {
                var fields = fields
                fields[.cookie] = cookie
                return await send(client, fields).code
            }
            #expect(await code([:]) == "MISSING_OR_NULL_ORIGIN")
            #expect(await code([.origin: "null"]) == "MISSING_OR_NULL_ORIGIN")
            #expect(await code([.referer: "about:blank"]) == "MISSING_OR_NULL_ORIGIN")
            for origin in [
                "http://evil.example", "http://localhost:4001", "https://localhost:4000",
                "http://localhost", "http://a.localhost:4000", "http://localhost:4000.evil.example",
                "http://localhost:4000/", "http://localhost:4000@evil.example",
                "HTTP://LOCALHOST:4000",
            ] {
                #expect(await code([.origin: origin]) == "INVALID_ORIGIN", "\(origin)")
            }
            #expect(await code([.referer: "http://evil.example/x"]) == "INVALID_ORIGIN")
            // A trusted referer does not make up for an origin that is not.
            #expect(
                await code([.origin: "http://evil.example", .referer: Self.own + "/"])
                    == "INVALID_ORIGIN")
            for fields: Fields in [
                [.origin: Self.own], [.referer: Self.own + "/page?x=http://evil.example"],
                [.origin: "http://localhost:3001"],
            ] {
                #expect(await code(fields) == nil)
            }
        }
    }

    @Test(arguments: ["/api/auth/sign-out", "/api/auth/revoke-sessions"])
    func `other routes check when there is a cookie, and only then`(path: String) async throws {
        try await withServer(on: .sqlite) { client in
            let evil: Fields = [.origin: "http://evil.example"]
            var withCookie = evil
            withCookie[.cookie] = "better-auth.session_token=x"
            #expect(await send(client, evil, to: path).status != 403)
            let refused = await send(client, withCookie, to: path)
            #expect(refused.status == (path.hasSuffix("out") ? 403 : 401))
        }
    }

    @Test func `without a cookie the first sign-in looks at fetch metadata`() async throws {
        try await withServer(on: .sqlite) { client in
            _ = try await client.user()
            let navigation: Fields = [.secFetchSite: "cross-site", .secFetchMode: "navigate"]
            #expect(
                await send(client, navigation).code == "CROSS_SITE_NAVIGATION_LOGIN_BLOCKED")
            var trusted = navigation
            trusted[.origin] = Self.own
            #expect(await send(client, trusted).code == "CROSS_SITE_NAVIGATION_LOGIN_BLOCKED")
            let fetch: Fields = [.secFetchSite: "same-origin", .secFetchMode: "cors"]
            #expect(await send(client, fetch).code == "MISSING_OR_NULL_ORIGIN")
            var known = fetch
            known[.origin] = Self.own
            #expect(await send(client, known).status == 200)
            known[.origin] = "http://evil.example"
            #expect(await send(client, known).code == "INVALID_ORIGIN")
            // No metadata at all: a program, or an old browser that says its origin.
            #expect(await send(client, [:]).status == 200)
            #expect(await send(client, [.origin: "null"]).code == "MISSING_OR_NULL_ORIGIN")
            #expect(await send(client, [.origin: "http://evil.example"]).code == "INVALID_ORIGIN")
        }
    }

    @Test func `reading needs no origin`() async throws {
        try await withServer(on: .sqlite) { client in
            let answer = await client.get(
                "/api/auth/get-session",
                [.cookie: "better-auth.session_token=x", .origin: "http://evil.example"])
            #expect(answer.status == 200)
            #expect(answer["access-control-allow-origin"] == nil)
        }
    }

    @Test(arguments: [
        ("callbackURL", "INVALID_CALLBACK_URL"), ("redirectTo", "INVALID_REDIRECT_URL"),
        ("errorCallbackURL", "INVALID_ERROR_CALLBACK_URL"),
        ("newUserCallbackURL", "INVALID_NEW_USER_CALLBACK_URL"),
    ])
    func `every member that leads on is checked`(member: String, code: String) async throws {
        try await withServer(on: .sqlite) { client in
            _ = try await client.user()
            var body = Self.body.asObject ?? [:]
            body[member] = "http://evil.example/"
            let evil = await client.another().post(Self.signIn, .object(body))
            #expect(evil.status == 403)
            #expect(evil.json["code"] == .string(code))
            body[member] = "/home"
            #expect(await client.another().post(Self.signIn, .object(body)).status == 200)
            body[member] = .null
            #expect(await client.another().post(Self.signIn, .object(body)).status != 403)
            body[member] = ["x"]
            #expect(await client.another().post(Self.signIn, .object(body)).status == 400)
        }
    }

    /// The token surfaces look at one cookie, and only when it is not another site's page that sends it.
    @Test func `a page of another site cannot use the refresh cookie`() async throws {
        try await withServer(on: .sqlite) { client in
            let user = try await client.user()
            for path in ["/api/v1/auth/refresh", "/api/auth/refresh", "/api/auth/logout"] {
                for origin in ["http://evil.example", "null"] {
                    let browser = client.browser(on: origin)
                    browser.cookies.set("atrium.refresh_token", user.refreshToken)
                    let answer = await browser.post(path)
                    #expect(answer.status == 401, "\(path) \(origin)")
                }
            }
            let browser = client.browser()
            browser.cookies.set("atrium.refresh_token", user.refreshToken)
            #expect(await browser.post("/api/v1/auth/refresh").status == 200)
        }
    }
}
