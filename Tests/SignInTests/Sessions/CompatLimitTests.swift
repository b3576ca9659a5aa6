import AtriumTesting
import Coding
import HTTP
import SQL
import Server
import Testing
import Values

/// `compat.rateLimit`: better-auth's own limit, and what it answers.
struct CompatLimitTests {
    private static func withLimit(
        on engine: Engine, _ body: @escaping @Sendable (TestClient) async throws -> Void
    ) async throws {
        try await withServer(
            on: engine, .set(\.compat.rateLimit.isOn, true), .set(\.compat.rateLimit.requests, 5),
            .set(\.compat.rateLimit.window, "60s"), body: body)
    }

    @Test(arguments: Engine.tested)
    func `the sixth request to a path is refused until a minute has passed`(
        on engine: Engine
    ) async throws {
        try await Self.withLimit(on: engine) { client in
            for _ in 0..<5 { #expect(await client.get("/api/auth/ok").status == 200) }
            let refused = await client.get("/api/auth/ok")
            #expect(refused.status == 429)
            #expect(refused[.contentType] == "text/plain;charset=UTF-8")
            #expect(refused["x-retry-after"] == "60")
            #expect(refused[.retryAfter] == "60")
            #expect(
                refused.text == #"{"message":"Too many requests. Please try again later."}"#)
            #expect(await client.get("/api/auth/error").status == 302)
            let other = client.another(at: IPAddress("198.51.100.9"))
            #expect(await other.get("/api/auth/ok").status == 200)
            client.clock.advance(by: .minutes(1))
            #expect(await client.get("/api/auth/ok").status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `signing in and up have three in ten seconds, whoever is asked for`(
        on engine: Engine
    ) async throws {
        try await Self.withLimit(on: engine) { client in
            var statuses: [Int] = []
            for index in 0..<4 {
                let answer = await client.post(
                    "/api/auth/sign-in/email",
                    ["email": .string("a\(index)@example.com"), "password": "Correct-horse-1"])
                statuses.append(answer.status)
            }
            #expect(statuses == [401, 401, 401, 429])
            client.clock.advance(by: .seconds(10))
            let later = await client.post("/api/auth/sign-in/email", [:])
            #expect(later.status == 400)
        }
    }

    @Test(arguments: Engine.tested)
    func `other surfaces and unknown paths are not counted`(on engine: Engine) async throws {
        try await Self.withLimit(on: engine) { client in
            for _ in 0..<7 {
                #expect(await client.get("/api/auth/jwks").status == 200)
                #expect(await client.get("/api/v1/auth/me").status == 401)
                #expect(await client.get("/api/auth/nothing").status == 404)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `it is off unless a setting says so`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            for _ in 0..<120 { #expect(await client.get("/api/auth/ok").status == 200) }
        }
    }
}
