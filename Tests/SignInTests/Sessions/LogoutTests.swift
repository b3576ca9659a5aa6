import AtriumTesting
import Coding
import DatabaseTesting
import SQL
import Testing
import Values

// S0-6, S1-5, S3-6, S4-3: signing out ends the session, and with it everything that stands for it.
struct LogoutTests {
    private static let paths = ["/api/v1/auth/logout", "/api/auth/logout"]

    private static func isOver(_ user: TestUser, _ client: TestClient) async -> Bool {
        let me = await client.another().get("/api/v1/auth/me", bearer: user.accessToken).status
        let refresh = await client.another().post(
            "/api/v1/auth/refresh", ["refreshToken": .string(user.refreshToken)]
        ).status
        return me == 401 && refresh == 401
    }

    @Test(arguments: Engine.tested)
    func `by access token, at once`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            for (index, path) in Self.paths.enumerated() {
                let user = try await client.user("u\(index)@example.com")
                // The session is in the cache by now.
                #expect(
                    await client.get("/api/v1/auth/me", bearer: user.accessToken).status == 200)
                let answer = await client.post(path, bearer: user.accessToken)
                #expect(answer.status == 200)
                #expect(answer.json == ["success": true])
                let cookie = answer.cookie("atrium.refresh_token")
                #expect(cookie?.value == "")
                #expect(cookie?.attributes.first == "max-age=0")
                #expect(await Self.isOver(user, client))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `by refresh token, in the body, as bearer or in the cookie`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            for (index, path) in (Self.paths + Self.paths + Self.paths).enumerated() {
                let user = try await client.user("u\(index)@example.com")
                // The access token has ended; signing out must still work.
                client.clock.advance(by: .minutes(20))
                let answer: TestAnswer
                switch index / 2 {
                case 0:
                    answer = await client.another().post(
                        path, ["refreshToken": .string(user.refreshToken)])
                case 1:
                    answer = await client.another().post(path, bearer: user.refreshToken)
                default:
                    let browser = client.browser()
                    browser.cookies.set("atrium.refresh_token", user.refreshToken)
                    answer = await browser.post(path)
                    #expect(browser.cookies["atrium.refresh_token"] == nil)
                }
                #expect(answer.status == 200)
                #expect(await Self.isOver(user, client))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `204 for those who want nothing back`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let answer = await client.post(
                "/api/v1/auth/logout", bearer: user.accessToken, [.init("prefer"): "return=minimal"]
            )
            #expect(answer.status == 204)
            #expect(answer.bytes.isEmpty)
            #expect(answer.cookie("atrium.refresh_token")?.value == "")
        }
    }

    @Test(arguments: Engine.tested)
    func `nobody signs out without being signed in`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let v1 = await client.post("/api/v1/auth/logout")
            #expect(v1.status == 401)
            #expect(v1.v1Code == "UNAUTHORIZED")
            #expect(v1.v1Message == "Not authenticated")
            let tokens = await client.post("/api/auth/logout", bearer: "x.y.z")
            #expect(tokens.status == 401)
            #expect(tokens.code == "UNAUTHORIZED")
            let user = try await client.user()
            #expect(await client.post("/api/auth/logout", bearer: user.accessToken).status == 200)
            #expect(await client.post("/api/auth/logout", bearer: user.accessToken).status == 401)
        }
    }

    @Test(arguments: Engine.tested)
    func `other devices stay signed in`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let other = await client.another().post(
                "/api/auth/login",
                ["email": .string(user.email), "password": .string(user.password)])
            _ = await client.post("/api/auth/logout", bearer: user.accessToken)
            #expect(await client.get("/api/auth/me", bearer: other.accessToken).status == 200)
        }
    }
}
