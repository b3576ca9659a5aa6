import API
import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import Identity
import Logs
import ProviderTesting
import SQL
import Testing
import Values

@testable import Server
@testable import SignIn

/// A user's accounts elsewhere: linked, listed, untied, and used.
struct ProviderAccountTests {
    private static func link(
        _ visit: ProviderVisit, _ bearer: String, _ target: JSON = .null
    ) async throws -> TestAnswer {
        let started = await visit.browser.post(
            ProviderVisit.start + "/link", ["redirectTo": target], bearer: bearer)
        let url = try #require(started.json["url"]?.asString)
        return await visit.browser.get(try visit.callback(from: url))
    }

    @Test(arguments: Engine.tested)
    func `a signed-in user links an account, sees it, and unties it`(
        on engine: Engine
    ) async throws {
        try await withProvider(on: engine) { visit in
            let user = try await visit.client.user()
            let linked = try await Self.link(visit, user.accessToken)
            #expect(linked.status == 201)
            #expect(linked.json["provider"] == "test")
            #expect(linked.json["accountId"] == "subject-1")
            let list = await visit.client.get("/api/auth/accounts", bearer: user.accessToken)
            #expect(list.json["accounts"]?.asList == [linked.json])
            #expect(!list.text.contains("oken"))
            // He may sign in with it, though nobody has verified his address.
            #expect(try await visit.signIn().json["user"]?["id"]?.asString == user.id)
            // Once more is no more.
            #expect(try await Self.link(visit, user.accessToken).json["id"] == linked.json["id"])
            let id = try #require(linked.json["id"]?.asString)
            let path = "/api/auth/accounts/" + id
            let other = try await visit.client.user("grace@example.com")
            let foreign = await visit.client.send(.delete, path, Self.bearer(other.accessToken))
            #expect(foreign.code == "UNKNOWN_ACCOUNT")
            let gone = await visit.client.send(.delete, path, Self.bearer(user.accessToken))
            #expect(gone.status == 204)
            // Since he was there both sides have verified his address.
            #expect(try await visit.signIn().json["user"]?["id"]?.asString == user.id)
            let events = try await visit.events()
            #expect(events.count { $0 == "account_linked" } == 2)
            #expect(events.count { $0 == "account_unlinked" } == 1)
        }
    }

    private static func bearer(_ token: String) -> Fields { [.authorization: "Bearer " + token] }

    @Test(arguments: Engine.tested)
    func `what is another user's, or has another address, is not linked`(
        on engine: Engine
    ) async throws {
        try await withProvider(on: engine) { visit in
            #expect(try await visit.signIn().status == 200)
            let grace = try await visit.client.user("grace@example.com")
            visit.provider.become { $0.email = "grace@example.com" }
            #expect(try await Self.link(visit, grace.accessToken).code == "ACCOUNT_TAKEN")
            visit.provider.become { ($0.subject, $0.email) = ("subject-2", "ada@example.com") }
            let differs = try await Self.link(visit, grace.accessToken)
            #expect(differs.status == 409)
            #expect(differs.code == "EMAIL_DIFFERS")
            let page = try await Self.link(visit, grace.accessToken, "/account")
            #expect(page[.location] == "/account?error=EMAIL_DIFFERS")
            visit.provider.become { $0.email = "grace@example.com" }
            let linked = try await Self.link(visit, grace.accessToken, "/account")
            #expect(linked[.location] == "/account?linked=test")
            #expect(await visit.browser.post(ProviderVisit.start + "/link", [:]).status == 401)
        }
    }

    @Test(arguments: Engine.tested)
    func `the last way in stays, however many take the last two away at once`(
        on engine: Engine
    ) async throws {
        try await withProvider(on: engine) { visit in
            let answer = try await visit.signIn()
            let access = try #require(answer.accessToken)
            let path = "/api/auth/accounts/"
            let only = await visit.client.get("/api/auth/accounts", bearer: access)
            let id = try #require(only.json["accounts"]?[0]?["id"]?.asString)
            let refused = await visit.client.send(.delete, path + id, Self.bearer(access))
            #expect(refused.status == 409)
            #expect(refused.code == "LAST_ACCOUNT")
            visit.provider.become { $0.subject = "subject-2" }
            #expect(try await Self.link(visit, access).status == 201)
            let both = await visit.client.get("/api/auth/accounts", bearer: access)
            let ids = (both.json["accounts"]?.asList ?? []).compactMap { $0["id"]?.asString }
            #expect(ids.count == 2)
            let answers = await race(10, visit.client) {
                await visit.client.send(.delete, path + ids[$0 % 2], Self.bearer(access))
            }
            #expect(answers.count { $0.status == 204 } == 1)
        }
    }

    // MARK: Tokens

    private static func account(_ visit: ProviderVisit) async throws -> ProviderAccount {
        let rows = try await visit.client.server.database.all(
            "SELECT user_id FROM oauth_accounts", returning: Single<ID<User>>.self)
        let user = try #require(rows.first?.value)
        let accounts = visit.client.server.program.identity.providerAccounts
        return try #require(try await accounts.list(of: user).first)
    }

    @Test(arguments: Engine.tested)
    func `Icons 4, weak point 4: a provider's tokens are sealed, and sealed again`(
        on engine: Engine
    ) async throws {
        try await withProvider(on: engine) { visit in
            #expect(try await visit.signIn().status == 200)
            let identity = visit.client.server.program.identity
            let sealed = try await Self.sealed(visit)
            #expect(sealed.count == 3 && sealed.allSatisfy { $0.hasPrefix("a1.") })
            let account = try await Self.account(visit)
            let tokens = try identity.providerAccounts.tokens(of: account)
            #expect(tokens.access != nil && tokens.refresh != nil && tokens.id != nil)
            #expect(tokens.scopes == ["openid", "email", "profile"])
            #expect(tokens.accessExpiresAt == visit.client.clock.now + .hours(1))
            // Each value is where it belongs: `keys rotate` opens all of them.
            let columns = identity.sealedColumns.filter { $0.name.hasPrefix("oauth_accounts.") }
            #expect(columns.count == 3)
            for column in columns {
                #expect(try await column.count(in: identity.database).values.reduce(0, +) > 0)
                #expect(try await column.reseal(in: identity.database) == 0)
            }
        }
    }

    private static func sealed(_ visit: ProviderVisit) async throws -> [String] {
        try await visit.client.server.database.all(
            """
            SELECT access_token FROM oauth_accounts UNION ALL
            SELECT refresh_token FROM oauth_accounts UNION ALL SELECT id_token FROM oauth_accounts
            """, returning: Single<String>.self
        ).map(\.value)
    }

    @Test(arguments: Engine.tested)
    func `an access token is refreshed when it has ended, by one of all who want it`(
        on engine: Engine
    ) async throws {
        try await withProvider(on: engine) { visit in
            #expect(try await visit.signIn().status == 200)
            let oauth = visit.oauth
            let account = try await Self.account(visit)
            let first = try await oauth.usableTokens(of: account, .test(visit.client))
            #expect(visit.provider.requests(of: "/token") == 1)
            visit.advance(by: .hours(1))
            // The provider takes a refresh token once only.
            let tokens = await race(20, visit.client) { _ in
                try? await oauth.usableTokens(of: account, .test(visit.client))
            }
            #expect(tokens.allSatisfy { $0 != nil })
            #expect(Set(tokens.map { $0?.access?.exposed }).count == 1)
            #expect(tokens[0]?.access?.exposed != first.access?.exposed)
            #expect(visit.provider.requests(of: "/token") == 2)
            let profile = try await oauth.profile(
                of: try await Self.account(visit), try #require(tokens[0]), .test(visit.client))
            #expect(profile.accountID == "subject-1")
            #expect(
                try await visit.events() == ["provider_tokens_refreshed", "signed_up"])
        }
    }

    @Test(arguments: Engine.tested)
    func `a refresh that fails is told, and the next may try`(on engine: Engine) async throws {
        try await withProvider(on: engine) { visit in
            #expect(try await visit.signIn().status == 200)
            let account = try await Self.account(visit)
            visit.provider.lie(.failsWith500)
            await #expect(throws: Failure.providerDown) {
                try await visit.oauth.refreshTokens(of: account, .test(visit.client))
            }
            visit.provider.lie()
            _ = try await visit.oauth.refreshTokens(of: account, .test(visit.client))
            // Somebody else has used the token: the provider does not take it any more.
            let newer = try await Self.account(visit)
            _ = try await visit.oauth.refreshTokens(of: newer, .test(visit.client))
            let stale = try await Self.account(visit)
            let taken = try visit.client.server.program.identity.providerAccounts.tokens(of: stale)
            _ = try await TokenEndpoint(
                provider: try visit.oauth.require("test"),
                place: visit.provider.issuer + "/token", caller: visit.oauth.caller
            ).refresh(try #require(taken.refresh), at: visit.client.clock.now)
            await #expect(throws: Failure.grantRefused) {
                try await visit.oauth.refreshTokens(of: stale, .test(visit.client))
            }
        }
    }
}

extension Call {
    /// A call of nobody's, at the moment of the client's clock.
    static func test(_ client: TestClient) -> Call {
        Call(
            request: Request(.get, "/"), now: client.clock.now, requestID: "test",
            logger: Logger(
                level: .debug, format: .json, clock: client.clock.clock, sink: client.log))
    }
}

extension ProviderVisit {
    /// The sign-in of the server, as its surfaces use it.
    var oauth: OAuth {
        OAuth(
            client.server.program.identity, client.server.parts.outgoing,
            baseURL: "http://localhost:4000")
    }
}
