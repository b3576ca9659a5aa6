import AtriumTesting
import Coding
import Identity
import SQL
import Server
import Testing
import Values

/// `auth.signUp.startsSession`: whoever registers signs in afterwards.
struct SignUpWithoutSessionTests {
    private static func person(_ email: String = "ada@example.com") -> JSON {
        [
            "name": "Ada", "email": .string(email), "password": .string(TestClient.password),
            "nickname": "Countess",
        ]
    }

    private static func withoutSession(
        on engine: Engine, _ body: @escaping @Sendable (TestClient) async throws -> Void
    ) async throws {
        let fields = [FieldDeclaration(try FieldKey("nickname"), .text)]
        try await withServer(
            on: engine, .set(\.auth.signUp.startsSession, false),
            .set(\.auth.user.fields, fields), body: body)
    }

    @Test(arguments: Engine.tested)
    func `the user is there with his fields, and signs in`(on engine: Engine) async throws {
        try await Self.withoutSession(on: engine) { client in
            let browser = client.browser()
            let answer = await browser.post("/api/auth/sign-up/email", Self.person())
            #expect(answer.status == 200)
            #expect(names(answer.json) == ["token", "user"])
            #expect(answer.json["token"] == .null)
            #expect(answer.json["user"]?["nickname"] == "Countess")
            #expect(answer.setCookies.isEmpty)
            #expect(await browser.get("/api/auth/get-session").text == "null")
            let signedIn = try await client.signedIn()
            let user = await signedIn.get("/api/auth/get-session").json["user"]
            #expect(user?["id"] == answer.json["user"]?["id"])
            #expect(user?["nickname"] == "Countess")
        }
    }

    @Test(arguments: Engine.tested)
    func `a taken address gets the answer of a free one`(on engine: Engine) async throws {
        try await Self.withoutSession(on: engine) { client in
            let first = await client.post("/api/auth/sign-up/email", Self.person())
            let second = await client.post("/api/auth/sign-up/email", Self.person())
            #expect(second.status == 200)
            #expect(names(second.json["user"]) == names(first.json["user"]))
            #expect(second.json["user"]?["id"] != first.json["user"]?["id"])
            for path in ["/api/v1/auth/register", "/api/auth/register"] {
                let taken = await client.post(path, Self.person())
                let free = await client.post(path, Self.person("eve\(path.count)@example.com"))
                #expect(taken.status == 202)
                #expect(free.status == 202)
                #expect(taken.json == free.json)
            }
        }
    }
}
