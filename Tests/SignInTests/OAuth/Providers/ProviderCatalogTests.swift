import Coding
import Identity
import Secrets
import Testing
import Values

@testable import SignIn

@Suite struct ProviderCatalogTests {
    @Test func `a provider is on when it has a client id and a secret`() throws {
        var settings = OAuthSettings()
        settings.github.clientID = try ClientID("client")
        settings.google.clientSecret = try ClientSecret("secret")
        #expect(ProviderCatalog(settings).providers.isEmpty)
        settings.github.clientSecret = try ClientSecret("secret")
        let catalog = ProviderCatalog(settings)
        #expect(catalog.providers.map(\.id.text) == ["github"])
        let secret = catalog.find("github")?.client.secret(at: Instant(seconds: 0))
        #expect(secret?.exposed == "secret")
        #expect(catalog.find("google") == nil && catalog.find("nope") == nil)
    }

    @Test func `accounts are kept in the name of the issuer, or in a name of ours`() throws {
        let catalog = try AuthorizationURLTests.catalog()
        let claims: JSON = ["iss": "https://login.microsoftonline.com/t/v2.0"]
        func issuer(_ name: String) -> String? { catalog.find(name)?.issuer.name(in: claims) }
        #expect(issuer("google") == "https://accounts.google.com")
        #expect(issuer("apple") == "https://appleid.apple.com")
        #expect(issuer("github") == "local:oauth:github")
        #expect(issuer("microsoft") == "https://login.microsoftonline.com/t/v2.0")
        #expect(catalog.find("microsoft")?.issuer.name(in: [:]) == nil)
    }

    @Test func `an issuer is enough for OpenID Connect`() throws {
        var own = ProviderSettings(id: try ProviderID("sso"), clientID: try ClientID("mine"))
        own.issuer = try ProviderURL("https://sso.example.com/realms/a/")
        own.scopes = [try OAuthScope("email")]
        var settings = OAuthSettings()
        settings.providers = [own]
        var linking = LinkingSettings()
        linking.trustedProviders = [own.id]
        let provider = try #require(ProviderCatalog(settings, linking).find(own.id))
        #expect(
            provider.endpoints.discovery
                == "https://sso.example.com/realms/a/.well-known/openid-configuration")
        #expect(provider.issuer == .fixed("https://sso.example.com/realms/a/"))
        #expect(provider.page.scopes == ["openid", "email"])
        #expect(provider.usesNonce && provider.usesPKCE && provider.isTrusted)
        #expect(
            provider.idToken?.accepts(issuerOf: ["iss": "https://sso.example.com/realms/a/"])
                == true)
        #expect(
            provider.idToken?.accepts(issuerOf: ["iss": "https://sso.example.com/realms/b/"])
                == false)
    }

    @Test func `who may become a user`() throws {
        var own = ProviderSettings(id: try ProviderID("mock"), clientID: try ClientID("mine"))
        func allowed(_ signUp: ProviderSettings.SignUpRule) -> [Bool] {
            own.signUp = signUp
            let provider = Provider(own)
            return [false, true].map { provider.allowsSignUp(isRequested: $0) }
        }
        #expect(allowed(.always) == [true, true])
        #expect(allowed(.requested) == [false, true])
        #expect(allowed(.never) == [false, false])
    }

    @Test
    func `S1-16: a tenant of Microsoft's is part of its addresses and of what its tokens say`()
        throws
    {
        let tenant = "11111111-2222-3333-4444-555555555555"
        let other = "99999999-2222-3333-4444-555555555555"
        let consumers = "9188040d-6c67-4c5b-b112-36a304b66dad"
        func accepts(_ name: String, _ id: String, issuer: String? = nil) throws -> Bool {
            let catalog = try AuthorizationURLTests.catalog {
                $0.microsoft.tenant = try MicrosoftTenant(name)
            }
            let provider = try #require(catalog.find("microsoft"))
            #expect(
                provider.endpoints.token
                    == "https://login.microsoftonline.com/\(name)/oauth2/v2.0/token")
            let issuer = issuer ?? "https://login.microsoftonline.com/\(id)/v2.0"
            return try #require(provider.idToken)
                .accepts(issuerOf: ["iss": .string(issuer), "tid": .string(id)])
        }
        #expect(try accepts(tenant, tenant) && !accepts(tenant, other))
        #expect(try accepts("common", tenant) && accepts("common", consumers))
        #expect(try accepts("organizations", tenant) && !accepts("organizations", consumers))
        #expect(try !accepts("consumers", tenant) && accepts("consumers", consumers))
        #expect(try !accepts("common", "x/../y"))
        #expect(try !accepts("common", tenant, issuer: "https://evil.example/\(tenant)/v2.0"))
        #expect(throws: Invalid.rule("oauth.tenant")) { try MicrosoftTenant("contoso.com/x") }
    }

    @Test func `Apple's secret is made of its key and good for minutes`() throws {
        let key = try SigningKey.generate(.es256)
        let pem =
            "-----BEGIN PRIVATE KEY-----\\n" + Base64.encode(key.pkcs8.exposed)
            + "\\n-----END PRIVATE KEY-----\\n"
        let catalog = try AuthorizationURLTests.catalog { settings in
            settings.apple.clientSecret = nil
            settings.apple.teamID = try ClientID("TEAM")
            settings.apple.keyID = try ClientID("KEY")
            settings.apple.privateKey = try ApplePrivateKey(pem)
        }
        let now = Instant(seconds: 1_800_000_000)
        let secret = try #require(catalog.find("apple")?.client.secret(at: now)).exposed
        let publicKey = try VerifyingKey(jwk: .object(named(key.verifyingKey.jwk, "KEY")))
        let verified = try JWT.verify(secret, keys: KeySet([publicKey]), at: now)
        #expect(verified.keyID == "KEY")
        #expect(
            verified.claims
                == [
                    "iss": "TEAM", "sub": "client", "aud": "https://appleid.apple.com",
                    "iat": 1_800_000_000, "exp": 1_800_000_300,
                ])
        #expect(throws: Invalid.rule("oauth.applePrivateKey")) { try ApplePrivateKey("no key") }
    }

    private func named(_ jwk: JSON, _ id: String) -> JSONObject {
        var jwk = jwk.asObject ?? [:]
        jwk["kid"] = .string(id)
        return jwk
    }
}
