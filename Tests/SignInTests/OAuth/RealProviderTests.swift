import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import Identity
import ProviderTesting
import SQL
import Testing
import Values

@testable import Server
@testable import SignIn

/// Issue 4: a provider that others wrote, over its own pages' API.
@Suite(.serialized, .enabled(if: Glewlwyd.isExpected)) struct RealProviderTests {
    @Test(
        arguments: Engine.tested,
        [ProviderSettings.Authentication.basic, .post])
    func `S1-14: signing in, linking and refreshing with glewlwyd`(
        on engine: Engine, _ authentication: ProviderSettings.Authentication
    ) async throws {
        let glewlwyd = try Glewlwyd.shared.get()
        var settings = ProviderSettings(
            id: ProviderID(stored: "glewlwyd"), clientID: try ClientID(Glewlwyd.clientID))
        settings.clientSecret = try ClientSecret(Glewlwyd.clientSecret)
        settings.issuer = try ProviderURL(glewlwyd.issuer)
        settings.authentication = authentication
        let own = settings
        try await withServer(on: engine, .set(\.auth.oauth.providers, [own])) { client in
            // It lives by the machine's clock.
            client.clock.advance(by: Clock.system.now - client.clock.now)
            let browser = client.browser()
            let first = try await Self.signIn(browser, glewlwyd)
            #expect(first.status == 200)
            #expect(first.json["user"]?["email"] == "ada@example.com")
            #expect(first.json["user"]?["emailVerified"] == true)
            #expect(first.json["user"]?["name"] == "Ada Lovelace")
            let again = try await Self.signIn(browser, glewlwyd)
            #expect(again.json["user"]?["id"] == first.json["user"]?["id"])
            try await Self.refresh(client, try #require(again.accessToken))
        }
    }

    private static func signIn(
        _ browser: TestClient, _ glewlwyd: Glewlwyd
    ) async throws -> TestAnswer {
        let started = await browser.get("/api/auth/oauth/glewlwyd")
        let url = try #require(started.json["url"]?.asString)
        let back = glewlwyd.consent(at: url)
        let start = "http://localhost:4000"
        try #require(back.hasPrefix(start), "\(back)")
        return await browser.get(String(back.dropFirst(start.count)))
    }

    /// The provider takes the refresh token that it gave, and the new access token is good there.
    private static func refresh(_ client: TestClient, _ token: String) async throws {
        let list = await client.get("/api/auth/accounts", bearer: token)
        let account = try #require(list.json["accounts"]?[0])
        #expect(account["scopes"] == ["openid", "email", "profile"])
        let identity = client.server.program.identity
        let oauth = OAuth(
            identity, client.server.parts.outgoing, baseURL: "http://localhost:4000")
        let me = await client.get("/api/auth/me", bearer: token)
        let user = try #require(me.json["id"]?.asString.flatMap { ID<User>($0) })
        let found = try #require(try await identity.providerAccounts.list(of: user).first)
        let old = try identity.providerAccounts.tokens(of: found)
        client.clock.advance(by: .seconds(1))
        let new = try await oauth.refreshTokens(of: found, .test(client))
        #expect(new.access?.exposed != old.access?.exposed)
        let profile = try await oauth.profile(of: found, new, .test(client))
        #expect(profile.email?.text == "ada@example.com")
    }
}
