import AtriumTesting
import Coding
import HTTP
import Identity
import ProviderTesting
import SQL
import Server
import Testing
import Values

/// S2-18: better-auth's routes about providers, as its client uses them.
@Suite struct SocialCompatTests {
    // MARK: There and back

    @Test(arguments: Engine.allCases)
    func `somebody signs in with a provider and is a user from then on`(on engine: Engine)
        async throws
    {
        try await withMock(on: engine) { client in
            let browser = client.browser()
            let first = try await browser.signIn(
                as: person(), "mock", ["callbackURL": "/dash", "newUserCallbackURL": "/new"])
            #expect(first == "/new")
            let session = await browser.get("/api/auth/get-session").json
            #expect(session["user"]?["email"] == "ada@example.com")
            #expect(session["user"]?["emailVerified"] == true)
            #expect(session["user"]?["name"] == "Ada Lovelace")
            #expect(session["user"]?["image"] == "https://example.com/ada.png")
            let account = try #require(await browser.accounts.first)
            #expect(account["issuer"] == "local:oauth:mock" && account["accountId"] == "ada-1")
            #expect(account["scopes"] == ["openid", "email", "profile"])

            let again = client.browser()
            #expect(
                try await again.signIn(
                    as: person(), "mock", ["callbackURL": "/dash", "newUserCallbackURL": "/new"])
                    == "/dash")
            #expect(
                await again.get("/api/auth/get-session").json["user"]?["id"]
                    == session["user"]?["id"])
        }
    }

    @Test(arguments: Engine.allCases)
    func `the page's address is in the body and, unless the client goes there itself, in Location`(
        on engine: Engine
    ) async throws {
        try await withMock(on: engine) { client in
            let answer = await client.browser().post(
                "/api/auth/sign-in/social", ["provider": "mock"])
            #expect(answer.json["redirect"] == true)
            #expect(answer[.location] == answer.json["url"]?.asString)
            let own = await client.browser().post(
                "/api/auth/sign-in/social", ["provider": "mock", "disableRedirect": true])
            #expect(own.json["redirect"] == false && own[.location] == nil)
            let cookie = try #require(own.cookie("better-auth.state"))
            #expect(
                cookie.attributes == ["max-age=300", "path=/", "httponly", "samesite=lax"])
            #expect(
                cookie.value.hasPrefix(try query(of: own.json["url"]?.asString, "state") + "."))
        }
    }

    @Test(arguments: Engine.allCases)
    func `a form of a provider is turned into a GET, which has the cookie`(on engine: Engine)
        async throws
    {
        try await withMock(on: engine) { client in
            let browser = client.browser()
            let state = try await browser.begin()
            let form = FormURLEncoded.encode([
                ("code", MockProvider.code(for: person())), ("state", state), ("more", "x"),
            ])
            let posted = await client.another().send(
                .post, "/api/auth/callback/mock",
                [.contentType: "application/x-www-form-urlencoded"], body: Array(form.utf8))
            #expect(posted.status == 302)
            let target = try #require(posted[.location])
            let base = "http://localhost:4000"
            #expect(target.hasPrefix(base + "/api/auth/callback/mock?code="))
            #expect(!target.contains("more=") && posted.setCookies.isEmpty)
            let answer = await browser.get(String(target.dropFirst(base.count)))
            #expect(answer[.location] == base)
            #expect(await browser.session != .null)
        }
    }

    // MARK: Who may come back

    @Test(arguments: Engine.allCases)
    func `a state is good once`(on engine: Engine) async throws {
        try await withMock(on: engine) { client in
            let browser = client.browser()
            let state = try await browser.begin()
            let cookie = try #require(browser.cookies["better-auth.state"])
            #expect(await browser.comeBack(state)[.location] == "http://localhost:4000")
            browser.cookies.set("better-auth.state", cookie)
            let again = await browser.comeBack(state)
            #expect(
                again[.location] == "http://localhost:4000/api/auth/error?error=state_mismatch")
            #expect(again.setCookies.isEmpty)
        }
    }

    // Must show 2
    @Test(arguments: Engine.allCases)
    func `of 50 who come back with one state at once, one is signed in`(on engine: Engine)
        async throws
    {
        try await withMock(on: engine) { client in
            let browser = client.browser()
            let state = try await browser.begin()
            let answers = await race(50, client) { _ in await browser.comeBack(state) }
            let signedIn = answers.filter { $0.cookie("better-auth.session_token") != nil }
            #expect(signedIn.count == 1)
            let lost = answers.filter {
                $0[.location] == "http://localhost:4000/api/auth/error?error=state_mismatch"
            }
            #expect(lost.count == 49)
        }
    }

    @Test(arguments: Engine.allCases)
    func `another browser cannot come back, and does not use the state up`(on engine: Engine)
        async throws
    {
        try await withMock(on: engine) { client in
            let browser = client.browser()
            let state = try await browser.begin("mock", ["errorCallbackURL": "/err?k=1"])
            for other in [client.browser(), client.browser()] {
                let answer = await other.comeBack(state)
                #expect(answer[.location] == "/err?k=1&error=state_mismatch")
                #expect(answer.setCookies.isEmpty)
                // A cookie of one's own is of no use, nor is one that we did not sign.
                _ = try await other.begin()
                #expect(await other.comeBack(state)[.location] == "/err?k=1&error=state_mismatch")
                other.cookies.set("better-auth.state", state + ".forged")
                #expect(await other.comeBack(state)[.location] == "/err?k=1&error=state_mismatch")
                #expect(await other.session == .null)
            }
            #expect(await browser.comeBack(state)[.location] == "http://localhost:4000")
        }
    }

    @Test(arguments: Engine.allCases)
    func `a state ends, and its cookie before it`(on engine: Engine) async throws {
        try await withMock(on: engine) { client in
            let browser = client.browser()
            let first = try await browser.begin("mock", ["errorCallbackURL": "/err"])
            client.clock.advance(by: .seconds(301))
            #expect(await browser.comeBack(first)[.location] == "/err?error=state_mismatch")
            let second = try await browser.begin("mock", ["errorCallbackURL": "/err"])
            let cookie = try #require(browser.cookies["better-auth.state"])
            client.clock.advance(by: .seconds(601))
            browser.cookies.set("better-auth.state", cookie)
            #expect(
                await browser.comeBack(second)[.location]
                    == "http://localhost:4000/api/auth/error?error=state_mismatch")
        }
    }

    @Test(arguments: Engine.allCases)
    func `a state of one provider is none of another`(on engine: Engine) async throws {
        try await withMock(on: engine) { client in
            let browser = client.browser()
            let state = try await browser.begin("mock-nosignup", ["requestSignUp": true])
            for other in ["mock", "nope", "NOPE%2F..", "%00"] {
                #expect(
                    await browser.comeBack(state, to: other)[.location]
                        == "http://localhost:4000/api/auth/error?error=state_mismatch")
            }
            #expect(
                await browser.comeBack(state, to: "mock-nosignup")[.location]
                    == "http://localhost:4000")
        }
    }

    @Test(arguments: Engine.allCases)
    func `what goes wrong is told where the page wanted to know it`(on engine: Engine)
        async throws
    {
        try await withMock(on: engine) { client async throws in
            let browser = client.browser()
            func comeBack(_ query: String) async throws -> String? {
                let state = try await browser.begin("mock", ["errorCallbackURL": "/err"])
                return await browser.get("/api/auth/callback/mock?state=\(state)\(query)")[
                    .location]
            }
            #expect(
                try await comeBack("&error=access_denied&error_description=User%20said%20no")
                    == "/err?error=access_denied&error_description=User+said+no")
            #expect(try await comeBack("") == "/err?error=no_code")
            #expect(try await comeBack("&code=bad") == "/err?error=invalid_code")
            let nameless = MockProvider.code(for: ["email": "ada@example.com"])
            #expect(
                try await comeBack("&code=" + nameless) == "/err?error=unable_to_get_user_info")
            let silent = MockProvider.code(for: ["sub": "1"])
            #expect(try await comeBack("&code=" + silent) == "/err?error=email_not_found")
            #expect(
                try await comeBack("&error=a%0D%0ASet-Cookie:%20x=1%26")
                    == "/err?error=a%0D%0ASet-Cookie%3A+x%3D1%26")
            #expect(
                await browser.get("/api/auth/callback/mock?code=x")[.location]
                    == "http://localhost:4000/api/auth/error?error=state_not_found")
            #expect(await browser.session == .null)
        }
    }

    // MARK: Whom it makes a user of

    @Test(arguments: Engine.allCases)
    func `a provider makes users only of those who ask, where its settings say so`(
        on engine: Engine
    ) async throws {
        try await withMock(on: engine) { client async throws in
            let browser = client.browser()
            #expect(
                try await browser.signIn(
                    as: person(), "mock-nosignup", ["errorCallbackURL": "/err"])
                    == "/err?error=signup_disabled")
            #expect(
                try await browser.signIn(as: person(), "mock-nosignup", ["requestSignUp": true])
                    == "http://localhost:4000")
        }
    }

    @Test(arguments: Engine.allCases)
    func `nobody becomes a user where signing up is closed`(on engine: Engine) async throws {
        try await withMock(on: engine, .set(\.auth.signUp.isOpen, false)) { client async throws in
            #expect(
                try await client.browser().signIn(
                    as: person(), "mock", ["errorCallbackURL": "/err"])
                    == "/err?error=signup_disabled")
        }
    }

    // The overriding decision on linking: requirements, open points 3.
    @Test(arguments: Engine.allCases)
    func `an address that its user has not verified links nothing, whoever is trusted`(
        on engine: Engine
    ) async throws {
        try await withMock(on: engine) { client in
            let owner = try await client.signedUp()
            #expect(
                try await client.browser().signIn(
                    as: person(), "mock", ["errorCallbackURL": "/err"])
                    == "/err?error=account_not_linked")
            #expect(await owner.accounts.count == 1)
        }
    }

    // MARK: What is refused before

    @Test(arguments: Engine.allCases)
    func `redirects lead nowhere but to trusted places`(on engine: Engine) async throws {
        try await withMock(on: engine) { client in
            let browser = client.browser()
            for (member, code) in [
                ("callbackURL", "INVALID_CALLBACK_URL"),
                ("errorCallbackURL", "INVALID_ERROR_CALLBACK_URL"),
                ("newUserCallbackURL", "INVALID_NEW_USER_CALLBACK_URL"),
            ] {
                for target in [
                    "http://evil.example", "//evil.example", "/\\evil.example", "/%2fevil.example",
                    "javascript:alert(1)", "http://localhost:4000@evil.example", "/a\r\nb",
                ] {
                    let answer = await browser.post(
                        "/api/auth/sign-in/social",
                        ["provider": "mock", member: .string(target)])
                    #expect(answer.status == 403 && answer.code == code, "\(target)")
                    #expect(answer.setCookies.isEmpty)
                }
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func `a page of another site cannot start a sign-in in somebody's browser`(on engine: Engine)
        async throws
    {
        try await withMock(on: engine) { client in
            let browser = try await client.signedUp()
            for path in ["sign-in/social", "link-social"] {
                let answer = await browser.post(
                    "/api/auth/" + path, ["provider": "mock"], [.origin: "http://evil.example"])
                #expect(answer.status == 403 && answer.code == "INVALID_ORIGIN")
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func `requests are refused in better-auth's words`(on engine: Engine) async throws {
        try await withMock(on: engine) { client in
            let browser = client.browser()
            func refused(_ body: JSON) async -> String {
                let answer = await browser.post("/api/auth/sign-in/social", body)
                return "\(answer.status) \(answer.code ?? "") \(answer.message ?? "")"
            }
            #expect(
                await refused([:]) == "400 VALIDATION_ERROR [body.provider] Invalid input")
            #expect(
                await refused(["provider": 5])
                    == "400 VALIDATION_ERROR [body.provider] Invalid input")
            #expect(
                await refused(["provider": "nope"])
                    == "404 PROVIDER_NOT_FOUND Provider not found")
            #expect(
                await refused(["provider": "mock", "idToken": ["token": "x.y.z"]])
                    == "404 ID_TOKEN_NOT_SUPPORTED id_token not supported")
            let reserved = await refused(
                ["provider": "mock", "additionalParams": ["state": "mine"]])
            #expect(reserved.contains("additionalParams cannot include reserved OAuth parameters"))
            #expect(await refused(["provider": "mock", "scopes": ["a\"b"]]).hasPrefix("400"))
        }
    }

    @Test(arguments: Engine.allCases)
    func `scopes, a hint and parameters go to the provider's page`(on engine: Engine)
        async throws
    {
        try await withMock(on: engine) { client async throws in
            let answer = await client.browser().post(
                "/api/auth/sign-in/social",
                [
                    "provider": "mock", "scopes": ["one", "two three"],
                    "loginHint": "ada@example.com", "additionalParams": ["b": "1", "a": "2"],
                    "additionalData": ["any": [1]],
                ])
            let url = answer.json["url"]?.asString
            #expect(try query(of: url, "scope") == "one two three openid email")
            #expect(try query(of: url, "login_hint") == "ada@example.com")
            #expect(url?.hasSuffix("&b=1&a=2") == true)
        }
    }
}
