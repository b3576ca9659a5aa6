import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Server
import Testing
import Values

/// C23: where `auth.deleteUser.confirmsByMail` is on, no user is deleted before a mail to him is answered.
struct DeleteByMailTests {
    private static var byMail: SettingsChange { .set(\.auth.deleteUser.confirmsByMail, true) }

    private static func ask(_ browser: TestClient) async {
        let asked = await browser.post(
            "/api/auth/delete-user", ["password": .string(TestClient.password)])
        #expect(asked.json == ["success": true, "message": "Verification email sent"])
        #expect(asked.setCookies.isEmpty)
        #expect(await browser.session != .null)
    }

    @Test(arguments: Engine.tested)
    func `the page of the mail deletes, once`(on engine: Engine) async throws {
        try await withServer(on: engine, Self.byMail) { client in
            let browser = try await client.signedUp()
            await Self.ask(browser)
            let token = try #require(try await client.mailedToken())
            let look = await client.post("/auth/confirm/look", ["token": .string(token)])
            #expect(look.json["purpose"] == "delete-user")
            let answers = await race(50, client) { _ in
                await client.another().pressButton(["token": .string(token)])
            }
            #expect(answers.filter { $0.json == ["outcome": "deleted"] }.count == 1)
            #expect(answers.filter { $0.v1Code == "INVALID_TOKEN" }.count == 49)
            #expect(await browser.session == .null)
            _ = try await client.signedUp()
        }
    }

    @Test(arguments: Engine.tested)
    func `by code, by the token in the body, or by better-auth's link`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, Self.byMail) { client in
            let first = try await client.signedUp()
            await Self.ask(first)
            let code = try #require(try await client.mailedCode())
            let done = await client.pressButton([
                "purpose": "delete-user", "email": "ada@example.com", "code": .string(code),
            ])
            #expect(done.json == ["outcome": "deleted"])
            client.clock.advance(by: .seconds(1))

            let second = try await client.signedUp()
            await Self.ask(second)
            let token = try #require(try await client.mailedToken())
            let other = try await client.signedUp("grace@example.com")
            let stolen = await other.post("/api/auth/delete-user", ["token": .string(token)])
            #expect(stolen.status == 404 && stolen.code == "INVALID_TOKEN")
            let deleted = await second.post("/api/auth/delete-user", ["token": .string(token)])
            #expect(deleted.json == ["success": true, "message": "User deleted"])
            client.clock.advance(by: .seconds(1))

            await Self.ask(other)
            let last = try #require(try await client.mailedToken(to: "grace@example.com"))
            let link = "/api/auth/delete-user/callback?token=\(last)&callbackURL=%2Fbye"
            let stranger = await client.another().get(link)
            #expect(stranger.status == 404 && stranger.code == "FAILED_TO_GET_USER_INFO")
            let opened = await other.get(link)
            #expect(opened.status == 302)
            #expect(opened[.location] == "/bye")
            #expect(await other.session == .null)
        }
    }

    @Test func `a mail from before users were kept from deleting themselves is void`() async throws
    {
        try await withServer(
            on: .sqlite, Self.byMail, .set(\.auth.deleteUser.isOn, false)
        ) { client in
            let browser = try await client.signedUp()
            let answer = await browser.post("/api/auth/delete-user", [:])
            #expect(answer.status == 404)
            let callback = await browser.get("/api/auth/delete-user/callback?token=x")
            #expect(callback.status == 404)
        }
    }
}
