import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// Decision 5: a refresh token is used once, but two tabs never log anyone out.
struct RefreshTests {
    private static func refresh(_ client: TestClient, _ token: String) async -> TestAnswer {
        await client.another().post("/api/v1/auth/refresh", ["refreshToken": .string(token)])
    }

    // S3-7
    @Test(arguments: Engine.tested)
    func `V1 answers a refresh with the user and new tokens`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            client.clock.advance(by: .minutes(1))
            let answer = await Self.refresh(client, user.refreshToken)
            #expect(answer.status == 200)
            #expect(names(answer.json) == ["user", "tokens"])
            #expect(answer.json["user"]?["id"] == .string(user.id))
            #expect(answer.json["tokens"]?["expiresIn"] == 900)
            let next = try #require(answer.refreshToken)
            #expect(next != user.refreshToken)
            #expect(answer.accessToken != user.accessToken)
            #expect(answer.cookie("atrium.refresh_token")?.value == next)
            #expect(
                await client.get("/api/v1/auth/me", bearer: answer.accessToken).status == 200)
            #expect(await Self.refresh(client, next).status == 200)
        }
    }

    // S4-2, S4-21: what a client does when its access token has ended.
    @Test(arguments: Engine.tested)
    func `an ended access token is 401, and a refresh gives one that works`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            @Sendable func me(_ token: String?) async -> Int {
                await client.another().get("/api/auth/me", bearer: token).status
            }
            #expect(await me(user.accessToken) == 200)
            client.clock.advance(by: .minutes(15))
            #expect(await me(user.accessToken) == 401)
            let answer = await client.another().post(
                "/api/auth/refresh", ["refreshToken": .string(user.refreshToken)])
            #expect(answer.status == 200)
            #expect(await me(answer.accessToken) == 200)
            #expect(await me(user.accessToken) == 401)
        }
    }

    // S0-5, S1-4: bearer and no body.
    @Test(arguments: Engine.tested)
    func `Tokens takes the token as bearer, without a body`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let answer = await client.post("/api/auth/refresh", bearer: user.refreshToken)
            #expect(answer.status == 200)
            #expect(
                names(answer.json) == [
                    "accessToken", "refreshToken", "expiresAt", "expiresIn", "user",
                ])
            #expect(
                answer.json["expiresAt"]
                    == .string((client.clock.now + .minutes(15)).description))
        }
    }

    // C2: bearer, then body, then cookie; the first that looks like one.
    @Test(arguments: Engine.tested)
    func `the token is found in three places, in their order`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            func fresh() async throws -> String {
                let answer = await client.another().post(
                    "/api/auth/login",
                    ["email": "ada@example.com", "password": "Correct-horse-1"])
                return try #require(answer.refreshToken)
            }
            _ = try await client.user()
            // An access token as bearer is no refresh token: the body's counts.
            let access = try #require(
                await Self.refresh(client, try await fresh()).accessToken)
            let body = await client.another().post(
                "/api/auth/refresh", ["refreshToken": .string(try await fresh())], bearer: access)
            #expect(body.status == 200)
            // C26: neither does an expired one block it.
            client.clock.advance(by: .minutes(20))
            let expired = await client.another().post(
                "/api/v1/auth/refresh", ["refreshToken": .string(try await fresh())],
                bearer: access)
            #expect(expired.status == 200)
            // A bearer that looks like one and is not known stops the search.
            let unknown = "rt_" + String(repeating: "A", count: 43)
            let first = await client.another().post(
                "/api/auth/refresh", ["refreshToken": .string(try await fresh())],
                bearer: unknown)
            #expect(first.status == 401)
            // S3-25: a browser has it in its cookie.
            let browser = client.browser()
            browser.cookies.set("atrium.refresh_token", try await fresh())
            let cookie = await browser.post("/api/auth/refresh")
            #expect(cookie.status == 200)
            #expect(await browser.post("/api/v1/auth/refresh", [:]).status == 200)
        }
    }

    // C2
    @Test(arguments: Engine.tested)
    func `of three tokens in one request only the first is used up`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let users = [
                try await client.user("bearer@example.com"),
                try await client.user("body@example.com"),
                try await client.user("cookie@example.com"),
            ]
            let tokens = users.map(\.refreshToken)
            for first in 0..<3 {
                let browser = client.browser()
                browser.cookies.set("atrium.refresh_token", tokens[2])
                let answer = await browser.post(
                    "/api/v1/auth/refresh",
                    first < 2 ? ["refreshToken": .string(tokens[1])] : nil,
                    bearer: first < 1 ? tokens[0] : nil)
                #expect(answer.json["user"]?["id"] == .string(users[first].id))
            }
            // A page of another origin cannot have the cookie used.
            let foreign = client.browser(on: "http://evil.example")
            foreign.cookies.set("atrium.refresh_token", tokens[2])
            #expect(await foreign.post("/api/v1/auth/refresh").status == 401)
        }
    }

    @Test(arguments: Engine.tested)
    func `without a token that is one it is 401`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            for token in ["", "rt_", "rt_x", "x", "rt_" + String(repeating: "é", count: 43)] {
                let v1 = await Self.refresh(client, token)
                #expect(v1.status == 401)
                #expect(v1.v1Code == "INVALID_REFRESH_TOKEN")
                let tokens = await client.post("/api/auth/refresh", bearer: token)
                #expect(tokens.status == 401)
                #expect(tokens.code == "INVALID_REFRESH_TOKEN")
            }
            #expect(await client.post("/api/v1/auth/refresh").status == 401)
            let typed = await client.post("/api/v1/auth/refresh", ["refreshToken": 5])
            #expect(typed.status == 400)
        }
    }

    // MARK: Rotation

    @Test(arguments: Engine.tested)
    func `within the grace the same successor comes again`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let first = await Self.refresh(client, user.refreshToken)
            client.clock.advance(by: .seconds(30))
            let second = await Self.refresh(client, user.refreshToken)
            #expect(second.status == 200)
            #expect(second.refreshToken == first.refreshToken)
            #expect(second.accessToken != first.accessToken)
            #expect(
                await client.get("/api/v1/auth/me", bearer: second.accessToken).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `two tabs that refresh at once both stay signed in`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let answers = await race(50, client) { _ in
                await Self.refresh(client, user.refreshToken)
            }
            #expect(answers.allSatisfy { $0.status == 200 })
            let successors = Set(answers.compactMap(\.refreshToken))
            #expect(successors.count == 1)
            let next = try #require(successors.first)
            #expect(await Self.refresh(client, next).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `after the grace a used token ends the family and its session`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let next = await Self.refresh(client, user.refreshToken)
            client.clock.advance(by: .seconds(31))
            let stolen = await Self.refresh(client, user.refreshToken)
            #expect(stolen.status == 401)
            #expect(stolen.v1Code == "INVALID_REFRESH_TOKEN")
            // Neither the thief nor the user holds anything any more.
            #expect(await Self.refresh(client, try #require(next.refreshToken)).status == 401)
            for access in [user.accessToken, next.accessToken] {
                #expect(await client.get("/api/v1/auth/me", bearer: access).status == 401)
            }
            #expect(client.log.lines.contains { $0.contains("used twice") })
            #expect(!client.log.lines.joined().contains(user.refreshToken))
        }
    }

    @Test(arguments: Engine.tested)
    func `a thief who refreshes first is found out by the user`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let thief = await Self.refresh(client, user.refreshToken)
            let further = await Self.refresh(client, try #require(thief.refreshToken))
            #expect(further.status == 200)
            client.clock.advance(by: .minutes(10))
            #expect(await Self.refresh(client, user.refreshToken).status == 401)
            #expect(await Self.refresh(client, try #require(further.refreshToken)).status == 401)
            // Another sign-in of the same user is another family.
            let login = await client.another().post(
                "/api/v1/auth/login",
                ["email": .string(user.email), "password": .string(user.password)])
            #expect(login.status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `reuse ends one session and no other`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let other = await client.another().post(
                "/api/v1/auth/login",
                ["email": .string(user.email), "password": .string(user.password)])
            _ = await Self.refresh(client, user.refreshToken)
            client.clock.advance(by: .minutes(1))
            #expect(await Self.refresh(client, user.refreshToken).status == 401)
            #expect(await client.get("/api/v1/auth/me", bearer: other.accessToken).status == 200)
            #expect(await Self.refresh(client, try #require(other.refreshToken)).status == 200)
        }
    }

    // S3-25, C7: seven days, sliding.
    @Test(arguments: Engine.tested)
    func `a refresh token ends after seven days and sessions slide`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            var token = user.refreshToken
            for _ in 0..<4 {
                client.clock.advance(by: .days(6))
                token = try #require(await Self.refresh(client, token).refreshToken)
            }
            client.clock.advance(by: .days(7))
            #expect(await Self.refresh(client, token).status == 401)
        }
    }

    @Test(arguments: Engine.tested)
    func `the database alone gives no token`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let next = try #require(await Self.refresh(client, user.refreshToken).refreshToken)
            let sealed = try await client.server.database.all(Self.successors)
            #expect(sealed.count == 1)
            #expect(!sealed[0].value.contains(next))
            #expect(sealed[0].value.hasPrefix("a1."))
        }
    }

    private static let successors = Statement(
        .scan,
        "SELECT successor_sealed FROM refresh_tokens WHERE successor_sealed IS NOT NULL",
        returns: Single<String>.self)
}
