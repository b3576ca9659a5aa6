import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Secrets
import Server
import Testing
import Values

/// A signed-in user changes his password, and shows once more that he knows it.
struct ChangePasswordTests {
    private static let new = "Battery-staple-2"

    private static func change(_ client: TestClient, _ json: JSONObject = [:]) async -> TestAnswer {
        var input: JSONObject = [
            "currentPassword": .string(TestClient.password), "newPassword": .string(new),
        ]
        for member in json.members { input[member.name] = member.value }
        return await client.post("/api/auth/change-password", .object(input))
    }

    private static func canSignIn(_ client: TestClient, _ password: String) async -> Bool {
        await client.another().post(
            "/api/auth/login",
            ["email": "ada@example.com", "password": .string(password)]
        ).status == 200
    }

    // MARK: Compat

    @Test(arguments: Engine.tested)
    func `the old password is over, other sessions go on unless told otherwise`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            let other = try await client.signedIn()
            let answer = await Self.change(browser)
            #expect(answer.status == 200)
            #expect(names(answer.json) == ["token", "user"])
            #expect(answer.json["token"] == .null)
            #expect(answer.setCookies.isEmpty)
            #expect(await !Self.canSignIn(client, TestClient.password))
            #expect(await Self.canSignIn(client, Self.new))
            #expect(await browser.session != .null)
            #expect(await other.session != .null)
        }
    }

    @Test(arguments: Engine.tested)
    func `revoking the others replaces the own session, too`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            let other = try await client.signedIn()
            let tokens = await client.another().post(
                "/api/v1/auth/login",
                ["email": "ada@example.com", "password": "Correct-horse-1"])
            let before = await browser.sessionToken
            let answer = await Self.change(browser, ["revokeOtherSessions": true])
            let token = try #require(answer.json["token"]?.asString)
            #expect(token != before)
            #expect(answer.setCookies.map(\.name) == ["better-auth.session_token"])
            #expect(await browser.sessionToken == token)
            #expect(await other.session == .null)
            #expect(await client.get("/api/auth/me", bearer: before).status == 401)
            #expect(await client.get("/api/auth/me", bearer: tokens.accessToken).status == 401)
        }
    }

    @Test(arguments: Engine.tested)
    func `what is wrong is said in better-auth's words and changes nothing`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            let long = String(repeating: "P1", count: 65)
            for (input, code): (JSONObject, String) in [
                (["currentPassword": "Wrong-wrong-1"], "INVALID_PASSWORD"),
                (["currentPassword": .string(long + long)], "INVALID_PASSWORD"),
                (["newPassword": "Sh0rt"], "PASSWORD_TOO_SHORT"),
                (["newPassword": .string(long)], "PASSWORD_TOO_LONG"),
                (["newPassword": "without-either"], "PASSWORD_TOO_WEAK"),
                (["currentPassword": 5], "VALIDATION_ERROR"),
                (["revokeOtherSessions": "yes"], "VALIDATION_ERROR"),
            ] {
                let answer = await Self.change(browser, input)
                #expect(answer.status == 400)
                #expect(answer.code == code, "\(input)")
            }
            let missing = await browser.post(
                "/api/auth/change-password", ["newPassword": .string(Self.new)])
            #expect(
                missing.message
                    == "[body.currentPassword] Invalid input: expected string, received undefined")
            #expect(await Self.change(client.another()).status == 401)
            let foreign = await browser.post(
                "/api/auth/change-password", [:], [.origin: "http://evil.example"])
            #expect(foreign.code == "INVALID_ORIGIN")
            #expect(await Self.canSignIn(client, TestClient.password))
        }
    }

    @Test(arguments: Engine.tested)
    func `verify-password says whether it is the password`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            let path = "/api/auth/verify-password"
            let good = await browser.post(path, ["password": "Correct-horse-1"])
            #expect(good.json == ["status": true])
            let bad = await browser.post(path, ["password": "nope"])
            #expect(bad.status == 400)
            #expect(bad.json == ["message": "Invalid password", "code": "INVALID_PASSWORD"])
            #expect(await browser.post(path, [:]).code == "VALIDATION_ERROR")
            #expect(
                await client.another().post(path, ["password": "Correct-horse-1"]).status == 401)
        }
    }

    /// Whoever finds an open browser guesses no faster there than at the door.
    @Test(arguments: Engine.tested, ["change-password", "verify-password", "delete-user"])
    func `guesses count as sign-ins do`(on engine: Engine, _ path: String) async throws {
        try await withServer(on: engine, .set(\.limits.guards, true)) { client in
            let browser = try await client.signedUp()
            let guess: JSON = [
                "password": "Wrong-wrong-1", "currentPassword": "Wrong-wrong-1",
                "newPassword": .string(Self.new),
            ]
            for _ in 0..<5 {
                #expect(await browser.post("/api/auth/" + path, guess).code == "INVALID_PASSWORD")
            }
            #expect(await browser.post("/api/auth/" + path, guess).status == 429)
            #expect(await browser.session != .null)
        }
    }

    // MARK: V1 and Tokens

    @Test(
        arguments: Engine.tested,
        ["/api/v1/auth/change-password", "/api/auth/me/change-password"])
    func `by tokens the own session goes on`(on engine: Engine, _ path: String) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let other = try await client.signedIn()
            let wrong = await client.post(
                path, ["currentPassword": "Wrong-wrong-1", "newPassword": .string(Self.new)],
                bearer: user.accessToken)
            #expect(wrong.status == 403)
            #expect((wrong.v1Code ?? wrong.code) == "WRONG_PASSWORD")
            let weak = await client.post(
                path, ["currentPassword": "Correct-horse-1", "newPassword": "x"],
                bearer: user.accessToken)
            #expect(
                weak.fieldErrors.first
                    == "newPassword TOO_SHORT: Password must be at least 8 characters")
            let answer = await client.post(
                path,
                [
                    "currentPassword": "Correct-horse-1", "newPassword": .string(Self.new),
                    "revokeOtherSessions": true,
                ], bearer: user.accessToken)
            #expect(answer.status == 200)
            #expect((answer.json["user"] ?? answer.json)["email"] == "ada@example.com")
            #expect(await client.get("/api/auth/me", bearer: user.accessToken).status == 200)
            #expect(await other.session == .null)
            #expect(await Self.canSignIn(client, Self.new))
            #expect(await client.post(path, [:]).status == 401)
        }
    }

    /// The same password for many changes: each would be allowed, one is made.
    @Test(arguments: Engine.tested)
    func `of many changes at once one wins`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let answers = await race(8, client) { index in
                await client.another().post(
                    "/api/v1/auth/change-password",
                    [
                        "currentPassword": "Correct-horse-1",
                        "newPassword": .string("Battery-staple-\(index)"),
                    ], bearer: user.accessToken)
            }
            #expect(answers.filter { $0.status == 200 }.count == 1)
            #expect(answers.allSatisfy { $0.status == 200 || $0.v1Code == "WRONG_PASSWORD" })
            let winner = try #require(answers.firstIndex { $0.status == 200 })
            #expect(await Self.canSignIn(client, "Battery-staple-\(winner)"))
        }
    }
}
