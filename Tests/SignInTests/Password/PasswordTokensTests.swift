import AtriumTesting
import Coding
import DatabaseTesting
import SQL
import Testing
import Values

/// C2: accounts for apps that hold tokens.
struct PasswordTokensTests {
    private static let members = [
        "accessToken", "refreshToken", "expiresAt", "expiresIn", "user",
    ]

    // S1-15, C8
    @Test(arguments: Engine.tested)
    func `register answers 201 with tokens and the user`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let answer = await client.post(
                "/api/auth/register",
                ["email": "ada@example.com", "password": "Correct-horse-1"])
            #expect(answer.status == 201)
            #expect(names(answer.json) == Self.members)
            #expect(answer.json["expiresIn"] == 900)
            let end = client.clock.now + .minutes(15)
            #expect(answer.json["expiresAt"] == .string(end.description))
            let user = answer.json["user"]
            #expect(user?["email"] == "ada@example.com")
            #expect(user?["emailVerified"] == false)
            #expect(user?["name"] == nil)
            let cookie = try #require(answer.cookie("atrium.refresh_token"))
            #expect(cookie.attributes.contains("httponly"))
        }
    }

    // S4-1
    @Test(arguments: Engine.tested)
    func `login answers 200 with tokens and the user`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let answer = await client.post(
                "/api/auth/login",
                ["email": .string(user.email), "password": .string(user.password)])
            #expect(answer.status == 200)
            #expect(names(answer.json) == Self.members)
            #expect(answer.json["user"]?["id"] == .string(user.id))
            #expect(answer.json["user"]?["name"] == "Ada Lovelace")
        }
    }

    // C9: an older client reads `error` as text, a newer one `code` and `message`.
    // S4-1
    @Test(arguments: Engine.tested)
    func `refusals have a text, a code and a message`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let wrong = await client.post(
                "/api/auth/login",
                ["email": .string(user.email), "password": "Wrong-horse-1"])
            let unknown = await client.post(
                "/api/auth/login", ["email": "eve@example.com", "password": "Wrong-horse-1"])
            for answer in [wrong, unknown] {
                #expect(answer.status == 401)
                #expect(
                    answer.json == [
                        "error": "Invalid email or password", "code": "INVALID_CREDENTIALS",
                        "message": "Invalid email or password",
                    ])
            }
            let taken = await client.post(
                "/api/auth/register",
                ["email": .string(user.email), "password": .string(user.password)])
            #expect(taken.status == 409)
            #expect(taken.code == "EMAIL_EXISTS")
            let invalid = await client.post(
                "/api/auth/register", ["email": "x", "password": "x", "name": ""])
            #expect(invalid.status == 400)
            #expect(invalid.code == "VALIDATION_ERROR")
            #expect(invalid.json["error"] == "Invalid input")
            #expect(
                invalid.fieldErrors.map { $0.prefix { $0 != ":" } } == [
                    "email INVALID_FORMAT", "password TOO_SHORT", "password PASSWORD_UPPERCASE",
                    "password PASSWORD_NUMBER", "name TOO_SHORT",
                ])
        }
    }
}
