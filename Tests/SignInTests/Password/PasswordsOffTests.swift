import AtriumTesting
import Coding
import SQL
import Server
import Testing
import Values

/// `auth.password.isOn` and `auth.password.minimumLength`.
struct PasswordsOffTests {
    private static let person: JSON = [
        "name": "Ada", "email": "ada@example.com", "password": "Correct-horse-1",
    ]

    @Test(arguments: Engine.tested)
    func `where passwords are off nobody signs up or in by one`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.auth.password.isOn, false)) { client in
            let up = await client.post("/api/auth/sign-up/email", Self.person)
            #expect(up.status == 400)
            #expect(up.code == "EMAIL_PASSWORD_SIGN_UP_DISABLED")
            let compat = await client.post("/api/auth/sign-in/email", Self.person)
            #expect(compat.status == 400)
            #expect(
                compat.json == [
                    "message": "Email and password is not enabled",
                    "code": "EMAIL_PASSWORD_DISABLED",
                ])
            let reset = await client.post("/api/auth/request-password-reset", Self.person)
            #expect(reset.status == 400)
            #expect(reset.code == "RESET_PASSWORD_DISABLED")
            for path in ["/api/v1/auth/forgot-password", "/api/auth/password/forgot"] {
                #expect(await client.post(path, Self.person).status == 403)
            }
            for path in ["/api/v1/auth/", "/api/auth/"] {
                let register = await client.post(path + "register", Self.person)
                #expect(register.status == 403)
                let login = await client.post(path + "login", Self.person)
                #expect(login.status == 403)
                #expect((login.v1Code ?? login.code) == "PASSWORD_SIGN_IN_DISABLED")
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `where no mails confirm an address, asking for one says so`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .set(\.compat.verificationMails, false)) { client in
            let answer = await client.post(
                "/api/auth/send-verification-email", ["email": "ada@example.com"])
            #expect(answer.status == 400)
            #expect(answer.code == "VERIFICATION_EMAIL_NOT_ENABLED")
        }
    }

    @Test(arguments: Engine.tested)
    func `a new password is as long as the setting says`(on engine: Engine) async throws {
        try await withServer(
            on: engine, .set(\.auth.password.policy, .betterAuth),
            .set(\.auth.password.minimumLength, 10)
        ) { client in
            var person = try #require(Self.person.asObject)
            person["password"] = "nine-nine"
            let short = await client.post("/api/auth/sign-up/email", .object(person))
            #expect(short.code == "PASSWORD_TOO_SHORT")
            let v1 = await client.post("/api/v1/auth/register", .object(person))
            #expect(
                v1.fieldErrors == ["password TOO_SHORT: Password must be at least 10 characters"])
            person["password"] = "ten-ten-te"
            let good = await client.post("/api/auth/sign-up/email", .object(person))
            #expect(good.status == 200)
        }
    }
}
