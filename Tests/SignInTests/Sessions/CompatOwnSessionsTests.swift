import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// list-sessions, revoke-session and revoke-other-sessions, as better-auth's clients ask for them.
struct CompatOwnSessionsTests {
    private static func list(_ client: TestClient) async -> [JSON] {
        await client.get("/api/auth/list-sessions").json.asList ?? []
    }

    private static func revoke(_ client: TestClient, _ token: JSON?) async -> TestAnswer {
        await client.post("/api/auth/revoke-session", ["token": token ?? .null])
    }

    // C29
    @Test(arguments: Engine.tested)
    func `the own session shows its token, the others handles that revoke them`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            let other = try await client.signedIn()
            let token = await browser.sessionToken
            let sessions = await Self.list(browser)
            #expect(sessions.count == 2)
            #expect(
                names(sessions[0]) == [
                    "expiresAt", "token", "createdAt", "updatedAt", "ipAddress", "userAgent",
                    "userId", "id",
                ])
            #expect(sessions.filter { $0["token"] == .string(token) }.count == 1)
            let handle = sessions.first { $0["token"] != .string(token) }?["token"]
            #expect(handle?.asString?.hasPrefix("sh_") == true)
            #expect(await other.session != .null)
            #expect(await Self.revoke(browser, handle).json == ["status": true])
            #expect(await other.session == .null)
            #expect(await Self.list(browser).count == 1)
            // Its own token works as well.
            let third = try await client.signedIn()
            #expect(
                await Self.revoke(browser, .string(await third.sessionToken)).status == 200)
            #expect(await third.session == .null)
            #expect(await browser.session != .null)
        }
    }

    @Test(arguments: Engine.tested)
    func `of somebody else's session nothing is learnt and nothing ends`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let ada = try await client.signedUp()
            let eve = try await client.signedUp("eve@example.com")
            let id = await ada.session["id"]?.asString ?? ""
            let token = await ada.sessionToken
            for name in ["sh_" + id, token, "sh_", "sh_x", "nope", "", id] {
                let answer = await Self.revoke(eve, .string(name))
                #expect(answer.json == ["status": true], "\(name)")
            }
            #expect(await ada.session != .null)
            #expect(await eve.session != .null)
            // A handle is no session's token.
            let thief = client.another()
            #expect(
                await thief.get("/api/auth/get-session", bearer: "sh_" + id).text == "null")
            let missing = await eve.post("/api/auth/revoke-session", [:])
            #expect(missing.status == 400)
            #expect(
                missing.message
                    == "[body.token] Invalid input: expected string, received undefined")
        }
    }

    @Test(arguments: Engine.tested)
    func `the other sessions end, of all surfaces`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            let other = try await client.signedIn()
            let tokens = await client.another().post(
                "/api/v1/auth/login",
                ["email": "ada@example.com", "password": "Correct-horse-1"])
            let answer = await browser.post("/api/auth/revoke-other-sessions", [:])
            #expect(answer.json == ["status": true])
            #expect(await other.session == .null)
            #expect(await client.get("/api/auth/me", bearer: tokens.accessToken).status == 401)
            #expect(await Self.list(browser).count == 1)
        }
    }

    @Test(arguments: Engine.tested)
    func `nobody asks without a session, or from a foreign page`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            let other = try await client.signedIn()
            #expect(await client.get("/api/auth/list-sessions").status == 401)
            for path in ["revoke-session", "revoke-other-sessions", "revoke-sessions"] {
                let nobody = await client.another().post("/api/auth/" + path, ["token": "x"])
                #expect(nobody.status == 401)
                #expect(nobody.code == "UNAUTHORIZED")
                let foreign = await browser.post(
                    "/api/auth/" + path, ["token": "x"], [.origin: "http://evil.example"])
                #expect(foreign.status == 403)
                #expect(foreign.code == "INVALID_ORIGIN")
            }
            #expect(await browser.session != .null)
            #expect(await other.session != .null)
        }
    }

    @Test(arguments: Engine.tested)
    func `the list is for a fresh session, whatever it was used for`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            client.clock.advance(by: .hours(23))
            #expect(await Self.list(browser).count == 1)
            client.clock.advance(by: .hours(1))
            // It slides, and is not fresh for it.
            #expect(await browser.session != .null)
            let answer = await browser.get("/api/auth/list-sessions")
            #expect(answer.status == 403)
            #expect(
                answer.json == ["message": "Session is not fresh", "code": "SESSION_NOT_FRESH"])
            let again = try await client.signedIn()
            #expect(await Self.list(again).count == 2)
        }
    }
}
