import Coding
import HTTP
import Secrets
import Testing
import Values

@testable import ProviderTesting

/// The providers that other tests sign in with, themselves tested: one that is too lenient would let
/// mistakes pass.
@Suite struct ProviderTestingTests {
    private let now = Instant(seconds: 1_800_000_000)
    private let callback = "http://localhost/callback"

    private func json(_ response: Response) throws -> JSON {
        guard case .bytes(let bytes) = response.body else { return .null }
        return try JSON(parsing: bytes)
    }

    private func form(_ path: String, _ fields: KeyValuePairs<String, String>) -> Request {
        let body = FormURLEncoded.encode(fields.map { ($0.key, $0.value) })
        return Request(
            .post, path, fields: [.contentType: "application/x-www-form-urlencoded"],
            body: Array(body.utf8))
    }

    // MARK: The mock of the recordings

    @Test func `the mock makes tokens of codes and keeps nothing`() async throws {
        let code = MockProvider.code(for: ["sub": "1", "email": "a@example.com", "name": "A"])
        let tokens = try json(
            await MockProvider.answer(
                form("/token", ["grant_type": "authorization_code", "code": code])))
        #expect(tokens["access_token"] == .string("at-" + code))
        #expect(tokens["expires_in"] == 3600 && tokens["scope"] == "openid email profile")
        let user = try json(
            await MockProvider.answer(
                Request(.get, "/userinfo", fields: [.authorization: "Bearer at-" + code])))
        #expect(
            user == [
                "id": "1", "sub": "1", "email": "a@example.com", "name": "A", "picture": .null,
                "email_verified": true,
            ])
        let newer = try json(
            await MockProvider.answer(
                form("/token", ["grant_type": "refresh_token", "refresh_token": "rt-" + code])))
        #expect(newer["access_token"] == .string("at2-" + code))
        #expect(newer["refresh_token"] == .string("rt-" + code))
    }

    @Test func `the mock refuses what is no code, no refresh token and no access token`()
        async throws
    {
        for fields: KeyValuePairs in [
            ["code": "bad"], ["grant_type": "refresh_token", "refresh_token": "rt-bad"],
            ["grant_type": "refresh_token", "refresh_token": "x"],
        ] {
            let response = await MockProvider.answer(form("/token", fields))
            #expect(response.status == .badRequest)
            #expect(try json(response)["error"] == "invalid_grant")
        }
        #expect(
            await MockProvider.answer(Request(.get, "/userinfo")).status == .unauthorized)
        let page = await MockProvider.answer(
            Request(.get, "/authorize?redirect_uri=http%3A%2F%2Fa%2Fb&state=s&login_hint=h"))
        #expect(page.fields[.location] == "http://a/b?code=h&state=s")
    }

    // MARK: OpenID Connect

    private func provider() throws -> OpenIDProvider {
        let now = now
        return try OpenIDProvider(clock: Clock { now })
    }

    /// A code of one who was sent with the challenge of `verifier`.
    private func code(of provider: OpenIDProvider, verifier: String) throws -> String {
        let query = FormURLEncoded.encode([
            ("response_type", "code"), ("client_id", provider.clientID), ("state", "s"),
            ("redirect_uri", callback), ("nonce", "n"), ("scope", "openid"),
            ("code_challenge", SHA256.digest(of: verifier).base64URL),
        ])
        let answer = try #require(provider.consent(at: provider.issuer + "/authorize?" + query))
        let fields = try FormURLEncoded.decode(query: answer)
        return try #require(fields.first { $0.name == "code" }).text
    }

    private func redeem(
        _ code: String, at provider: OpenIDProvider, verifier: String = "v",
        secret: String? = nil, callback: String? = nil
    ) async -> Response {
        await provider.answer(
            form(
                "/token",
                [
                    "grant_type": "authorization_code", "code": code, "code_verifier": verifier,
                    "redirect_uri": callback ?? self.callback, "client_id": provider.clientID,
                    "client_secret": secret ?? provider.clientSecret,
                ]))
    }

    @Test func `a code is good once, for who started, the client and the place`() async throws {
        let provider = try provider()
        let code = try code(of: provider, verifier: "v")
        #expect(await redeem(code, at: provider).status == .ok)
        #expect(await redeem(code, at: provider).status == .badRequest)
        for (verifier, secret, callback) in [
            ("w", nil, nil), ("v", "wrong", nil), ("v", nil, "http://localhost/elsewhere"),
        ] as [(String, String?, String?)] {
            let code = try self.code(of: provider, verifier: "v")
            let response = await redeem(
                code, at: provider, verifier: verifier, secret: secret, callback: callback)
            #expect(response.status == .badRequest)
        }
    }

    /// The claims of an id_token that was made under these lies, or why it is not believed.
    private func verified(_ lies: Lie...) async throws -> Result<JSON, JWTError> {
        let provider = try provider()
        for lie in lies { provider.lie(lie) }
        let keys = try json(await provider.answer(Request(.get, "/keys")))
        let tokens = try json(
            await redeem(try code(of: provider, verifier: "v"), at: provider))
        let token = try #require(tokens["id_token"]?.asString)
        var rules = JWTRules()
        (rules.issuer, rules.audience) = (provider.issuer, provider.clientID)
        do throws(JWTError) {
            let keys = KeySet(jwks: keys) ?? KeySet([])
            return .success(try JWT.verify(token, keys: keys, at: now, rules: rules).claims)
        } catch {
            return .failure(error)
        }
    }

    @Test func `an honest id_token is verified, a lie is the lie that it is meant to be`()
        async throws
    {
        let claims = try await verified().get()
        #expect(claims["nonce"] == "n" && claims["sub"] == "subject-1")
        #expect(try await verified(.otherNonce).get()["nonce"] == "another-nonce")
        #expect(try await verified(.noNonce).get()["nonce"] == nil)
        #expect(try await verified(.unverifiedAddress).get()["email_verified"] == false)
        for (lie, error) in [
            (.otherAudience, .wrongAudience), (.otherIssuer, .wrongIssuer), (.expired, .expired),
            (.notYetValid, .notYetValid), (.unsigned, .wrongAlgorithm),
            (.signedWithThePublicKey, .wrongAlgorithm), (.signedWithAnUnknownKey, .unknownKey),
            (.signedWithAnotherKey, .wrongSignature), (.otherKindOfToken, .wrongType),
            (.garbledIDToken, .malformed),
        ] as [(Lie, JWTError)] {
            #expect(try await verified(lie) == .failure(error), "\(lie)")
        }
    }

    @Test func `a key that was rotated is published no more`() async throws {
        let provider = try provider()
        let old = try json(await provider.answer(Request(.get, "/keys")))
        try provider.rotateKey()
        let new = try json(await provider.answer(Request(.get, "/keys")))
        #expect(old["keys"]?.asList?.count == 1 && new["keys"]?.asList?.count == 1 && old != new)
        #expect(provider.requests(of: "/keys") == 2)
    }
}
