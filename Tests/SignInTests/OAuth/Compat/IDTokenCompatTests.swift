import AtriumTesting
import Coding
import HTTP
import ProviderTesting
import SQL
import Testing
import Values

/// Signing in and linking with an id_token that an app got from the provider by itself.
@Suite struct IDTokenCompatTests {
    private static func show(
        _ visit: ProviderVisit, to browser: TestClient, at path: String = "sign-in/social",
        nonce: String? = nil, _ more: JSONObject = [:]
    ) async throws -> TestAnswer {
        var token = more
        token["token"] = .string(try #require(visit.provider.idToken(nonce: nonce)))
        return await browser.post(
            "/api/auth/" + path, ["provider": "test", "idToken": .object(token)])
    }

    @Test(arguments: Engine.allCases)
    func `who shows a token of the provider's for us is signed in at once`(on engine: Engine)
        async throws
    {
        try await withProvider(on: engine) { visit in
            let answer = try await Self.show(
                visit, to: visit.browser, nonce: "n", ["nonce": "n", "accessToken": "kept"])
            #expect(answer.status == 200)
            #expect(names(answer.json) == ["redirect", "token", "user"])
            #expect(answer.json["redirect"] == false)
            #expect(answer.json["user"]?["email"] == "ada@example.com")
            #expect(await visit.browser.session["token"] == answer.json["token"])
            let id = try await visit.browser.account("test")
            let tokens = await visit.browser.post(
                "/api/auth/get-access-token", ["accountId": .string(id)])
            #expect(tokens.json["accessToken"] == "kept")
            // The same one again: the user is known.
            let again = try await Self.show(visit, to: visit.client.browser())
            #expect(again.json["user"]?["id"] == answer.json["user"]?["id"])
        }
    }

    @Test(
        arguments: Engine.allCases,
        [
            Lie.otherAudience, .otherIssuer, .expired, .unsigned, .signedWithThePublicKey,
            .signedWithAnUnknownKey, .signedWithAnotherKey, .garbledIDToken, .otherKindOfToken,
        ])
    func `what the provider has not signed for us, now, is refused`(on engine: Engine, lie: Lie)
        async throws
    {
        try await withProvider(on: engine) { visit in
            visit.provider.lie(lie)
            let answer = try await Self.show(visit, to: visit.browser)
            #expect(answer.status == 401 && answer.code == "INVALID_TOKEN")
            #expect(answer.setCookies.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func `a nonce that the app names must be in the token`(on engine: Engine) async throws {
        try await withProvider(on: engine) { visit in
            for nonce in [nil, "another"] {
                let answer = try await Self.show(
                    visit, to: visit.browser, nonce: nonce, ["nonce": "n"])
                #expect(answer.status == 401 && answer.code == "INVALID_TOKEN")
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func `made-up tokens do not have the provider asked for its keys`(on engine: Engine)
        async throws
    {
        try await withProvider(on: engine) { visit in
            for token in ["x.y.z", "", "e30.e30.e30", "a.b", String(repeating: "a", count: 40_000)]
            {
                let answer = await visit.browser.post(
                    "/api/auth/sign-in/social",
                    ["provider": "test", "idToken": ["token": .string(token)]])
                #expect(answer.status == 401 && answer.code == "INVALID_TOKEN")
            }
            #expect(visit.provider.requests(of: "/keys") == 0)
        }
    }

    @Test(arguments: Engine.allCases)
    func `a user links the account of a token that he shows`(on engine: Engine) async throws {
        try await withProvider(on: engine) { visit in
            let owner = try await visit.client.signedUp()
            let linked = try await Self.show(visit, to: owner, at: "link-social")
            #expect(linked.json == ["url": "", "status": true, "redirect": false])
            #expect(await owner.accounts.count == 2)
            visit.provider.become { ($0.subject, $0.email) = ("s-2", "eve@example.com") }
            let differs = try await Self.show(visit, to: owner, at: "link-social")
            #expect(
                differs.status == 401 && differs.code == "LINKING_DIFFERENT_EMAILS_NOT_ALLOWED")
            let eve = try await visit.client.signedUp("eve@example.com")
            visit.provider.become { $0.subject = "subject-1" }
            let taken = try await Self.show(visit, to: eve, at: "link-social")
            #expect(taken.status == 409 && taken.code == "SOCIAL_ACCOUNT_ALREADY_LINKED")
            visit.provider.become { ($0.subject, $0.isVerified) = ("s-3", false) }
            let unverified = try await Self.show(visit, to: eve, at: "link-social")
            #expect(unverified.status == 401 && unverified.code == "LINKING_NOT_ALLOWED")
        }
    }

    @Test(arguments: Engine.allCases)
    func `a user whose address is not verified here is not found by it`(on engine: Engine)
        async throws
    {
        try await withProvider(on: engine) { visit in
            _ = try await visit.client.signedUp()
            let answer = try await Self.show(visit, to: visit.browser)
            #expect(answer.status == 401 && answer.code == "OAUTH_LINK_ERROR")
            #expect(answer.message == "account not linked")
        }
    }
}
