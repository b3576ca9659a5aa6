import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

struct VerificationRequiredTests {
    private static func registration(_ email: String, _ password: String = TestClient.password)
        -> JSON
    {
        ["email": .string(email), "password": .string(password), "name": "Ada"]
    }

    @Test(arguments: Engine.tested)
    func `registering answers the same whether somebody has the address, who is told`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .verificationRequired) { client in
            for path in ["/api/v1/auth/register", "/api/auth/register"] {
                let email = "u\(path.count)@example.com"
                let first = await client.another().post(path, Self.registration(email))
                let second = await client.another().post(
                    path, Self.registration(email, "Evil-horse-6"))
                #expect(first.status == 202)
                #expect(first.json == ["success": true])
                #expect(second.status == first.status && second.bytes == first.bytes)
                #expect(second.setCookies.isEmpty && first.setCookies.isEmpty)
                // Of one moment, so in no order.
                let kinds = try await client.mailKinds(to: email)
                #expect(kinds.sorted() == ["address-in-use", "verify-email"])
            }
            let users = try await client.server.database.all(
                "SELECT email FROM users", returning: Single<String>.self)
            #expect(users.count == 2)
            #expect(
                try await client.audited() == [
                    "sign_up_repeated", "sign_up_repeated", "signed_up", "signed_up",
                ])
        }
    }

    @Test(arguments: Engine.tested)
    func `on Compat the answer names a user who may be nobody`(on engine: Engine) async throws {
        try await withServer(on: engine, .verificationRequired) { client in
            let first = await client.another().post(
                "/api/auth/sign-up/email", Self.registration("ada@example.com"))
            let second = await client.another().post(
                "/api/auth/sign-up/email", Self.registration("ada@example.com", "Evil-horse-6"))
            for answer in [first, second] {
                #expect(answer.status == 200)
                #expect(names(answer.json) == ["token", "user"])
                #expect(answer.json["token"] == .null)
                #expect(answer.json["user"]?["email"] == "ada@example.com")
                #expect(answer.setCookies.isEmpty)
            }
            #expect(first.json["user"]?["id"] != second.json["user"]?["id"])
        }
    }

    @Test(arguments: Engine.tested)
    func `of 50 who register one address at once one has it, and all get one answer`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .verificationRequired) { client in
            let answers = await race(50, client) { _ in
                await client.another().post(
                    "/api/v1/auth/register", Self.registration("ada@example.com"))
            }
            #expect(answers.allSatisfy { $0.status == 202 })
            let kinds = try await client.mailKinds(to: "ada@example.com")
            #expect(kinds.filter { $0 == "verify-email" }.count == 1)
            #expect(kinds.count == 50)
        }
    }

    @Test(arguments: Engine.tested)
    func `only the right password is told that the address was not confirmed, and gets a mail`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .verificationRequired) { client in
            _ = await client.post("/api/v1/auth/register", Self.registration("ada@example.com"))
            client.clock.advance(by: .seconds(1))
            for path in ["/api/v1/auth/login", "/api/auth/login", "/api/auth/sign-in/email"] {
                let wrong = await client.another().post(
                    path, ["email": "ada@example.com", "password": "Evil-horse-6"])
                #expect(wrong.status == 401)
                let right = await client.another().post(
                    path,
                    ["email": "ada@example.com", "password": .string(TestClient.password)])
                #expect(right.status == 403)
                #expect((right.v1Code ?? right.code) == "EMAIL_NOT_VERIFIED")
            }
            let kinds = try await client.mailKinds(to: "ada@example.com")
            #expect(kinds == Array(repeating: "verify-email", count: 4))
            let token = try #require(try await client.mailedToken())
            #expect(await client.verify(token: token).status == 200)
            let login = await client.post(
                "/api/v1/auth/login",
                ["email": "ada@example.com", "password": .string(TestClient.password)])
            #expect(login.status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `the owner of an address is not flooded with what others try`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .verificationRequired, .set(\.limits.guards, true)) {
            client in
            for number in 0..<9 {
                let device = client.another(at: IPAddress("203.0.113.\(number)"))
                let answer = await device.post(
                    "/api/v1/auth/register", Self.registration("ada@example.com"))
                #expect(answer.status == 202)
            }
            let kinds = try await client.mailKinds(to: "ada@example.com")
            #expect(kinds.count == 5)
        }
    }
}
