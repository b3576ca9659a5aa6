import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// S3-26: guessing passwords is slow, for accounts that exist and for those that do not.
struct AttemptsTests {
    private static let paths = [
        "/api/v1/auth/login", "/api/auth/login", "/api/auth/sign-in/email",
    ]

    private static func address(_ last: Int) -> IPAddress {
        IPAddress(v4: 0xc000_0200 + UInt32(last))
    }

    private static func signIn(
        _ client: TestClient, _ email: String, _ password: String = "Wrong-horse-1",
        path: String = paths[0]
    ) async -> TestAnswer {
        await client.another().post(
            path, ["email": .string(email), "password": .string(password)])
    }

    /// Ten failures in ten minutes, never more than two a minute.
    private static func failTenTimes(_ client: TestClient, _ email: String, path: String) async {
        for _ in 0..<5 {
            for _ in 0..<2 {
                let answer = await signIn(client, email, path: path)
                #expect(answer.status == 401)
            }
            client.clock.advance(by: .minutes(2))
        }
    }

    // S3-5
    @Test(arguments: Engine.tested, paths)
    func `ten failures lock an account, known or unknown, for a quarter of an hour`(
        on engine: Engine, _ path: String
    ) async throws {
        try await withServer(on: engine, .set(\.limits.guards, true)) { client in
            let user = try await client.user()
            var answers: [TestAnswer] = []
            for email in [user.email, "nobody@example.com"] {
                await Self.failTenTimes(client, email, path: path)
                // Also with the right password.
                answers.append(await Self.signIn(client, email, user.password, path: path))
            }
            let isCompat = path.hasSuffix("email")
            for answer in answers {
                #expect(answer.status == (isCompat ? 429 : 423))
                #expect(answer.text == answers[0].text)
                #expect(answer[.retryAfter] == "780")
                #expect(answer["x-retry-after"] == (isCompat ? "780" : nil))
            }
            if path == Self.paths[0] {
                #expect(
                    answers[0].json == [
                        "error": [
                            "code": "ACCOUNT_LOCKED", "message": "Account temporarily locked",
                        ]
                    ])
            }
            client.clock.advance(by: .seconds(780))
            #expect(
                await Self.signIn(client, user.email, user.password, path: path).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `a lock holds on all surfaces and for one network`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.limits.guards, true)) { client in
            let user = try await client.user()
            let thief = client.another(at: Self.address(1))
            await Self.failTenTimes(thief, user.email, path: Self.paths[0])
            #expect(await Self.signIn(thief, user.email, path: Self.paths[0]).status == 423)
            #expect(await Self.signIn(thief, user.email, path: Self.paths[1]).status == 423)
            #expect(await Self.signIn(thief, user.email, path: Self.paths[2]).status == 429)
            // The user at home is let in.
            #expect(await Self.signIn(client, user.email, user.password).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `each further lock within a day is twice as long`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.limits.guards, true)) { client in
            var waits: [Int] = []
            for _ in 0..<3 {
                await Self.failTenTimes(client, "eve@example.com", path: Self.paths[0])
                let answer = await Self.signIn(client, "eve@example.com")
                #expect(answer.status == 423)
                let wait = try #require(answer[.retryAfter].flatMap { Int($0) })
                waits.append(wait)
                client.clock.advance(by: .seconds(Int64(wait)))
            }
            #expect(waits == [780, 1680, 3480])
        }
    }

    @Test(arguments: Engine.tested)
    func `the right password clears the failures`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.limits.guards, true)) { client in
            let user = try await client.user()
            for _ in 0..<4 {
                for _ in 0..<4 { _ = await Self.signIn(client, user.email) }
                #expect(await Self.signIn(client, user.email, user.password).status == 200)
                client.clock.advance(by: .minutes(1))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a crowd of networks has no more tries than one`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.limits.guards, true)) { client in
            for index in 0..<5 {
                let thief = client.another(at: Self.address(index))
                #expect(await Self.signIn(thief, "ada@example.com").status == 401)
            }
            let next = client.another(at: Self.address(5))
            #expect(await Self.signIn(next, "ada@example.com").status == 429)
        }
    }

    @Test(arguments: Engine.tested)
    func `five tries a minute for an account, ten for a network`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.limits.guards, true)) { client in
            for index in 1...5 {
                let answer = await Self.signIn(client, "ada@example.com")
                #expect(answer.status == 401)
                #expect(answer["ratelimit-limit"] == "5")
                #expect(answer["ratelimit-remaining"] == "\(5 - index)")
            }
            let account = await Self.signIn(client, "ADA@example.com")
            #expect(account.status == 429)
            #expect(account.v1Code == "RATE_LIMITED")
            #expect(account[.retryAfter] == "60")
            for index in 0..<4 {
                #expect(await Self.signIn(client, "u\(index)@example.com").status == 401)
            }
            for path in Self.paths {
                let network = await Self.signIn(client, "other@example.com", path: path)
                #expect(network.status == 429)
            }
            client.clock.advance(by: .seconds(60))
            #expect(await Self.signIn(client, "ada@example.com").status == 401)
        }
    }

    @Test(arguments: Engine.tested)
    func `parallel guesses all count`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.limits.guards, true)) { client in
            let statuses = await race(20, client) { index in
                await Self.signIn(client, "ada@example.com", "Guess-\(index)").status
            }
            #expect(statuses.filter { $0 == 401 }.count == 5)
            #expect(statuses.filter { $0 == 429 }.count == 15)
        }
    }

    @Test(arguments: Engine.tested)
    func `ten registrations a minute for a network`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.limits.guards, true)) { client in
            for index in 0..<10 { _ = try await client.user("u\(index)@example.com") }
            let answer = await client.post(
                "/api/v1/auth/register",
                ["email": "more@example.com", "password": "Correct-horse-1", "name": "Ada"])
            #expect(answer.status == 429)
            let elsewhere = client.another(at: Self.address(9))
            _ = try await elsewhere.user("more@example.com")
        }
    }
}
