import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

struct ChangeEmailTests {
    private static let new = "ada@example.org"

    @Test(arguments: Engine.tested)
    func `a confirmed address agrees, and then the new one confirms; sessions go on`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            try await client.confirm()
            let asked = await client.changeEmail(to: Self.new, bearer: user.accessToken)
            #expect(asked.json == ["success": true])
            #expect(try await client.mailKinds(to: Self.new).isEmpty)
            #expect(try await client.mailKinds(to: user.email) == ["change-email-confirmation"])
            let old = try #require(try await client.mailedToken())
            let agreed = await client.confirmChange(token: old)
            #expect(agreed.json == ["step": "mailed"])
            #expect(await client.confirmChange(token: old).v1Code == "INVALID_TOKEN")
            let me = await client.get("/api/auth/me", bearer: user.accessToken)
            #expect(me.json["email"] == "ada@example.com")
            let token = try #require(try await client.mailedToken(to: Self.new))
            #expect(await client.confirmChange(token: token).json == ["step": "changed"])
            let after = await client.get("/api/auth/me", bearer: user.accessToken)
            #expect(after.json["email"] == .string(Self.new))
            #expect(after.json["emailVerified"] == true)
            #expect(
                try await client.audited() == [
                    "email_change_requested", "email_changed", "signed_up",
                ])
        }
    }

    @Test(arguments: Engine.tested)
    func `who has not confirmed his address is asked at the new one only, by code as well`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let asked = await client.post(
                "/api/auth/me/change-email", ["newEmail": .string(Self.new)],
                bearer: user.accessToken)
            #expect(asked.status == 200)
            #expect(try await client.mailKinds(to: user.email).isEmpty)
            let code = try #require(try await client.mailedCode(to: Self.new))
            let proof: JSON = ["email": .string(Self.new), "code": .string(code)]
            let done = await client.post("/api/auth/me/change-email/confirm", proof)
            #expect(done.json == ["step": "changed"])
            #expect(await client.isVerified(bearer: user.accessToken) == true)
            let login = await client.post(
                "/api/v1/auth/login",
                ["email": .string(Self.new), "password": .string(user.password)])
            #expect(login.status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `nobody learns that an address is taken, but whoever has it`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            _ = try await client.user("taken@example.com")
            let free = await client.changeEmail(to: "free@example.com", bearer: user.accessToken)
            let taken = await client.changeEmail(to: "taken@example.com", bearer: user.accessToken)
            #expect(free.bytes == taken.bytes && free.status == taken.status)
            #expect(try await client.mailKinds(to: "free@example.com") == ["change-email"])
            #expect(try await client.mailKinds(to: "taken@example.com") == ["address-in-use"])
            #expect(try await client.mailedToken(to: "taken@example.com") == nil)
            // With an address that is confirmed, the mail to it is the same in both cases.
            try await client.confirm()
            _ = await client.changeEmail(to: "taken@example.com", bearer: user.accessToken)
            let token = try #require(try await client.mailedToken())
            #expect(await client.confirmChange(token: token).json == ["step": "mailed"])
            #expect(
                try await client.mailKinds(to: "taken@example.com") == [
                    "address-in-use", "address-in-use",
                ])
        }
    }

    @Test(arguments: Engine.tested)
    func `an address that was taken meanwhile is not changed to`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            _ = await client.changeEmail(to: Self.new, bearer: user.accessToken)
            let token = try #require(try await client.mailedToken(to: Self.new))
            _ = try await client.user(Self.new)
            #expect(await client.confirmChange(token: token).v1Code == "INVALID_TOKEN")
            let same = await client.changeEmail(to: "Ada@example.com", bearer: user.accessToken)
            #expect(same.v1Code == "EMAIL_UNCHANGED")
        }
    }

    @Test(arguments: Engine.tested)
    func `of 50 that race with one link one agrees, and one changes`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            try await client.confirm()
            _ = await client.changeEmail(to: Self.new, bearer: user.accessToken)
            for email in [user.email, Self.new] {
                let token = try #require(try await client.mailedToken(to: email))
                let answers = await race(50, client) { _ in
                    await client.another().confirmChange(token: token)
                }
                #expect(answers.filter { $0.status == 200 }.count == 1)
                #expect(answers.filter { $0.v1Code == "INVALID_TOKEN" }.count == 49)
            }
            #expect(try await client.mailKinds(to: Self.new) == ["change-email"])
        }
    }

    /// Whoever reads the mails of the old address has no way in any more.
    @Test(arguments: Engine.tested)
    func `with the address all mails to the old one end`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            _ = await client.post("/api/v1/auth/forgot-password", ["email": "ada@example.com"])
            let reset = try #require(try await client.mailedToken())
            client.clock.advance(by: .seconds(1))
            _ = await client.resend()
            let verification = try #require(try await client.mailedToken())
            _ = await client.changeEmail(to: Self.new, bearer: user.accessToken)
            let change = try #require(try await client.mailedToken(to: Self.new))
            #expect(await client.confirmChange(token: change).status == 200)
            let late = await client.post(
                "/api/v1/auth/reset-password",
                ["token": .string(reset), "password": "Evil-horse-3"])
            #expect(late.v1Code == "INVALID_TOKEN")
            #expect(await client.verify(token: verification).v1Code == "INVALID_TOKEN")
        }
    }

    @Test func `a setting takes the routes away`() async throws {
        try await withServer(on: .sqlite, .set(\.auth.changeEmail.isOn, false)) { client in
            let user = try await client.user()
            let answer = await client.changeEmail(to: Self.new, bearer: user.accessToken)
            #expect(answer.status == 404)
            let browser = try await client.signedUp("grace@example.com")
            let compat = await browser.post(
                "/api/auth/change-email", ["newEmail": .string(Self.new)])
            #expect(compat.code == "CHANGE_EMAIL_DISABLED")
        }
    }
}
