import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

struct VerifyEmailTests {
    // S3-22
    @Test(arguments: Engine.tested)
    func `S3-22: who registers gets a mail, and its link confirms his address`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .mailsAtSignUp) { client in
            let user = try await client.user()
            #expect(await client.isVerified(bearer: user.accessToken) == false)
            let token = try #require(try await client.mailedToken())
            let done = await client.verify(token: token)
            #expect(done.status == 200)
            #expect(names(done.json) == ["user"])
            #expect(await client.isVerified(bearer: user.accessToken) == true)
            #expect(try await client.audited() == ["email_verified", "signed_up"])
        }
    }

    // S3-22
    @Test(arguments: Engine.tested)
    func `the mail is written with the user, on every surface, or not at all`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .mailsAtSignUp) { client in
            _ = try await client.user("v1@example.com")
            _ = await client.post(
                "/api/auth/register",
                ["email": "tokens@example.com", "password": .string(TestClient.password)])
            _ = try await client.signedUp("compat@example.com")
            for email in ["v1@example.com", "tokens@example.com", "compat@example.com"] {
                #expect(try await client.mailKinds(to: email) == ["verify-email"])
            }
            let again = await client.post(
                "/api/v1/auth/register",
                [
                    "email": "v1@example.com", "password": .string(TestClient.password),
                    "name": "Ada",
                ])
            #expect(again.status == 409)
            #expect(try await client.mailKinds(to: "v1@example.com") == ["verify-email"])
        }
        try await withServer(on: engine) { client in
            _ = try await client.user()
            #expect(try await client.mailKinds(to: "ada@example.com").isEmpty)
        }
    }

    @Test(arguments: Engine.tested)
    func `the code of the mail is as good, however it is typed, and either uses both up`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .mailsAtSignUp) { client in
            for (index, typed) in [
                { $0 }, { $0.lowercased() }, { $0.replacing("-", with: "") },
                { " " + $0.replacing("-", with: " - ") + "." },
            ].enumerated() as EnumeratedSequence<[(String) -> String]> {
                let email = "u\(index)@example.com"
                let user = try await client.user(email)
                let code = try #require(try await client.mailedCode(to: email))
                let token = try #require(try await client.mailedToken(to: email))
                #expect(code.count == 9)
                #expect(await client.verify(code: typed(code), email.uppercased()).status == 200)
                #expect(await client.isVerified(bearer: user.accessToken) == true)
                #expect(await client.verify(token: token).v1Code == "INVALID_TOKEN")
                #expect(await client.verify(code: code, email).v1Code == "INVALID_TOKEN")
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `another mail is sent to who waits for one, and nobody is told who that is`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            _ = try await client.user()
            _ = try await client.user("grace@example.com")
            try await client.confirm("grace@example.com")
            var answers: [TestAnswer] = []
            for email in ["ada@example.com", "grace@example.com", "eve@example.com"] {
                answers.append(await client.another().resend(email))
            }
            #expect(answers.allSatisfy { $0.status == 200 && $0.bytes == answers[0].bytes })
            #expect(try await client.mailKinds(to: "ada@example.com") == ["verify-email"])
            #expect(try await client.mailKinds(to: "grace@example.com").isEmpty)
            #expect(try await client.mailKinds(to: "eve@example.com").isEmpty)
            let token = try #require(try await client.mailedToken())
            #expect(await client.verify(token: token).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `confirming signs in where a setting says so`(on engine: Engine) async throws {
        try await withServer(
            on: engine, .mailsAtSignUp, .set(\.auth.verification.signInAfterVerification, true)
        ) { client in
            _ = try await client.user()
            let token = try #require(try await client.mailedToken())
            let done = await client.another().verify(token: token)
            let access = try #require(done.accessToken)
            #expect(done.cookie("atrium.refresh_token") != nil)
            #expect(await client.get("/api/v1/auth/me", bearer: access).status == 200)
            let other = try await client.user("grace@example.com")
            let code = try #require(try await client.mailedCode(to: other.email))
            let answer = await client.another().post(
                "/api/auth/email/verify", ["email": .string(other.email), "code": .string(code)])
            #expect(answer.json["user"]?["emailVerified"] == true)
            #expect(answer.json["tokens"]?["accessToken"]?.asString != nil)
        }
    }

    @Test(arguments: Engine.tested)
    func `of 50 that race with one link or one code one confirms`(on engine: Engine) async throws {
        try await withServer(on: engine, .mailsAtSignUp) { client in
            for (email, byCode) in [("ada@example.com", false), ("grace@example.com", true)] {
                _ = try await client.user(email)
                let token = try #require(try await client.mailedToken(to: email))
                let code = try #require(try await client.mailedCode(to: email))
                let answers = await race(50, client) { _ in
                    byCode
                        ? await client.another().verify(code: code, email)
                        : await client.another().verify(token: token)
                }
                #expect(answers.filter { $0.status == 200 }.count == 1)
                #expect(answers.filter { $0.v1Code == "INVALID_TOKEN" }.count == 49)
            }
        }
    }

    @Test func `what is not whole is named`() async throws {
        try await withServer(on: .sqlite) { client in
            for (proof, error) in [
                ([:], "token REQUIRED: Is required"),
                (["email": "ada@example.com"], "code REQUIRED: Is required"),
                (["code": "ABCD-EFGH"], "email REQUIRED: Is required"),
            ] as [(JSON, String)] {
                let answer = await client.verify(proof)
                #expect(answer.status == 400)
                #expect(answer.fieldErrors == [error])
            }
        }
    }
}
