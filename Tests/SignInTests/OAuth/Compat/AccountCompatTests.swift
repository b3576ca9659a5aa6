import AtriumTesting
import Coding
import HTTP
import Identity
import ProviderTesting
import SQL
import Server
import Testing
import Values

/// A user's accounts, as better-auth's client shows and uses them.
@Suite struct AccountCompatTests {
    // MARK: Linking

    @Test(arguments: Engine.allCases)
    func `a user links an account of his address, and signs in with it`(on engine: Engine)
        async throws
    {
        try await withMock(on: engine) { client in
            let owner = try await client.signedUp()
            #expect(
                try await owner.link(person(), "mock", ["callbackURL": "/linked"]) == "/linked")
            #expect(
                await owner.accounts.map { $0["providerId"]?.asString }
                    == ["credential", "mock"])
            // Again changes nothing.
            #expect(
                try await owner.link(person(), "mock", ["callbackURL": "/linked"]) == "/linked")
            #expect(await owner.accounts.count == 2)
            let other = client.browser()
            #expect(try await other.signIn() == "http://localhost:4000")
            #expect(
                await other.session["userId"] == owner.session["userId"])
        }
    }

    @Test(arguments: Engine.allCases)
    func `an account of another address, or of another user, is not linked`(on engine: Engine)
        async throws
    {
        try await withMock(on: engine) { client in
            let owner = try await client.signedUp()
            let error: JSONObject = ["errorCallbackURL": "/err"]
            #expect(
                try await owner.link(person("other", "eve@example.com"), "mock", error)
                    == "/err?error=email_does_not_match")
            let eve = client.browser()
            _ = try await eve.signIn(as: person("eve", "eve@example.com"))
            #expect(
                try await owner.link(person("eve", "eve@example.com"), "mock", error)
                    == "/err?error=email_does_not_match")
            // Her address has changed there since.
            #expect(
                try await owner.link(person("eve", "ada@example.com"), "mock", error)
                    == "/err?error=account_already_linked_to_different_user")
            #expect(await owner.accounts.count == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func `what a provider has not verified is linked only if it is trusted`(on engine: Engine)
        async throws
    {
        try await withMock(on: engine) { client in
            let owner = try await client.signedUp()
            let unverified = person(isVerified: false)
            #expect(
                try await owner.link(unverified, "mock-nosignup", ["errorCallbackURL": "/err"])
                    == "/err?error=unable_to_link_account")
            #expect(try await owner.link(unverified, "mock") == "http://localhost:4000")
        }
    }

    @Test(arguments: Engine.allCases)
    func `nothing is linked where linking is off, and any address where that is allowed`(
        on engine: Engine
    ) async throws {
        try await withMock(on: engine, .set(\.auth.linking.isOn, false)) { client in
            let owner = try await client.signedUp()
            #expect(
                try await owner.link(person(), "mock", ["errorCallbackURL": "/err"])
                    == "/err?error=unable_to_link_account")
        }
        try await withMock(on: engine, .set(\.auth.linking.allowsDifferentEmails, true)) { client in
            let owner = try await client.signedUp()
            #expect(
                try await owner.link(person("x", "other@example.com"))
                    == "http://localhost:4000")
        }
    }

    @Test(arguments: Engine.allCases)
    func `who links needs a session`(on engine: Engine) async throws {
        try await withMock(on: engine) { client in
            let answer = await client.browser().post(
                "/api/auth/link-social", ["provider": "mock"])
            #expect(answer.status == 401 && answer.code == "UNAUTHORIZED")
        }
    }

    // MARK: Unlinking

    @Test(arguments: Engine.allCases)
    func `the last way in stays`(on engine: Engine) async throws {
        try await withMock(on: engine) { client in
            let browser = client.browser()
            _ = try await browser.signIn()
            for id in [try await browser.account(), "nope"] {
                let answer = await browser.post(
                    "/api/auth/unlink-account", ["accountId": .string(id)])
                #expect(answer.status == 400 && answer.code == "FAILED_TO_UNLINK_LAST_ACCOUNT")
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func `one of two accounts is taken away, be it the password`(on engine: Engine) async throws {
        try await withMock(on: engine) { client in
            let owner = try await client.signedUp()
            _ = try await owner.link(person())
            let unknown = await owner.post("/api/auth/unlink-account", ["accountId": "nope"])
            #expect(unknown.status == 400 && unknown.code == "ACCOUNT_NOT_FOUND")
            let password = try await owner.account("credential")
            let answer = await owner.post(
                "/api/auth/unlink-account", ["accountId": .string(password)])
            #expect(answer.status == 200 && answer.json == ["status": true])
            #expect(await owner.accounts.map { $0["providerId"] } == ["mock"])
            let signIn = await client.browser().post(
                "/api/auth/sign-in/email",
                ["email": "ada@example.com", "password": .string(TestClient.password)])
            #expect(signIn.status == 401)
            #expect(try await client.browser().signIn() == "http://localhost:4000")
        }
    }

    @Test(arguments: Engine.allCases)
    func `of two accounts that are unlinked at once, one stays`(on engine: Engine) async throws {
        try await withMock(on: engine) { client in
            let owner = try await client.signedUp()
            _ = try await owner.link(person())
            let ids = await owner.accounts.compactMap { $0["id"]?.asString }
            let statuses = await race(20, client) { index in
                await owner.post("/api/auth/unlink-account", ["accountId": .string(ids[index % 2])])
                    .status
            }
            #expect(statuses.filter { $0 == 200 }.count == 1)
            #expect(await owner.accounts.count == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func `unlinking asks for a session of today`(on engine: Engine) async throws {
        try await withMock(on: engine) { client in
            let owner = try await client.signedUp()
            _ = try await owner.link(person())
            let id = try await owner.account()
            client.clock.advance(by: .days(2))
            let answer = await owner.post("/api/auth/unlink-account", ["accountId": .string(id)])
            #expect(answer.status == 403 && answer.code == "SESSION_NOT_FRESH")
        }
    }

    // MARK: Tokens

    @Test(arguments: Engine.allCases)
    func `the provider's tokens are given out, and refreshed when they have ended`(
        on engine: Engine
    ) async throws {
        try await withMock(on: engine) { client in
            let browser = client.browser()
            _ = try await browser.signIn()
            let selection: JSON = ["accountId": .string(try await browser.account())]
            let code = MockProvider.code(for: person())
            let first = await browser.post("/api/auth/get-access-token", selection)
            #expect(first.json["accessToken"] == .string("at-" + code))
            #expect(first.json["scopes"] == ["openid", "email", "profile"])
            #expect(names(first.json) == ["accessToken", "accessTokenExpiresAt", "scopes"])
            client.clock.advance(by: .hours(2))
            let second = await browser.post("/api/auth/get-access-token", selection)
            #expect(second.json["accessToken"] == .string("at2-" + code))
            let refreshed = await browser.post("/api/auth/refresh-token", selection)
            #expect(refreshed.json["refreshToken"] == .string("rt-" + code))
            #expect(refreshed.json["scope"] == "openid,email,profile")
            #expect(refreshed.json["idToken"] == .null)
            #expect(refreshed.json["refreshTokenExpiresAt"] == .null)
        }
    }

    @Test(arguments: Engine.allCases)
    func `account-info is what the provider says today`(on engine: Engine) async throws {
        try await withMock(on: engine) { client in
            let browser = client.browser()
            _ = try await browser.signIn()
            let id = try await browser.account()
            let info = await browser.get("/api/auth/account-info?accountId=" + id)
            #expect(info.json["user"]?["email"] == "ada@example.com")
            #expect(info.json["data"]?["sub"] == "ada-1")
            #expect(
                info.json["account"] == [
                    "id": .string(id), "providerId": "mock", "issuer": "local:oauth:mock",
                    "accountId": "ada-1",
                ])
        }
    }

    @Test(arguments: Engine.allCases)
    func `nobody gets at the account of another`(on engine: Engine) async throws {
        try await withMock(on: engine) { client in
            let owner = client.browser()
            _ = try await owner.signIn()
            let id = try await owner.account()
            let eve = client.browser()
            _ = try await eve.signIn(as: person("eve", "eve@example.com"))
            _ = try await eve.signIn(as: person("eve-2", "eve@example.com"))
            for path in ["get-access-token", "refresh-token"] {
                let answer = await eve.post("/api/auth/" + path, ["accountId": .string(id)])
                #expect(answer.status == 400 && answer.code == "ACCOUNT_NOT_FOUND")
            }
            let info = await eve.get("/api/auth/account-info?accountId=" + id)
            #expect(info.status == 400 && info.code == "ACCOUNT_NOT_FOUND")
            let gone = await eve.post("/api/auth/unlink-account", ["accountId": .string(id)])
            #expect(gone.status == 400)
            #expect(await owner.accounts.count == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func `without a session the answer is 401 and nothing`(on engine: Engine) async throws {
        try await withMock(on: engine) { client in
            for answer in [
                await client.browser().post("/api/auth/get-access-token", ["accountId": "x"]),
                await client.browser().post("/api/auth/refresh-token", ["accountId": "x"]),
                await client.browser().get("/api/auth/account-info?accountId=x"),
            ] {
                #expect(answer.status == 401 && answer.bytes.isEmpty)
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func `an account is selected by its id and nothing else`(on engine: Engine) async throws {
        try await withMock(on: engine) { client in
            let owner = try await client.signedUp()
            for body: JSON in [
                [:], ["providerId": "mock"], ["accountId": 5], ["accountId": "x", "more": 1],
                ["accountId": "x", "userId": 5], ["accountId": "x", "useAccountCookie": true],
                ["useAccountCookie": false],
            ] {
                let answer = await owner.post("/api/auth/get-access-token", body)
                #expect(answer.status == 400 && answer.message == "[body] Invalid input", "\(body)")
            }
            let cookie = await owner.post(
                "/api/auth/get-access-token", ["useAccountCookie": true])
            #expect(cookie.status == 400 && cookie.code == "ACCOUNT_NOT_FOUND")
            let query = await owner.get("/api/auth/account-info")
            #expect(query.status == 400 && query.message == "[query] Invalid input")
            let password: JSON = ["accountId": .string(try await owner.account("credential"))]
            let none = await owner.post("/api/auth/refresh-token", password)
            #expect(none.status == 400 && none.message == "Provider credential is not supported.")
        }
    }
}
