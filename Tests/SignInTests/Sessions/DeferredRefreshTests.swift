import AtriumTesting
import Coding
import SQL
import Server
import Testing
import Values

/// `compat.deferRefresh`: get-session by GET only reads, and a POST moves the session's end.
struct DeferredRefreshTests {
    private static var isOn: SettingsChange { .set(\.compat.deferRefresh, true) }
    private static let path = "/api/auth/get-session"

    @Test(arguments: Engine.tested)
    func `without it POST is refused and GET moves the end`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            let posted = await browser.post(Self.path, [:])
            #expect(posted.status == 405)
            #expect(posted.code == "METHOD_NOT_ALLOWED_DEFER_SESSION_REQUIRED")
            #expect(names(await browser.get(Self.path).json) == ["session", "user"])
        }
    }

    @Test(arguments: Engine.tested)
    func `GET says what is due and POST does it`(on engine: Engine) async throws {
        try await withServer(on: engine, Self.isOn) { client in
            let browser = try await client.signedUp()
            let fresh = await browser.get(Self.path).json
            #expect(names(fresh) == ["session", "user", "needsRefresh"])
            #expect(fresh["needsRefresh"] == false)
            client.clock.advance(by: .days(2))
            let due = await browser.get(Self.path)
            #expect(due.json["needsRefresh"] == true)
            #expect(due.json["session"]?["expiresAt"] == fresh["session"]?["expiresAt"])
            #expect(due.setCookies.isEmpty)
            let kept = await browser.post(Self.path + "?disableRefresh=true")
            #expect(kept.json["session"]?["expiresAt"] == fresh["session"]?["expiresAt"])
            let moved = await browser.post(Self.path)
            #expect(names(moved.json) == ["session", "user"])
            #expect(moved.json["session"]?["expiresAt"] != fresh["session"]?["expiresAt"])
            #expect(moved.setCookies.map(\.name) == ["better-auth.session_token"])
            #expect(await browser.get(Self.path).json["needsRefresh"] == false)
        }
    }

    @Test(arguments: Engine.tested)
    func `a POST without session, from elsewhere or of an unremembered session changes nothing`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, Self.isOn) { client in
            #expect(await client.another().post(Self.path).text == "null")
            let browser = try await client.signedUp(remembered: false)
            var foreign = browser
            foreign.origin = "https://evil.example"
            #expect(await foreign.post(Self.path).code == "INVALID_ORIGIN")
            client.clock.advance(by: .hours(23))
            let before = await browser.get(Self.path).json
            #expect(names(before) == ["session", "user"])
            let after = await browser.post(Self.path).json
            #expect(after["session"]?["expiresAt"] == before["session"]?["expiresAt"])
        }
    }
}
