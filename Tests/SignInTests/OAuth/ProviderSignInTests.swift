import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import Identity
import ProviderTesting
import SQL
import Testing
import Values

@testable import Server

/// S0-3, S0-4, S1-2, S1-3, S1-14, C4, C5: there and back, as clients see it.
struct ProviderSignInTests {
    @Test(arguments: Engine.tested)
    func `S1-2, S1-3, S1-14: a new user comes back with tokens that are his`(
        on engine: Engine
    ) async throws {
        try await withProvider(on: engine) { visit in
            let answer = try await visit.signIn()
            #expect(answer.status == 200)
            let access = try #require(answer.accessToken)
            #expect(answer.refreshToken?.hasPrefix("rt_") == true)
            #expect(answer.json["expiresAt"]?.asString == "2026-11-20T12:15:00.000Z")
            #expect(answer.json["expiresIn"] == 900)
            #expect(answer.cookie("atrium.refresh_token")?.value == answer.refreshToken)
            let me = await visit.client.another().get("/api/auth/me", bearer: access)
            #expect(me.json["email"] == "ada@example.com")
            #expect(me.json["name"] == "Ada Lovelace")
            #expect(me.json["emailVerified"] == true)
            // The second time he is known.
            let again = try await visit.signIn()
            #expect(again.json["user"]?["id"] == answer.json["user"]?["id"])
            #expect(try await visit.events() == ["signed_in", "signed_up"])
        }
    }

    @Test(arguments: Engine.tested)
    func `V1 does the same in its words`(on engine: Engine) async throws {
        try await withProvider(on: engine) { visit in
            let path = "/api/v1/auth/oauth/test"
            let url = try #require(await visit.browser.get(path).json["url"]?.asString)
            let answer = await visit.browser.get(try visit.callback(from: url, surface: path))
            #expect(answer.status == 200)
            let access = try #require(answer.json["tokens"]?["accessToken"]?.asString)
            let me = await visit.client.get("/api/v1/auth/me", bearer: access)
            #expect(me.json["user"]?["email"] == "ada@example.com")
            #expect(await visit.browser.get("/api/v1/auth/oauth/none").v1Code == "UNKNOWN_PROVIDER")
            let providers = await visit.browser.get("/api/v1/auth/oauth")
            #expect(providers.json["providers"] == ["test"])
        }
    }

    @Test(arguments: [
        (["sec-fetch-mode": "navigate"], 302), (["accept": "text/html,*/*;q=0.8"], 302),
        (["accept": "*/*"], 200), (["accept": "application/json"], 200), ([:], 200),
        (["sec-fetch-mode": "cors", "accept": "*/*"], 200),
        (["sec-fetch-mode": "navigate", "accept": "*/*"], 302),
        (["accept": "text/html;q=0, */*"], 200),
    ])
    func `C4, S0-3: a browser that navigates is redirected, a script gets the address`(
        _ sent: [String: String], _ status: Int
    ) async throws {
        try await withProvider(on: .sqlite) { visit in
            var fields = Fields()
            for (name, value) in sent { fields.append(try #require(FieldName(name)), value) }
            let answer = await visit.browser.get(ProviderVisit.start, fields)
            #expect(answer.status == status)
            let url = answer[.location] ?? answer.json["url"]?.asString
            #expect(url?.hasPrefix(visit.provider.issuer + "/authorize?") == true)
            #expect(answer.cookie("atrium.sign_in") != nil)
            #expect(answer["cache-control"] == "no-store")
        }
    }

    // MARK: Pages (C5)

    @Test(arguments: Engine.tested)
    func `C5: a page gets a one-time code, which is exchanged once`(on engine: Engine) async throws
    {
        try await withProvider(on: engine) { visit in
            let page = "http://localhost:3001/signed-in?tab=1"
            let answer = try await visit.signIn(
                "?redirect_to=" + PercentEncoding.encode(page))
            #expect(answer.status == 302)
            #expect(answer[.location]?.hasPrefix(page + "&code=") == true)
            #expect(answer.cookie("atrium.refresh_token") == nil)
            #expect(!(answer[.location] ?? "").contains("Token"))
            let code = try #require(answer.redirectQuery["code"])
            let answers = await race(50, visit.client) { _ in
                await visit.client.another().post(
                    "/api/auth/exchange", ["code": .string(code)])
            }
            #expect(answers.count { $0.status == 200 && $0.accessToken != nil } == 1)
            #expect(answers.count { $0.status == 400 && $0.code == "INVALID_CODE" } == 49)
            #expect(try await visit.events() == ["signed_in", "signed_up"])
        }
    }

    @Test(arguments: Engine.tested)
    func `a code ends after a minute, and with a challenge it needs the answer`(
        on engine: Engine
    ) async throws {
        try await withProvider(on: engine) { visit in
            let late = try #require(try await visit.signIn("?redirect_to=/x").redirectQuery["code"])
            visit.advance(by: .seconds(60))
            let answer = await visit.client.post("/api/auth/exchange", ["code": .string(late)])
            #expect(answer.code == "INVALID_CODE")
            // RFC 7636, appendix B.
            let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
            let bound = try await visit.signIn("?redirect_to=/x&code_challenge=\(challenge)")
            let code = try #require(bound.redirectQuery["code"])
            for verifier in [JSON.null, "", "another", .string(challenge)] {
                let refused = await visit.client.post(
                    "/api/auth/exchange", ["code": .string(code), "codeVerifier": verifier])
                #expect(refused.code == "INVALID_CODE")
            }
            let taken = await visit.client.post(
                "/api/v1/auth/exchange",
                [
                    "code": .string(code),
                    "codeVerifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
                ])
            #expect(taken.json["tokens"]?["accessToken"] != nil)
        }
    }

    @Test(arguments: [
        "https://evil.example/", "//evil.example", "/\\evil.example", "/%2fevil.example",
        "https:/evil.example", "http://localhost:3001.evil.example/", "javascript:alert(1)",
        "http://localhost:3001@evil.example/", "http://localhost:3001\\@evil.example/",
        "data:text/html,x", "http://localhost:3001/#token", " http://localhost:3001/",
        "http://localhost:3001/\r\nSet-Cookie: a=b", "", "HTTP://evil.example", "\t//evil.example",
        "http:///evil.example", "/path#fragment", "ftp://localhost:3001/", "localhost:3001",
    ])
    func `C5: no redirect leads to a place that is not on the list`(_ target: String) async throws {
        try await withProvider(on: .sqlite) { visit in
            let answer = await visit.browser.get(
                ProviderVisit.start + "?redirect_to=" + PercentEncoding.encode(target))
            #expect(answer.status == 400)
            #expect(answer.code == "REDIRECT_NOT_ALLOWED")
            #expect(answer.setCookies.isEmpty)
        }
    }

    @Test(arguments: Engine.tested)
    func `a page is told what went wrong, and nothing more`(on engine: Engine) async throws {
        try await withProvider(on: engine) { visit in
            visit.provider.lie(.expired)
            let answer = try await visit.signIn("?redirect_to=/x")
            #expect(answer.status == 302)
            #expect(answer[.location] == "/x?error=PROVIDER_FAULTY")
        }
    }

    @Test func `C5: tokens are in the address only where a setting wants it`() async throws {
        try await withProvider(
            on: .sqlite, .set(\.auth.oauth.fragmentTokens, true)
        ) { visit in
            let answer = try await visit.signIn("?redirect_to=/x")
            let target = try #require(answer[.location])
            #expect(target.hasPrefix("/x#accessToken="))
            let fields = try FormURLEncoded.decode(query: target.dropFirst("/x#".count))
            let names = fields.map(\.name)
            #expect(names == ["accessToken", "refreshToken", "expiresAt", "expiresIn"])
            let me = await visit.client.get("/api/auth/me", bearer: fields[0].text)
            #expect(me.status == 200)
        }
    }

    // MARK: Who it is

    @Test(arguments: Engine.tested)
    func `Icons 4, weak point 3: no account is taken over by its address`(
        on engine: Engine
    ) async throws {
        try await withProvider(on: engine) { visit in
            let victim = try await visit.client.user()
            // We have not verified the address: whoever registered it need not be who comes.
            let answer = try await visit.signIn()
            #expect(answer.status == 409)
            #expect(answer.code == "ACCOUNT_NOT_LINKED")
            try await visit.verify(victim)
            // Now the provider has not.
            visit.provider.lie(.unverifiedAddress)
            #expect(try await visit.signIn().code == "ACCOUNT_NOT_LINKED")
            visit.provider.lie()
            let linked = try await visit.signIn()
            #expect(linked.json["user"]?["id"]?.asString == victim.id)
            #expect(
                try await visit.events() == [
                    "account_linked", "sign_in_failed", "sign_in_failed", "signed_in", "signed_up",
                ])
        }
    }

    @Test(arguments: Engine.tested)
    func `an address that the provider verifies later is verified for its user`(
        on engine: Engine
    ) async throws {
        try await withProvider(on: engine) { visit in
            visit.provider.lie(.unverifiedAddress)
            let first = try await visit.signIn()
            #expect(first.json["user"]?["emailVerified"] == false)
            visit.provider.lie()
            let second = try await visit.signIn()
            #expect(second.json["user"]?["emailVerified"] == true)
            // Another address of his does not verify the one he has here.
            visit.provider.become { $0.email = "grace@example.com" }
            let third = try await visit.signIn()
            #expect(third.json["user"]?["email"] == "ada@example.com")
        }
    }

    @Test(arguments: Engine.tested)
    func `sign-up that is closed, not asked for, or for a banned user`(
        on engine: Engine
    ) async throws {
        try await withProvider(on: engine, \.signUp, .requested) { visit in
            #expect(try await visit.signIn().code == "SIGN_UP_NOT_REQUESTED")
            let asked = try await visit.signIn("?request_sign_up=true")
            #expect(asked.status == 200)
            let users = UserAccounts(
                visit.client.server.program.identity, visit.client.clock.clock)
            let id = try #require(asked.json["user"]?["id"]?.asString.flatMap { ID<User>($0) })
            _ = try await users.ban(id, because: nil, until: nil)
            let banned = try await visit.signIn()
            #expect(banned.status == 403)
            #expect(banned.code == "USER_BANNED")
            let page = try await visit.signIn("?redirect_to=/x")
            #expect(page[.location] == "/x?error=USER_BANNED")
        }
        try await withProvider(on: engine, .set(\.auth.signUp.isOpen, false)) { visit in
            let answer = try await visit.signIn()
            #expect(answer.code == "SIGN_UP_CLOSED")
        }
    }

    @Test(arguments: Engine.tested)
    func `of two who come with one new account at once, both are the same user`(
        on engine: Engine
    ) async throws {
        try await withProvider(on: engine) { visit in
            var callbacks: [String] = []
            for _ in 0..<8 { callbacks.append(try visit.callback(from: try await visit.begin())) }
            let all = callbacks
            let answers = await race(8, visit.client) { await visit.browser.get(all[$0]) }
            #expect(answers.allSatisfy { $0.status == 200 })
            #expect(Set(answers.map { $0.json["user"]?["id"] }).count == 1)
        }
    }

    @Test(arguments: Engine.tested)
    func `what a provider calls somebody fits, and is nothing that a page runs`(
        on engine: Engine
    ) async throws {
        try await withProvider(on: engine) { visit in
            visit.provider.become {
                $0.name = "A\u{0}d\u{7}a " + String(repeating: "🏳️‍🌈", count: 200)
            }
            let answer = try await visit.signIn()
            #expect(answer.status == 200)
            let name = try #require(answer.json["user"]?["name"]?.asString)
            #expect(name.hasPrefix("Ada ") && name.unicodeScalars.count == 100)
        }
    }

    @Test(arguments: Engine.tested)
    func `S0-8: a provider without id_tokens is asked who came`(on engine: Engine) async throws {
        let mock = try MockProvider.start()
        var settings = ProviderSettings(
            id: ProviderID(stored: "plain"), clientID: try ClientID("a b"))
        settings.clientSecret = try ClientSecret("c:d")
        settings.authentication = .basic
        settings.authorizationURL = try ProviderURL(mock.address + "/authorize")
        settings.tokenURL = try ProviderURL(mock.address + "/token")
        settings.userInfoURL = try ProviderURL(mock.address + "/userinfo")
        let own = settings
        try await withServer(on: engine, .set(\.auth.oauth.providers, [own])) { client in
            let browser = client.browser()
            let url = try #require(
                await browser.get("/api/auth/oauth/plain").json["url"]?.asString)
            let fields = try FormURLEncoded.decode(query: url.drop { $0 != "?" }.dropFirst())
            let state = try #require(fields.first { $0.name == "state" }?.text)
            let redirect = fields.first { $0.name == "redirect_uri" }?.text
            // S1-16.
            #expect(redirect == "http://localhost:4000/api/auth/oauth/plain/callback")
            let code = MockProvider.code(for: [
                "sub": "7", "email": "grace@example.com", "name": "Grace",
            ])
            let answer = await browser.get(
                "/api/auth/oauth/plain/callback?code=\(code)&state=\(state)")
            #expect(answer.json["user"]?["email"] == "grace@example.com")
        }
        await mock.stop()
    }
}

extension ProviderVisit {
    /// As a link in a mail does it.
    func verify(_ user: TestUser) async throws {
        let id = try #require(ID<User>(user.id))
        _ = try await client.server.database.first(
            User.verifyEmail, id, EmailAddress(user.email), client.clock.now)
    }
}
