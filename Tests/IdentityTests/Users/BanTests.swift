import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

@testable import Identity
@testable import Server

/// A user who is kept out, and one who is deleted (C23).
struct BanTests {
    private static let credentials: JSON = [
        "email": "ada@example.com", "password": "Correct-horse-1",
    ]

    private static func accounts(_ client: TestClient) -> UserAccounts {
        UserAccounts(client.server.program.identity, client.clock.clock)
    }

    @Test(
        arguments: Engine.tested,
        [
            ("/api/v1/auth/login", "USER_BANNED"), ("/api/auth/login", "USER_BANNED"),
            ("/api/auth/sign-in/email", "BANNED_USER"),
        ])
    func `a banned user's sessions end and the right password does not help`(
        on engine: Engine, _ surface: (path: String, code: String)
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let browser = client.browser()
            _ = await browser.post("/api/auth/sign-in/email", Self.credentials)
            let id = try #require(ID<User>(user.id))
            #expect(try await Self.accounts(client).ban(id, because: "spam", until: nil) == 2)
            #expect(await client.get("/api/v1/auth/me", bearer: user.accessToken).status == 401)
            #expect(await browser.get("/api/auth/get-session").text == "null")
            let refresh: JSON = ["refreshToken": .string(user.refreshToken)]
            #expect(await client.another().post("/api/v1/auth/refresh", refresh).status == 401)

            let answer = await client.another().post(surface.path, Self.credentials)
            #expect(answer.status == 403)
            #expect(answer.text.contains("\"\(surface.code)\""))
            #expect(!answer.text.contains("spam"))
            let wrong = await client.another().post(
                surface.path, ["email": "ada@example.com", "password": "Wrong-horse-1"])
            #expect(wrong.status == 401)

            try await Self.accounts(client).unban(id)
            #expect(await client.another().post(surface.path, Self.credentials).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `a ban for a time ends by itself`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let id = try #require(ID<User>(user.id))
            _ = try await Self.accounts(client).ban(
                id, because: nil, until: client.clock.now + .hours(1))
            let path = "/api/v1/auth/login"
            #expect(await client.another().post(path, Self.credentials).status == 403)
            client.clock.advance(by: .hours(1))
            #expect(await client.another().post(path, Self.credentials).status == 200)
        }
    }

    /// Whatever comes first, no session is left.
    @Test(arguments: Engine.tested)
    func `of a ban and sign-ins at once none is left signed in`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let id = try #require(ID<User>(user.id))
            let accounts = Self.accounts(client)
            await withTaskGroup(of: Void.self) { group in
                for index in 0..<30 {
                    group.addTask {
                        if index == 15 {
                            _ = try? await accounts.ban(id, because: nil, until: nil)
                        } else {
                            _ = await client.another().post("/api/v1/auth/login", Self.credentials)
                        }
                    }
                }
            }
            #expect(try await accounts.find(user.id)?.isBanned(at: client.clock.now) == true)
            #expect(try await accounts.sessionCount(of: id) == 0)
        }
    }

    // C23
    @Test(arguments: Engine.tested)
    func `C23: a deleted user has nothing left and his address may register again`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let id = try #require(ID<User>(user.id))
            client.clock.advance(by: .seconds(1))
            #expect(try await Self.accounts(client).delete(id) == 1)
            #expect(await client.get("/api/v1/auth/me", bearer: user.accessToken).status == 401)
            #expect(
                await client.another().post("/api/v1/auth/login", Self.credentials).status == 401)
            #expect(try await Self.accounts(client).find(user.email) == nil)
            #expect(try await Self.accounts(client).find(user.id) == nil)
            let again = try await client.user()
            #expect(again.id != user.id)
            let entries = try await client.server.program.identity.audit.list(
                about: id, since: .distantPast, max: 10)
            #expect(entries.map(\.event) == [.userDeleted, .signedUp])
        }
    }
}
