import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// better-auth's routes for mails. Where links lead straight to them, they do what they are about when
/// they are opened.
struct CompatMailTests {
    /// The link of the newest mail to an address, below the server.
    private static func link(_ client: TestClient, to email: String) async throws -> String {
        let text = try #require(try await client.mailedText(to: email))
        let line = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("http") }
        return String(try #require(line).dropFirst("http://localhost:4000".count))
    }

    @Test(arguments: Engine.tested)
    func `a link confirms when it is opened, and sends the browser on`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .directLinks) { client in
            let browser = try await client.signedUp()
            let sent = await browser.post(
                "/api/auth/send-verification-email",
                ["email": "ada@example.com", "callbackURL": "/hello?a=1"])
            #expect(sent.json == ["status": true])
            let link = try await Self.link(client, to: "ada@example.com")
            #expect(link.hasPrefix("/api/auth/verify-email?token="))
            #expect(link.hasSuffix("&callbackURL=%2Fhello%3Fa%3D1"))
            let opened = await browser.get(link)
            #expect(opened.status == 302)
            #expect(opened[.location] == "/hello?a=1")
            let again = await browser.post(
                "/api/auth/send-verification-email", ["email": "ada@example.com"])
            #expect(again.code == "EMAIL_ALREADY_VERIFIED")
            client.clock.advance(by: .hours(24))
            let late = await browser.get(link)
            #expect(late[.location] == "/hello?a=1&error=TOKEN_EXPIRED")
        }
    }

    @Test(arguments: Engine.tested)
    func `an address is changed by two links, each good once`(on engine: Engine) async throws {
        try await withServer(on: engine, .directLinks) { client in
            let browser = try await client.signedUp()
            try await client.confirm()
            let new = "ada@example.org"
            let asked = await browser.post(
                "/api/auth/change-email", ["newEmail": .string(new), "callbackURL": "/changed"])
            #expect(asked.json == ["status": true])
            let old = try await Self.link(client, to: "ada@example.com")
            // Somebody else's browser.
            let other = try await client.signedUp("grace@example.com")
            #expect(await other.get(old)[.location] == "/changed?error=INVALID_USER")
            #expect(await browser.get(old)[.location] == "/changed")
            #expect(await browser.get(old)[.location] == "/changed?error=INVALID_TOKEN")
            let link = try await Self.link(client, to: new)
            let done = await browser.get(link)
            #expect(done[.location] == "/changed")
            #expect(done.cookie("better-auth.session_token") != nil)
            #expect(await browser.get(link)[.location] == "/changed?error=USER_NOT_FOUND")
            let session = await browser.get("/api/auth/get-session").json
            #expect(session["user"]?["email"] == .string(new))
            #expect(session["user"]?["emailVerified"] == true)
        }
    }

    @Test(arguments: Engine.tested)
    func `by default links lead to the page, which knows where the browser goes on`(
        on engine: Engine
    ) async throws {
        try await withServer(
            on: engine, .set(\.auth.verification.signInAfterVerification, true)
        ) { client in
            let browser = try await client.signedUp()
            _ = await browser.post(
                "/api/auth/send-verification-email",
                ["email": "ada@example.com", "callbackURL": "/hello"])
            let token = try #require(try await client.mailedToken())
            let other = client.browser()
            let done = await other.pressButton(["token": .string(token)])
            #expect(done.json == ["outcome": "verified", "callbackURL": "/hello"])
            #expect(await other.get("/api/auth/get-session").json["user"]?["emailVerified"] == true)
            // What the page takes, better-auth's route does not.
            #expect(await other.get("/api/auth/verify-email?token=\(token)").status == 401)
        }
    }

    @Test(arguments: Engine.tested)
    func `S3-8, S3-9: a password is reset on Compat and on Tokens`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .directLinks) { client in
            let user = try await client.user()
            let asked = await client.post(
                "/api/auth/request-password-reset",
                ["email": "ada@example.com", "redirectTo": "/reset#top"])
            #expect(asked.json["status"] == true)
            let link = try await Self.link(client, to: "ada@example.com")
            let token = try #require(
                link.split(separator: "?").first?.split(separator: "/").last.map(String.init))
            let opened = await client.get(link)
            #expect(opened.status == 302)
            #expect(opened[.location] == "http://localhost:4000/reset?token=\(token)#top")
            let done = await client.post(
                "/api/auth/reset-password",
                ["newPassword": "Another-horse-2", "token": .string(token)])
            #expect(done.json == ["status": true])
            #expect(await client.get("/api/v1/auth/me", bearer: user.accessToken).status == 401)
            #expect(
                await client.get(link)[.location]
                    == "http://localhost:4000/reset?error=INVALID_TOKEN#top")
        }
        try await withServer(on: engine) { client in
            _ = try await client.user()
            let asked = await client.post(
                "/api/auth/password/forgot", ["email": "ada@example.com"])
            #expect(asked.json == ["success": true])
            let code = try #require(try await client.mailedCode())
            let body: JSON = [
                "email": "ada@example.com", "code": .string(code), "password": "Another-horse-2",
            ]
            let done = await client.post("/api/auth/password/reset", body)
            #expect(done.json == ["success": true])
            #expect(await client.post("/api/auth/password/reset", body).code == "INVALID_TOKEN")
        }
    }

    @Test(arguments: Engine.tested)
    func `tokens of something else that our secret has signed open nothing`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .directLinks, .set(\.compat.cookieCache.isOn, true)) {
            client in
            let browser = try await client.signedUp()
            let cookie = try #require(browser.cookies["better-auth.session_token"])
            for token in [
                cookie, "e30.e30.", "eyJhbGciOiJub25lIn0.eyJlbWFpbCI6ImFkYUBleGFtcGxlLmNvbSJ9.",
            ] {
                let answer = await browser.get("/api/auth/verify-email?token=\(token)")
                #expect(answer.status == 401)
                #expect(answer.code == "INVALID_TOKEN")
            }
        }
    }

    @Test func `callbacks that are too long or lead elsewhere are refused`() async throws {
        try await withServer(on: .sqlite) { client in
            let browser = try await client.signedUp()
            let long = "/" + String(repeating: "a", count: 2000)
            for target in [long, "http://evil.example", "//evil.example"] {
                let answer = await browser.post(
                    "/api/auth/send-verification-email",
                    ["email": "ada@example.com", "callbackURL": .string(target)])
                #expect(answer.code == "INVALID_CALLBACK_URL")
            }
            let answer = await browser.get(
                "/api/auth/verify-email?token=x&callbackURL=http%3A%2F%2Fevil.example")
            #expect(answer.code == "INVALID_CALLBACK_URL")
        }
    }
}
