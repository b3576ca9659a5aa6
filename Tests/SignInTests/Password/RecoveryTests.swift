import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import Jobs
import SQL
import Server
import Synchronization
import Testing
import Values

private let wish = "/api/v1/auth/forgot-password"

extension TestClient {
    fileprivate func login(_ password: String) async -> TestAnswer {
        await post(
            "/api/v1/auth/login",
            ["email": "ada@example.com", "password": .string(password)])
    }

    fileprivate func reset(code: String) async -> TestAnswer {
        await post(
            "/api/v1/auth/reset-password",
            [
                "email": "ada@example.com", "code": .string(code),
                "password": "Another-horse-2",
            ])
    }

    fileprivate func reset(_ token: String, _ password: String = "Another-horse-2") async
        -> TestAnswer
    {
        await post(
            "/api/v1/auth/reset-password",
            ["token": .string(token), "password": .string(password)])
    }
}

struct RecoveryTests {
    // S3-8, S3-9, S3-28
    @Test(arguments: Engine.tested)
    func `S3-8, S3-9: a forgotten password is replaced by the link of a mail`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let asked = await client.post(wish, ["email": "Ada@Example.com"])
            #expect(asked.status == 200)
            #expect(asked.json == ["success": true])
            let token = try #require(try await client.mailedToken())
            let done = await client.reset(token)
            #expect(done.status == 200)
            #expect(done.json == ["success": true])
            #expect(await client.login("Another-horse-2").status == 200)
            #expect(await client.login(user.password).status == 401)
            // All sessions have ended.
            #expect(await client.get("/api/v1/auth/me", bearer: user.accessToken).status == 401)
            let refreshed = await client.another().post(
                "/api/v1/auth/refresh", bearer: user.refreshToken)
            #expect(refreshed.status == 401)
            #expect(try await client.audited() == ["password_changed", "signed_in", "signed_up"])
        }
    }

    @Test(arguments: Engine.tested)
    func `a token works once, for an hour, and only the newest mail's counts after it`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            _ = try await client.user()
            _ = await client.post(wish, ["email": "ada@example.com"])
            let first = try #require(try await client.mailedToken())
            client.clock.advance(by: .seconds(1))
            _ = await client.post(wish, ["email": "ada@example.com"])
            let second = try #require(try await client.mailedToken())
            #expect(first != second)
            #expect(await client.reset(second).status == 200)
            for used in [first, second, "made-up", String(repeating: "x", count: 43)] {
                let answer = await client.reset(used)
                #expect(answer.status == 400)
                #expect(answer.json["error"]?["code"] == "INVALID_TOKEN")
            }
            client.clock.advance(by: .seconds(1))
            _ = await client.post(wish, ["email": "ada@example.com"])
            let third = try #require(try await client.mailedToken())
            client.clock.advance(by: .hours(1))
            #expect(await client.reset(third).json["error"]?["code"] == "INVALID_TOKEN")
        }
    }

    @Test(arguments: Engine.tested)
    func `of 50 that race with one link one chooses the password`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            _ = try await client.user()
            _ = await client.post(wish, ["email": "ada@example.com"])
            let token = try #require(try await client.mailedToken())
            let winners = try await withThrowingTaskGroup(of: String?.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        let password = "Racing-horse-\(number)"
                        let answer = await client.another().reset(token, password)
                        #expect([200, 400].contains(answer.status))
                        return answer.status == 200 ? password : nil
                    }
                }
                return try await group.reduce(into: [String]()) { winners, one in
                    if let one { winners.append(one) }
                }
            }
            #expect(winners.count == 1)
            #expect(await client.login(try #require(winners.first)).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `an address that nobody has gets the same answer, the same work and no mail`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            _ = try await client.user()
            let known = await client.another().post(wish, ["email": "ada@example.com"])
            let unknown = await client.another().post(wish, ["email": "eve@example.com"])
            #expect(known.status == unknown.status)
            #expect(known.bytes == unknown.bytes)
            #expect(try await client.mailedToken() != nil)
            #expect(try await client.mailedToken(to: "eve@example.com") == nil)
            let wishes = try await client.server.jobs.queue.list(.done).filter {
                $0.kind == "password.forgot"
            }
            #expect(wishes.count == 2)
        }
    }

    @Test(arguments: Engine.tested)
    func `a reset opens an account that was locked`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.limits.guards, true)) { client in
            _ = try await client.user()
            for _ in 0..<10 {
                _ = await client.login("Wrong-horse-1")
                client.clock.advance(by: .seconds(61))
            }
            #expect(await client.login(TestClient.password).status == 423)
            _ = await client.post(wish, ["email": "ada@example.com"])
            let token = try #require(try await client.mailedToken())
            #expect(await client.reset(token).status == 200)
            #expect(await client.login("Another-horse-2").status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `the code of the mail is as good as its link, and wrong ones are counted`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            _ = try await client.user()
            for (tries, status) in [(4, 200), (5, 400)] {
                _ = await client.post(wish, ["email": "ada@example.com"])
                let code = try #require(try await client.mailedCode())
                for _ in 0..<tries { #expect(await client.reset(code: wrong(code)).status == 400) }
                #expect(await client.reset(code: code).status == status)
                client.clock.advance(by: .seconds(1))
            }
            // The link does not end with its code: nobody can take it away by guessing.
            let token = try #require(try await client.mailedToken())
            #expect(await client.reset(token).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `of 50 that race with one code one chooses the password`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            _ = try await client.user()
            _ = await client.post(wish, ["email": "ada@example.com"])
            let code = try #require(try await client.mailedCode())
            let answers = await race(50, client) { _ in
                await client.another().reset(code: code)
            }
            #expect(answers.filter { $0.status == 200 }.count == 1)
        }
    }

    @Test(arguments: Engine.tested)
    func `sessions outlive a reset where a setting says so`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.auth.password.resetEndsSessions, false)) { client in
            let user = try await client.user()
            _ = await client.post(wish, ["email": "ada@example.com"])
            let token = try #require(try await client.mailedToken())
            #expect(await client.reset(token).status == 200)
            #expect(await client.get("/api/v1/auth/me", bearer: user.accessToken).status == 200)
        }
    }

    @Test func `wishes are counted, for addresses that nobody has, too`() async throws {
        try await withServer(on: .sqlite, .set(\.limits.guards, true)) { client in
            for email in ["ada@example.com", "eve@example.com"] {
                client.clock.advance(by: .minutes(2))
                for number in 1...6 {
                    let answer = await client.post(wish, ["email": .string(email)])
                    #expect(answer.status == (number > 5 ? 429 : 200))
                }
            }
        }
    }

    @Test func `a password that breaks the rules uses no link up`() async throws {
        try await withServer(on: .sqlite) { client in
            _ = try await client.user()
            _ = await client.post(wish, ["email": "ada@example.com"])
            let token = try #require(try await client.mailedToken())
            let answer = await client.reset(token, "short")
            #expect(answer.status == 400)
            #expect(answer.json["error"]?["code"] == "VALIDATION_ERROR")
            #expect(await client.reset(token).status == 200)
        }
    }

    @Test func `opening the page of the link changes nothing`() async throws {
        try await withServer(on: .sqlite) { client in
            let page = await client.get("/auth/reset-password")
            #expect(page.status == 200)
            #expect(page.text.contains("Choose a new password"))
            #expect(!page.text.contains("{{"))
        }
        // Whichever surface the mail was asked for on.
        try await withServer(on: .sqlite, .set(\.surfaces, [.tokens])) { client in
            #expect(await client.get("/auth/reset-password").status == 200)
        }
    }
}
