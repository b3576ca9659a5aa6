import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

@testable import Identity
@testable import Server

// S2-11, C23: a user deletes himself, and nothing of what he holds works any more.
struct DeleteUserTests {
    private static func delete(_ client: TestClient, _ json: JSON) async -> TestAnswer {
        await client.post("/api/auth/delete-user", json)
    }

    private static let rows = Statement(
        .scan, "SELECT count(*) FROM users", returns: Single<Int>.self)
    private static let deleted = Statement(
        .scan, "SELECT email FROM users WHERE deleted_at IS NOT NULL",
        returns: Single<String>.self)
    private static let account = Statement(
        .write,
        """
        INSERT INTO oauth_accounts (id, user_id, provider, issuer, provider_account_id,
            access_token, scope, created_at, updated_at)
        VALUES ($1, $1, 'mock', 'mock-issuer', 'sub-1', 'sealed', 'openid,email', $2, $2)
        """, binds: ID<User>.self, Instant.self)

    @Test(arguments: Engine.tested)
    func `with the password, everything ends and the address is free`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            let id = try #require(await browser.session["userId"]?.asString.flatMap(ID<User>.init))
            try await client.server.database.execute(Self.account, id, client.clock.now)
            let other = try await client.signedIn()
            let tokens = await client.another().post(
                "/api/v1/auth/login",
                ["email": "ada@example.com", "password": "Correct-horse-1"])
            #expect(await client.get("/api/auth/me", bearer: tokens.accessToken).status == 200)
            client.clock.advance(by: .minutes(5))
            let answer = await Self.delete(browser, ["password": "Correct-horse-1"])
            #expect(answer.status == 200)
            #expect(answer.json == ["success": true, "message": "User deleted"])
            #expect(answer.setCookies.count == 3)
            #expect(await browser.session == .null)
            #expect(await other.session == .null)
            #expect(await client.get("/api/auth/me", bearer: tokens.accessToken).status == 401)
            let refreshed = await client.another().post(
                "/api/v1/auth/refresh",
                ["refreshToken": .string(tokens.refreshToken ?? "")])
            #expect(refreshed.status == 401)
            let signIn = await client.another().post(
                "/api/auth/sign-in/email",
                ["email": "ada@example.com", "password": "Correct-horse-1"])
            #expect(signIn.code == "INVALID_EMAIL_OR_PASSWORD")
            let again = try await client.signedUp()
            // The tie to a provider is free as well.
            let newID = try #require(await again.session["userId"]?.asString.flatMap(ID<User>.init))
            #expect(newID != id)
            try await client.server.database.execute(Self.account, newID, client.clock.now)
            let kept = try await client.server.database.all(Self.deleted).map(\.value)
            #expect(kept == ["deleted:\(id)"])
        }
    }

    @Test(arguments: Engine.tested)
    func `without one, for a day after signing in`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            client.clock.advance(by: .days(1))
            let late = await Self.delete(browser, [:])
            #expect(late.status == 400)
            #expect(late.code == "SESSION_EXPIRED")
            #expect(await Self.delete(browser, ["password": ""]).code == "SESSION_EXPIRED")
            let fresh = try await client.signedIn()
            #expect(await Self.delete(fresh, [:]).status == 200)
            #expect(await browser.session == .null)
        }
    }

    @Test(arguments: Engine.tested)
    func `nobody is deleted by another, by a guess or from a foreign page`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            _ = try await client.signedUp("eve@example.com", remembered: true)
            let wrong = await Self.delete(browser, ["password": "wrong-wrong"])
            #expect(wrong.json == ["message": "Invalid password", "code": "INVALID_PASSWORD"])
            let token = await Self.delete(browser, ["token": "nope"])
            #expect(token.status == 404)
            #expect(token.code == "INVALID_TOKEN")
            let evil = await Self.delete(
                browser, ["password": "Correct-horse-1", "callbackURL": "http://evil.example"])
            #expect(evil.code == "INVALID_CALLBACK_URL")
            let foreign = await browser.post(
                "/api/auth/delete-user", ["password": "Correct-horse-1"],
                [.origin: "http://evil.example"])
            #expect(foreign.status == 403)
            #expect(
                await Self.delete(client.another(), ["password": "Correct-horse-1"]).status == 401)
            for wrong: JSON in [["password": 5], ["password": ["x"]], [], ["token": [:]]] {
                #expect(await Self.delete(browser, wrong).status == 400, "\(wrong)")
            }
            #expect(await browser.session != .null)
        }
    }

    @Test(arguments: Engine.tested)
    func `of many requests at once one deletes`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            let token = await browser.sessionToken
            let answers = await race(16, client) { _ in
                await client.another().post("/api/auth/delete-user", [:], bearer: token)
            }
            #expect(answers.filter { $0.status == 200 }.count == 1)
            #expect(answers.filter { $0.status == 401 }.count == 15)
        }
    }

    @Test(arguments: Engine.tested)
    func `the row is kept for thirty days`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            _ = try await client.signedUp("eve@example.com")
            #expect(await Self.delete(try await client.signedUp(), [:]).status == 200)
            @Sendable func count() async throws -> Int? {
                try await client.server.database.first(Self.rows)?.value
            }
            client.clock.advance(by: .days(29))
            try await client.server.program.identity.sweep(at: client.clock.now)
            #expect(try await count() == 2)
            client.clock.advance(by: .days(2))
            try await client.server.program.identity.sweep(at: client.clock.now)
            #expect(try await count() == 1)
        }
    }

    @Test(arguments: Engine.tested)
    func `by setting there is no such route`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.auth.deleteUser.isOn, false)) { client in
            let browser = try await client.signedUp()
            let answer = await Self.delete(browser, ["password": "Correct-horse-1"])
            #expect(answer.status == 404)
            #expect(answer.bytes.isEmpty)
            #expect(await browser.session != .null)
        }
    }

    // C27
    @Test(arguments: Engine.tested)
    func `accounts are listed with the password first, and without what providers gave`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            let id = try #require(await browser.session["userId"]?.asString.flatMap(ID<User>.init))
            #expect(await client.get("/api/auth/list-accounts").status == 401)
            try await client.server.database.execute(Self.account, id, client.clock.now)
            let answer = await browser.get("/api/auth/list-accounts")
            let accounts = try #require(answer.json.asList)
            #expect(accounts.count == 2)
            #expect(
                names(accounts[0]) == [
                    "issuer", "accountId", "providerId", "userId", "createdAt", "updatedAt", "id",
                    "scopes",
                ])
            #expect(accounts[0]["issuer"] == "local:credential")
            #expect(accounts[0]["providerId"] == "credential")
            #expect(accounts[0]["accountId"] == .string(id.description))
            #expect(accounts[0]["scopes"] == [])
            #expect(accounts[1]["providerId"] == "mock")
            #expect(accounts[1]["scopes"] == ["openid", "email"])
            #expect(!answer.text.contains("sealed"))
            let eve = try await client.signedUp("eve@example.com")
            #expect(await eve.get("/api/auth/list-accounts").json.asList?.count == 1)
        }
    }
}
