import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

@testable import Identity
@testable import Server

/// The role that an operator gives a user: an app sees it where the settings declare it, and no client
/// can give itself one.
struct RoleTests {
    private static func withRole(
        on engine: Engine, _ body: @escaping @Sendable (TestClient) async throws -> Void
    ) async throws {
        let role = FieldDeclaration(try FieldKey("role"), .text, default: "user", input: false)
        try await withServer(on: engine, .set(\.auth.user.fields, [role]), body: body)
    }

    private static func shown(_ browser: TestClient) async -> JSON? {
        await browser.get("/api/auth/get-session").json["user"]?["role"]
    }

    @Test(arguments: Engine.tested)
    func `what the shell gives shows at once`(on engine: Engine) async throws {
        try await Self.withRole(on: engine) { client in
            let browser = try await client.signedUp()
            #expect(await Self.shown(browser) == "user")
            let identity = client.server.program.identity
            let user = try #require(
                await browser.session["userId"]?.asString.flatMap(ID<User>.init))
            let accounts = UserAccounts(identity, client.clock.clock)
            try await accounts.setRole("admin", of: user)
            #expect(await Self.shown(browser) == "admin")
            let tokens = await client.another().post(
                "/api/v1/auth/login",
                ["email": "ada@example.com", "password": .string(TestClient.password)])
            let me = await client.get("/api/v1/auth/me", bearer: tokens.accessToken)
            #expect(me.json["user"]?["fields"]?["role"] == "admin")
            try await accounts.setRole(nil, of: user)
            #expect(await Self.shown(browser) == "user")
        }
    }

    @Test(arguments: Engine.tested)
    func `no client gives itself a role`(on engine: Engine) async throws {
        try await Self.withRole(on: engine) { client in
            let browser = client.browser()
            _ = await browser.post(
                "/api/auth/sign-up/email",
                [
                    "name": "Ada", "email": "ada@example.com", "role": "admin",
                    "password": .string(TestClient.password),
                ])
            if await Self.shown(browser) == nil {
                _ = await browser.post(
                    "/api/auth/sign-up/email",
                    [
                        "name": "Ada", "email": "ada@example.com",
                        "password": .string(TestClient.password),
                    ])
            }
            _ = await browser.post("/api/auth/update-user", ["role": "admin", "name": "Ada"])
            #expect(await Self.shown(browser) == "user")
            let tokens = await client.another().post(
                "/api/v1/auth/register",
                [
                    "name": "Eve", "email": "eve@example.com", "fields": ["role": "admin"],
                    "password": .string(TestClient.password),
                ])
            #expect(tokens.json["user"]?["fields"]?["role"] != "admin")
        }
    }
}
