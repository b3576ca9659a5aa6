import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// What somebody tries who has not got the mail, or has another one.
struct MailAttackTests {
    @Test(arguments: Engine.tested)
    func `five wrong codes end a code, also at once, and the link stays good`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .mailsAtSignUp) { client in
            _ = try await client.user()
            let code = try #require(try await client.mailedCode())
            for _ in 0..<4 { #expect(await client.verify(code: wrong(code)).status == 400) }
            let other = "grace@example.com"
            _ = try await client.user(other)
            let otherCode = try #require(try await client.mailedCode(to: other))
            let answers = await race(20, client) { _ in
                await client.another().verify(code: wrong(otherCode), other)
            }
            #expect(answers.allSatisfy { $0.v1Code == "INVALID_TOKEN" })
            // Four were wrong, so the fifth try may still be right; after five none is.
            #expect(await client.verify(code: code).status == 200)
            #expect(await client.verify(code: otherCode, other).v1Code == "INVALID_TOKEN")
            let tries = try await client.server.database.all(
                "SELECT tries FROM verifications ORDER BY tries", returning: Single<Int>.self)
            #expect(tries.map(\.value) == [4, 5])
            let token = try #require(try await client.mailedToken(to: other))
            #expect(await client.verify(token: token).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `codes that are tried are counted, for addresses that nobody has, too`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .mailsAtSignUp, .set(\.limits.guards, true)) { client in
            _ = try await client.user()
            for email in ["ada@example.com", "eve@example.com"] {
                client.clock.advance(by: .minutes(20))
                for number in 1...11 {
                    let device = client.another(at: IPAddress("203.0.113.\(number)"))
                    let answer = await device.verify(code: "AAAA-AAAA", email)
                    #expect(answer.status == (number > 10 ? 429 : 400))
                }
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a code is that of one address and one purpose, a token that of one purpose`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .mailsAtSignUp) { client in
            _ = try await client.user()
            _ = try await client.user("grace@example.com")
            let verification = try #require(try await client.mailedToken())
            let code = try #require(try await client.mailedCode())
            client.clock.advance(by: .seconds(1))
            _ = await client.post("/api/v1/auth/forgot-password", ["email": "ada@example.com"])
            let reset = try #require(try await client.mailedToken())
            let resetCode = try #require(try await client.mailedCode())
            #expect(reset != verification && resetCode != code)
            // Somebody else's code, and codes and tokens for something else.
            #expect(await client.verify(code: code, "grace@example.com").status == 400)
            #expect(await client.verify(code: resetCode).status == 400)
            #expect(await client.verify(token: reset).status == 400)
            #expect(await client.confirmChange(token: reset).status == 400)
            #expect(await client.pressButton(["token": .string(reset)]).status == 400)
            for proof in [
                ["token": .string(verification)],
                ["email": "ada@example.com", "code": .string(code)],
            ] as [JSONObject] {
                var body = proof
                body["password"] = "Another-horse-2"
                let answer = await client.post("/api/v1/auth/reset-password", .object(body))
                #expect(answer.v1Code == "INVALID_TOKEN")
            }
            #expect(await client.verify(token: verification).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `links and codes end with their time`(on engine: Engine) async throws {
        try await withServer(on: engine, .mailsAtSignUp) { client in
            _ = try await client.user()
            let token = try #require(try await client.mailedToken())
            let code = try #require(try await client.mailedCode())
            client.clock.advance(by: .hours(24))
            #expect(await client.verify(token: token).v1Code == "INVALID_TOKEN")
            #expect(await client.verify(code: code).v1Code == "INVALID_TOKEN")
            let look = await client.post("/auth/confirm/look", ["token": .string(token)])
            #expect(look.json["state"] == "expired")
        }
    }

    // C28
    @Test(arguments: Engine.tested)
    func `C28: opening a link and looking at it change nothing`(on engine: Engine) async throws {
        try await withServer(on: engine, .mailsAtSignUp) { client in
            let user = try await client.user()
            let text = try #require(try await client.mailedText())
            let link = try #require(
                text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("http") })
            // The token is behind `#`: a scanner of mails does not even send it.
            let path = link.dropFirst("http://localhost:4000".count)
            #expect(path.hasPrefix("/auth/confirm#token="))
            for method in [Method.get, .head] {
                #expect(await client.send(method, "/auth/confirm").status == 200)
            }
            let token = String(path.dropFirst("/auth/confirm#token=".count))
            for target in [
                "/auth/confirm?token=\(token)", "/api/auth/verify-email?token=\(token)",
                "/api/auth/delete-user/callback?token=\(token)",
                "/api/auth/reset-password/\(token)?callbackURL=%2F",
            ] {
                _ = await client.get(target)
            }
            let look = await client.post("/auth/confirm/look", ["token": .string(token)])
            #expect(
                look.json == [
                    "purpose": "verify-email", "state": "open", "email": "ada@example.com",
                ])
            #expect(await client.isVerified(bearer: user.accessToken) == false)
            let done = await client.pressButton(["token": .string(token)])
            #expect(done.json == ["outcome": "verified"])
            #expect(await client.isVerified(bearer: user.accessToken) == true)
            let again = await client.post("/auth/confirm/look", ["token": .string(token)])
            #expect(again.json["state"] == "used")
        }
    }

    @Test(arguments: Engine.tested)
    func `links lead to the base URL, whatever host a request names`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .mailsAtSignUp) { client in
            _ = try await client.user()
            _ = await client.post(
                "/api/v1/auth/forgot-password", ["email": "ada@example.com"],
                [.host: "evil.example", .xForwardedHost: "evil.example", .origin: "http://evil"])
            _ = await client.post(
                "/api/v1/auth/resend-verification", ["email": "ada@example.com"],
                [.host: "evil.example"])
            try await client.settle()
            let mails = try await client.server.outbox.newest(limit: 10).map(\.mail)
            #expect(mails.count == 3)
            #expect(mails.allSatisfy { !$0.text.contains("evil") && !$0.html.contains("evil") })
        }
    }

    @Test(arguments: Engine.tested)
    func `a password that was changed ends the mails before it`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            _ = await client.post("/api/v1/auth/forgot-password", ["email": "ada@example.com"])
            let reset = try #require(try await client.mailedToken())
            client.clock.advance(by: .seconds(1))
            #expect(await client.changeEmail(to: "a@b.org", bearer: user.accessToken).status == 200)
            let change = try #require(try await client.mailedToken(to: "a@b.org"))
            let changed = await client.post(
                "/api/v1/auth/change-password",
                [
                    "currentPassword": .string(user.password), "newPassword": "Another-horse-2",
                ], bearer: user.accessToken)
            #expect(changed.status == 200)
            let replayed = await client.post(
                "/api/v1/auth/reset-password",
                ["token": .string(reset), "password": "Evil-horse-3"])
            #expect(replayed.v1Code == "INVALID_TOKEN")
            #expect(await client.confirmChange(token: change).v1Code == "INVALID_TOKEN")
        }
    }

    @Test(arguments: Engine.tested)
    func `neither the mails that wait nor the wishes for them can be read in the database`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .mailsAtSignUp) { client in
            let user = try await client.user()
            _ = await client.changeEmail(to: "secret@example.org", bearer: user.accessToken)
            _ = await client.post("/api/v1/auth/forgot-password", ["email": "ada@example.com"])
            _ = await client.resend()
            let waiting = try await client.server.database.all(
                "SELECT payload FROM jobs", returning: Single<String>.self)
            #expect(waiting.allSatisfy { $0.value.hasPrefix("a1.") || $0.value.isEmpty })
            try await client.settle()
            // A wish that was granted is forgotten: nothing tells who asked.
            let granted = try await client.server.database.all(
                "SELECT payload FROM jobs WHERE kind <> 'mail.send'",
                returning: Single<String>.self)
            #expect(granted.count == 3)
            #expect(granted.allSatisfy { $0.value.isEmpty })
            let values = try await client.server.database.all(
                "SELECT value_sealed FROM verifications WHERE value_sealed IS NOT NULL",
                returning: Single<String>.self)
            #expect(values.count == 3)
            #expect(values.allSatisfy { $0.value.hasPrefix("a1.1.") })
        }
    }
}
