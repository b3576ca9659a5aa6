import AtriumTesting
import Coding
import DatabaseTesting
import SQL
import Testing
import Values

struct PasswordV1Tests {
    private static let ada: JSON = [
        "email": "Ada@Example.com", "password": "Correct-horse-1", "name": "Ada Lovelace",
    ]

    // MARK: Register

    // S3-1, S3-2
    @Test(arguments: Engine.tested)
    func `register answers 201 with the user and tokens`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let answer = await client.post("/api/v1/auth/register", Self.ada)
            #expect(answer.status == 201)
            #expect(answer[.contentType] == "application/json")
            #expect(names(answer.json) == ["user", "tokens"])
            #expect(names(answer.json["user"]) == ["id", "email", "name", "createdAt"])
            #expect(answer.json["user"]?["email"] == "ada@example.com")
            #expect(answer.json["user"]?["name"] == "Ada Lovelace")
            #expect(
                answer.json["user"]?["createdAt"] == .string(client.clock.now.description))
            let id = try #require(answer.json["user"]?["id"]?.asString)
            #expect(id.count == 36 && id.split(separator: "-")[2].first == "7")
            #expect(
                names(answer.json["tokens"]) == ["accessToken", "refreshToken", "expiresIn"])
            #expect(answer.json["tokens"]?["expiresIn"] == 900)
            let refresh = try #require(answer.refreshToken)
            #expect(refresh.hasPrefix("rt_") && refresh.utf8.count == 46)
            // S3-25: a browser gets the refresh token in a cookie that no script can read.
            let cookie = try #require(answer.cookie("atrium.refresh_token"))
            #expect(cookie.value == refresh)
            #expect(
                cookie.attributes == ["max-age=604800", "path=/api", "httponly", "samesite=lax"])
        }
    }

    // S3-3
    @Test(arguments: Engine.tested)
    func `a registered address is 409, in any case`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            _ = try await client.user("ada@example.com")
            for email in ["ada@example.com", "ADA@EXAMPLE.COM", "Ada@example.com"] {
                let answer = await client.post(
                    "/api/v1/auth/register",
                    [
                        "email": .string(email), "password": "Other-horse-1", "name": "Eve",
                    ])
                #expect(answer.status == 409)
                #expect(
                    answer.json == [
                        "error": ["code": "EMAIL_EXISTS", "message": "Email already registered"]
                    ])
                #expect(answer.setCookies.isEmpty)
            }
        }
    }

    // S3-3, S3-16, S3-18
    @Test(arguments: Engine.tested)
    func `every bad field of a registration is named, in the document's words`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let all = await client.post(
                "/api/v1/auth/register", ["email": "nope", "password": "short", "name": "A"])
            #expect(all.status == 400)
            #expect(all.v1Code == "VALIDATION_ERROR")
            #expect(all.v1Message == "Invalid input data")
            #expect(
                all.fieldErrors == [
                    "email INVALID_FORMAT: Invalid email format",
                    "password TOO_SHORT: Password must be at least 8 characters",
                    "password PASSWORD_UPPERCASE: Password must contain uppercase letter",
                    "password PASSWORD_NUMBER: Password must contain number",
                    "name TOO_SHORT: Must be at least 2 characters",
                ])
            let none = await client.post("/api/v1/auth/register", [:])
            #expect(
                none.fieldErrors == [
                    "email REQUIRED: Is required", "password REQUIRED: Is required",
                    "name REQUIRED: Is required",
                ])
            let types = await client.post(
                "/api/v1/auth/register", ["email": 5, "password": true, "name": ["x"]])
            #expect(
                types.fieldErrors.map { $0.prefix { $0 != ":" } } == [
                    "email WRONG_TYPE", "password WRONG_TYPE", "name WRONG_TYPE",
                ])
        }
    }

    // S3-16
    @Test(arguments: Engine.tested)
    func `names have 2 to 100 characters and passwords a letter and a number`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            func register(_ email: String, _ password: String, _ name: String) async -> TestAnswer {
                await client.post(
                    "/api/v1/auth/register",
                    [
                        "email": .string(email), "password": .string(password),
                        "name": .string(name),
                    ])
            }
            #expect(await register("a@b.co", "Abcdefg1", "Al").status == 201)
            let long = String(repeating: "n", count: 100)
            #expect(await register("b@b.co", "Abcdefg1", long).status == 201)
            #expect(await register("c@b.co", "Abcdefg1", long + "n").status == 400)
            #expect(
                await register("d@b.co", "abcdefg1", "Al").fieldErrors == [
                    "password PASSWORD_UPPERCASE: Password must contain uppercase letter"
                ])
            #expect(
                await register("e@b.co", "Abcdefgh", "Al").fieldErrors == [
                    "password PASSWORD_NUMBER: Password must contain number"
                ])
            #expect(
                await register("f@b.co", "Abcdef1", "Al").fieldErrors == [
                    "password TOO_SHORT: Password must be at least 8 characters"
                ])
            // Long passwords count to their last letter.
            let phrase = String(repeating: "Long password 1 ", count: 8)
            #expect(await register("g@b.co", phrase, "Al").status == 201)
            let cut = await client.post(
                "/api/v1/auth/login",
                ["email": "g@b.co", "password": .string(String(phrase.dropLast(2)) + "x ")])
            #expect(cut.status == 401)
        }
    }

    @Test(arguments: Engine.tested)
    func `sign-up may be closed`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.auth.signUp.isOpen, false)) { client in
            let answer = await client.post("/api/v1/auth/register", Self.ada)
            #expect(answer.status == 403)
            #expect(answer.v1Code == "SIGN_UP_CLOSED")
        }
    }

    // MARK: Login

    // S3-4
    @Test(arguments: Engine.tested)
    func `login answers 200 with the user and new tokens`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let answer = await client.post(
                "/api/v1/auth/login",
                ["email": "ADA@example.com", "password": .string(user.password)])
            #expect(answer.status == 200)
            #expect(names(answer.json) == ["user", "tokens"])
            #expect(answer.json["user"]?["id"] == .string(user.id))
            #expect(answer.refreshToken != user.refreshToken)
            #expect(answer.accessToken != user.accessToken)
            #expect(answer.cookie("atrium.refresh_token")?.value == answer.refreshToken)
        }
    }

    // S3-5
    @Test(arguments: Engine.tested)
    func `an unknown address and a wrong password get the same answer`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            for (email, password) in [
                (user.email, "Wrong-horse-1"), ("nobody@example.com", user.password),
                (user.email, user.password + " "), (user.email, user.password.lowercased()),
            ] {
                let answer = await client.post(
                    "/api/v1/auth/login",
                    ["email": .string(email), "password": .string(password)])
                #expect(answer.status == 401)
                #expect(
                    answer.json == [
                        "error": [
                            "code": "INVALID_CREDENTIALS",
                            "message": "Invalid email or password",
                        ]
                    ])
                #expect(answer.setCookies.isEmpty)
            }
        }
    }

    // S3-16 and C11: the rules for new passwords are not applied at sign-in.
    @Test(arguments: Engine.tested)
    func `login wants an address and any password`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let weak = await client.post(
                "/api/v1/auth/login", ["email": "a@b.co", "password": "x"])
            #expect(weak.status == 401)
            let none = await client.post("/api/v1/auth/login", ["email": "a", "password": ""])
            #expect(none.status == 400)
            #expect(
                none.fieldErrors == [
                    "email INVALID_FORMAT: Invalid email format",
                    "password TOO_SHORT: Password must be at least 1 characters",
                ])
        }
    }

    // S3-18
    @Test(arguments: Engine.tested)
    func `other bodies and methods are refused in V1's shape`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let text = await client.send(
                .post, "/api/v1/auth/login", [.contentType: "text/plain"], body: [1])
            #expect(text.status == 415)
            #expect(text.v1Code == "UNSUPPORTED_MEDIA_TYPE")
            let broken = await client.send(
                .post, "/api/v1/auth/login", [.contentType: "application/json"],
                body: Array("{".utf8))
            #expect(broken.status == 400)
            #expect(broken.v1Code == "MALFORMED_BODY")
            let large = await client.send(
                .post, "/api/v1/auth/login", [.contentType: "application/json"],
                body: [UInt8](repeating: 32, count: 1 << 21))
            #expect(large.status == 413)
            #expect(large.v1Code == "BODY_TOO_LARGE")
            let method = await client.get("/api/v1/auth/login")
            #expect(method.status == 405)
            #expect(method.v1Code == "METHOD_NOT_ALLOWED")
            #expect(method[.allow] == "POST")
            let missing = await client.get("/api/v1/nothing")
            #expect(missing.status == 404)
            #expect(
                missing.json == [
                    "error": ["code": "NOT_FOUND", "message": "Resource not found"]
                ])
        }
    }
}
