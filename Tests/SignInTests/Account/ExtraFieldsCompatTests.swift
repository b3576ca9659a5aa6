import AtriumTesting
import Coding
import HTTP
import Identity
import SQL
import Server
import Testing
import Values

/// Fields that settings add to users and sessions, as better-auth's clients see them.
struct ExtraFieldsCompatTests {
    static func fields() throws -> [FieldDeclaration] {
        [
            FieldDeclaration(try FieldKey("nickname"), .text),
            FieldDeclaration(try FieldKey("level"), .number, default: 1, input: false),
            FieldDeclaration(try FieldKey("age"), .integer),
            FieldDeclaration(try FieldKey("isPublic"), .boolean, default: false),
            FieldDeclaration(try FieldKey("bornAt"), .instant),
            FieldDeclaration(try FieldKey("secretNote"), .text, returned: false),
        ]
    }

    static func withFields(
        on engine: Engine, _ changes: SettingsChange = .set(\.limits.guards, false),
        _ body: @escaping @Sendable (TestClient) async throws -> Void
    ) async throws {
        try await withServer(
            on: engine, .set(\.auth.user.fields, try fields()), changes, body: body)
    }

    private static func signUp(_ fields: JSONObject) -> JSON {
        var body: JSONObject = [
            "name": "Ada", "email": "ada@example.com", "password": .string(TestClient.password),
        ]
        for field in fields.members { body[field.name] = field.value }
        return .object(body)
    }

    @Test(arguments: Engine.tested)
    func `signing up sets them, and defaults stand where nothing was sent`(
        on engine: Engine
    ) async throws {
        try await Self.withFields(on: engine) { client in
            let browser = client.browser()
            let answer = await browser.post(
                "/api/auth/sign-up/email",
                Self.signUp([
                    "nickname": "Countess", "age": 36, "bornAt": "1815-12-10T00:00:00Z",
                    "secretNote": "analytical", "foo": 1,
                ]))
            #expect(answer.status == 200)
            let user = answer.json["user"]
            #expect(
                names(user) == [
                    "name", "email", "emailVerified", "image", "createdAt", "updatedAt",
                    "nickname", "level", "age", "isPublic", "bornAt", "id",
                ])
            #expect(user?["nickname"] == "Countess")
            #expect(user?["level"] == 1)
            #expect(user?["isPublic"] == false)
            #expect(user?["bornAt"] == "1815-12-10T00:00:00.000Z")
            #expect(await browser.get("/api/auth/get-session").json["user"] == user)
            let again = try await client.signedIn()
            #expect(await again.get("/api/auth/get-session").json["user"] == user)
        }
    }

    @Test(arguments: Engine.tested)
    func `a form has them as texts`(on engine: Engine) async throws {
        try await Self.withFields(on: engine) { client in
            let form =
                "name=Ada&email=ada%40example.com&password=Correct-horse-1&age=36&isPublic=true"
            let answer = await client.browser().send(
                .post, "/api/auth/sign-up/email",
                [.contentType: "application/x-www-form-urlencoded"], body: Array(form.utf8))
            #expect(answer.json["user"]?["age"] == 36)
            #expect(answer.json["user"]?["isPublic"] == true)
            #expect(answer.json["user"]?["nickname"] == .null)
        }
    }

    @Test(arguments: Engine.tested)
    func `all mistakes come at once, in the order of the declarations`(
        on engine: Engine
    ) async throws {
        try await Self.withFields(on: engine) { client in
            let answer = await client.browser().post(
                "/api/auth/sign-up/email",
                [
                    "name": 5, "email": "ada@example.com", "password": "Correct-horse-1",
                    "nickname": 5, "age": 1.5, "isPublic": "true", "bornAt": "yesterday",
                    "secretNote": .string(String(repeating: "x", count: 2049)),
                ])
            #expect(answer.code == "VALIDATION_ERROR")
            #expect(
                answer.message
                    == [
                        "[body.name] Invalid input: expected string, received number",
                        "[body.nickname] Invalid input: expected string, received number",
                        "[body.age] Invalid input: expected number, received number",
                        "[body.isPublic] Invalid input: expected boolean, received string",
                        "[body.bornAt] Invalid input",
                        "[body.secretNote] Too big: expected string to have <=2048 characters",
                    ].joined(separator: "; "))
        }
    }

    @Test(arguments: Engine.tested)
    func `what clients cannot set is passed over at sign-up and refused later`(
        on engine: Engine
    ) async throws {
        try await Self.withFields(on: engine) { client in
            let browser = client.browser()
            let answer = await browser.post(
                "/api/auth/sign-up/email", Self.signUp(["level": 99]))
            #expect(answer.json["user"]?["level"] == 1)
            let update = await browser.post("/api/auth/update-user", ["level": 99, "age": 5])
            #expect(update.status == 400)
            #expect(
                update.json
                    == ["message": "level is not allowed to be set", "code": "FIELD_NOT_ALLOWED"])
            let nothing = await browser.post("/api/auth/update-user", ["level": 0])
            #expect(nothing.json == ["message": "No fields to update"])
            let user = await browser.get("/api/auth/get-session").json["user"]
            #expect(user?["level"] == 1)
            #expect(user?["age"] == .null)
        }
    }

    @Test(arguments: Engine.tested)
    func `an update changes them on all devices and null empties them`(
        on engine: Engine
    ) async throws {
        try await Self.withFields(on: engine) { client in
            let browser = try await client.signedUp()
            let other = try await client.signedIn()
            let update = await browser.post(
                "/api/auth/update-user", ["nickname": "Countess", "isPublic": true])
            #expect(update.json == ["status": true])
            #expect(update.setCookies.map(\.name) == ["better-auth.session_token"])
            var user = await other.get("/api/auth/get-session").json["user"]
            #expect(user?["nickname"] == "Countess")
            #expect(user?["isPublic"] == true)
            #expect(user?["name"] == "Ada")
            _ = await browser.post("/api/auth/update-user", ["nickname": .null, "isPublic": .null])
            user = await other.get("/api/auth/get-session").json["user"]
            #expect(user?["nickname"] == .null)
            #expect(user?["isPublic"] == .null)
        }
    }

    @Test(arguments: Engine.tested)
    func `other answers and the kept session show them, too`(on engine: Engine) async throws {
        try await Self.withFields(on: engine, .set(\.compat.cookieCache.isOn, true)) { client in
            let browser = try await client.signedUp()
            _ = await browser.post("/api/auth/update-user", ["nickname": "Countess"])
            let kept = await browser.get("/api/auth/get-session")
            #expect(kept.setCookies.isEmpty)
            #expect(kept.json["user"]?["nickname"] == "Countess")
            let changed = await browser.post(
                "/api/auth/change-password",
                [
                    "currentPassword": .string(TestClient.password),
                    "newPassword": "Battery-staple-2", "revokeOtherSessions": true,
                ])
            #expect(changed.json["user"]?["nickname"] == "Countess")
            #expect(
                await browser.get("/api/auth/get-session").json["user"]?["nickname"] == "Countess")
        }
    }

    @Test(arguments: Engine.tested)
    func `a required one must come at sign-up and cannot be emptied`(
        on engine: Engine
    ) async throws {
        let fields = [FieldDeclaration(try FieldKey("company"), .text, required: true)]
        try await withServer(on: engine, .set(\.auth.user.fields, fields)) { client in
            let browser = client.browser()
            let missing = await browser.post("/api/auth/sign-up/email", Self.signUp([:]))
            #expect(missing.status == 400)
            #expect(missing.json == ["message": "company is required", "code": "MISSING_FIELD"])
            let null = await browser.post(
                "/api/auth/sign-up/email", Self.signUp(["company": .null]))
            #expect(null.code == "VALIDATION_ERROR")
            let good = await browser.post(
                "/api/auth/sign-up/email", Self.signUp(["company": "Analytical Engines"]))
            #expect(good.json["user"]?["company"] == "Analytical Engines")
            let emptied = await browser.post("/api/auth/update-user", ["company": .null])
            #expect(emptied.code == "VALIDATION_ERROR")
        }
    }

    @Test(arguments: Engine.tested)
    func `without declarations everything is as before`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = client.browser()
            let answer = await browser.post(
                "/api/auth/sign-up/email", Self.signUp(["nickname": 5]))
            #expect(
                names(answer.json["user"]) == [
                    "name", "email", "emailVerified", "image", "createdAt", "updatedAt", "id",
                ])
        }
    }
}
