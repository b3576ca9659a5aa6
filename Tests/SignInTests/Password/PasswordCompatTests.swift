import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Secrets
import Server
import Testing
import Values

struct PasswordCompatTests {
    private static let body: JSON = [
        "name": "Ada", "email": "Ada@Example.com", "password": "Correct-horse-1",
    ]
    private static let userMembers = [
        "name", "email", "emailVerified", "image", "createdAt", "updatedAt", "id",
    ]

    // MARK: Sign up

    // S2-2, S2-14
    @Test(arguments: Engine.tested)
    func `sign-up answers with a token and sets a signed cookie`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let answer = await client.post("/api/auth/sign-up/email", Self.body)
            #expect(answer.status == 200)
            #expect(answer[.contentType] == "application/json")
            #expect(names(answer.json) == ["token", "user"])
            #expect(names(answer.json["user"]) == Self.userMembers)
            #expect(answer.json["user"]?["email"] == "ada@example.com")
            #expect(answer.json["user"]?["image"]?.isNull == true)
            #expect(answer.json["user"]?["emailVerified"] == false)
            let token = try #require(answer.json["token"]?.asString)
            #expect(token.utf8.count == 32)
            #expect(token.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
            let cookie = try #require(answer.cookie("better-auth.session_token"))
            #expect(
                cookie.attributes == ["max-age=604800", "path=/", "httponly", "samesite=lax"])
            let secrets = SigningSecrets(Secret("the tests sign cookies with this secret"))
            let value = try #require(PercentEncoding.decode(cookie.value))
            #expect(SignedValue.verify(value, with: secrets) == token)
            #expect(answer.setCookies.count == 1)
        }
    }

    // S2-2
    @Test(arguments: Engine.tested)
    func `a user who is not to be remembered gets cookies without an age`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            var body = Self.body.asObject ?? [:]
            body["rememberMe"] = false
            let answer = await client.post("/api/auth/sign-up/email", .object(body))
            #expect(
                answer.setCookies.map(\.name) == [
                    "better-auth.session_token", "better-auth.dont_remember",
                ])
            for cookie in answer.setCookies {
                #expect(cookie.attributes == ["path=/", "httponly", "samesite=lax"])
            }
            let end = client.clock.now + .days(1)
            let session = await client.get("/api/auth/get-session").json["session"]
            #expect(session?["expiresAt"] == .string(end.description))
        }
    }

    // C10, S2-2
    @Test(arguments: Engine.tested)
    func `a registered address is 422`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            _ = try await client.user("ada@example.com")
            let answer = await client.post("/api/auth/sign-up/email", Self.body)
            #expect(answer.status == 422)
            #expect(answer.code == "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL")
            #expect(answer.setCookies.isEmpty)
        }
    }

    @Test(arguments: Engine.tested)
    func `passwords follow the policy, each rule with its code`(on engine: Engine) async throws {
        @Sendable func code(_ client: TestClient, _ password: String) async -> String? {
            var body = Self.body.asObject ?? [:]
            body["password"] = .string(password)
            return await client.another().post("/api/auth/sign-up/email", .object(body)).code
        }
        try await withServer(on: engine) { client in
            #expect(await code(client, "Short-1") == "PASSWORD_TOO_SHORT")
            #expect(await code(client, "lower-case-1") == "PASSWORD_TOO_WEAK")
        }
        try await withServer(on: engine, .set(\.auth.password.policy, .betterAuth)) { client in
            #expect(await code(client, String(repeating: "x", count: 129)) == "PASSWORD_TOO_LONG")
            #expect(await code(client, "1234567") == "PASSWORD_TOO_SHORT")
            #expect(await code(client, "12345678") == nil)
        }
    }

    @Test(arguments: Engine.tested)
    func `every bad field is named in one message`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let answer = await client.post(
                "/api/auth/sign-up/email", ["name": 5, "email": "x", "rememberMe": "yes"])
            #expect(answer.status == 400)
            #expect(answer.code == "VALIDATION_ERROR")
            #expect(
                answer.message
                    == "[body.name] Invalid input: expected string, received number; "
                    + "[body.email] Invalid email address; "
                    + "[body.password] Invalid input: expected string, received undefined; "
                    + "[body.rememberMe] Invalid input: expected boolean, received string")
        }
    }

    // MARK: Sign in

    // S2-3
    @Test(arguments: Engine.tested)
    func `sign-in answers with a token and sets the cookie`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let answer = await client.post(
                "/api/auth/sign-in/email",
                ["email": "ADA@Example.com", "password": .string(user.password)])
            #expect(answer.status == 200)
            #expect(names(answer.json) == ["redirect", "token", "user"])
            #expect(answer.json["redirect"] == false)
            #expect(answer.json["user"]?["id"] == .string(user.id))
            #expect(answer.cookie("better-auth.session_token") != nil)
            #expect(answer[.location] == nil)
        }
    }

    @Test(arguments: Engine.tested)
    func `sign-in may lead on to a trusted page`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            func signIn(_ target: JSON) async -> TestAnswer {
                await client.another().post(
                    "/api/auth/sign-in/email",
                    [
                        "email": .string(user.email), "password": .string(user.password),
                        "callbackURL": target,
                    ])
            }
            for target in ["/home", "http://localhost:4000/a?b=c", "http://localhost:3001/"] {
                let answer = await signIn(.string(target))
                #expect(answer.status == 200)
                #expect(names(answer.json) == ["redirect", "token", "url", "user"])
                #expect(answer.json["url"] == .string(target))
                #expect(answer[.location] == target)
            }
            let evil = await signIn("https://evil.example/")
            #expect(evil.status == 403)
            #expect(
                evil.json == ["message": "Invalid callbackURL", "code": "INVALID_CALLBACK_URL"])
            #expect(await signIn(5).json == ["message": "Invalid callbackURL: expected a string"])
        }
    }

    // S2-3
    @Test(arguments: Engine.tested)
    func `an unknown address and a wrong password get the same answer`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            for (email, password) in [
                (user.email, "Wrong-horse-1"), ("eve@example.com", user.password),
                (user.email, ""), (user.email, String(repeating: "x", count: 9000)),
            ] {
                let answer = await client.post(
                    "/api/auth/sign-in/email",
                    ["email": .string(email), "password": .string(password)])
                #expect(answer.status == 401)
                #expect(
                    answer.json == [
                        "message": "Invalid email or password",
                        "code": "INVALID_EMAIL_OR_PASSWORD",
                    ])
            }
            let bad = await client.post(
                "/api/auth/sign-in/email", ["email": "x", "password": "x"])
            #expect(bad.status == 400)
            #expect(bad.code == "INVALID_EMAIL")
        }
    }

    @Test(arguments: Engine.tested)
    func `forms are taken as well as JSON`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let form: Fields = [.contentType: "application/x-www-form-urlencoded"]
            let body = "name=Ada&email=ada%40example.com&password=Correct-horse-1&rememberMe=false"
            let up = await client.another().send(
                .post, "/api/auth/sign-up/email", form, body: Array(body.utf8))
            #expect(up.status == 200)
            #expect(up.setCookies.count == 2)
            let sign = await client.another().send(
                .post, "/api/auth/sign-in/email", form,
                body: Array("email=ada%40example.com&password=Correct-horse-1".utf8))
            #expect(sign.status == 200)
        }
    }

    // MARK: Cookies

    // S2-14
    @Test(arguments: Engine.tested)
    func `behind https cookies are Secure and say so in their names`(
        on engine: Engine
    ) async throws {
        let url = try BaseURL("https://auth.example.com")
        try await withServer(on: engine, .set(\.baseURL, url)) { client in
            let answer = await client.post("/api/auth/sign-up/email", Self.body)
            let cookie = try #require(answer.cookie("__Secure-better-auth.session_token"))
            #expect(
                cookie.attributes == [
                    "max-age=604800", "path=/", "httponly", "secure", "samesite=lax",
                ])
            #expect(await client.get("/api/auth/get-session").json["user"] != nil)
            #expect(answer["strict-transport-security"] != nil)
            let tokens = await client.another().post(
                "/api/v1/auth/login",
                ["email": "ada@example.com", "password": "Correct-horse-1"])
            #expect(tokens.cookie("atrium.refresh_token")?.attributes.contains("secure") == true)
        }
    }
}
