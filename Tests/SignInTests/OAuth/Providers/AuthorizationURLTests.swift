import Identity
import Testing
import Values

@testable import SignIn

/// S0-3, S0-8: the addresses of the built-in providers' pages, letter by letter what better-auth makes of them.
@Suite struct AuthorizationURLTests {
    /// All that are built in, each with the client id `client`.
    static func catalog(_ change: (inout OAuthSettings) throws -> Void = { _ in }) throws
        -> ProviderCatalog
    {
        var client = ClientSettings()
        client.clientID = try ClientID("client")
        client.clientSecret = try ClientSecret("secret")
        var settings = OAuthSettings()
        for path in [
            \OAuthSettings.google, \.github, \.discord, \.gitlab, \.facebook, \.spotify, \.twitch,
            \.linkedin, \.twitter, \.slack,
        ] {
            settings[keyPath: path] = client
        }
        (settings.microsoft.clientID, settings.apple.clientID) = (client.clientID, client.clientID)
        settings.microsoft.clientSecret = client.clientSecret
        settings.apple.clientSecret = client.clientSecret
        try change(&settings)
        return ProviderCatalog(settings)
    }

    private func url(
        of name: String, in catalog: ProviderCatalog, _ change: (inout AuthorizationURL) -> Void
    ) throws -> String {
        let provider = try #require(catalog.find(name))
        var url = AuthorizationURL(
            state: "STATE", redirectURI: "http://localhost:4000/api/auth/callback/" + name)
        url.codeChallenge = provider.usesPKCE ? "CHALLENGE" : nil
        change(&url)
        return url.text(of: provider, at: try #require(provider.endpoints.authorize))
    }

    private static let pkce = "&code_challenge_method=S256&code_challenge=CHALLENGE"
    private static let claims =
        "&claims=%7B%22id_token%22%3A%7B%22email%22%3Anull%2C%22email_verified%22%3Anull%2C"
        + "%22preferred_username%22%3Anull%2C%22picture%22%3Anull%7D%7D"

    @Test(arguments: [
        (
            "google", "https://accounts.google.com/o/oauth2/v2/auth", "code",
            "email+profile+openid", pkce + "&include_granted_scopes=true"
        ),
        (
            "github", "https://github.com/login/oauth/authorize", "code",
            "read%3Auser+user%3Aemail", pkce
        ),
        (
            "discord", "https://discord.com/api/oauth2/authorize", "code", "identify+email",
            "&prompt=none"
        ),
        ("gitlab", "https://gitlab.com/oauth/authorize", "code", "read_user", pkce),
        (
            "microsoft", "https://login.microsoftonline.com/common/oauth2/v2.0/authorize", "code",
            "openid+profile+email+User.Read+offline_access", pkce
        ),
        (
            "facebook", "https://www.facebook.com/v24.0/dialog/oauth", "code",
            "email+public_profile", ""
        ),
        (
            "apple", "https://appleid.apple.com/auth/authorize", "code+id_token", "email+name",
            "&response_mode=form_post" + pkce
        ),
        ("spotify", "https://accounts.spotify.com/authorize", "code", "user-read-email", pkce),
        (
            "twitch", "https://id.twitch.tv/oauth2/authorize", "code",
            "user%3Aread%3Aemail+openid", claims
        ),
        (
            "linkedin", "https://www.linkedin.com/oauth/v2/authorization", "code",
            "profile+email+openid", ""
        ),
        (
            "twitter", "https://x.com/i/oauth2/authorize", "code",
            "users.read+tweet.read+offline.access+users.email", pkce
        ),
        (
            "slack", "https://slack.com/openid/connect/authorize", "code", "openid+profile+email",
            ""
        ),
    ])
    func `a built-in provider's page`(
        name: String, page: String, type: String, scopes: String, rest: String
    ) throws {
        #expect(
            try url(of: name, in: Self.catalog()) { _ in }
                == "\(page)?response_type=\(type)&client_id=client&state=STATE&scope=\(scopes)"
                + "&redirect_uri=http%3A%2F%2Flocalhost%3A4000%2Fapi%2Fauth%2Fcallback%2F\(name)"
                + rest)
    }

    @Test func `every built-in provider is tried above`() throws {
        #expect(
            try Self.catalog().providers.map(\.id.text)
                == BuiltInProvider.allCases.map(\.rawValue))
    }

    @Test func `more scopes, a hint and a nonce have their places`() throws {
        let text = try url(of: "google", in: Self.catalog()) { url in
            url.scopes = ["https://www.googleapis.com/auth/drive.readonly"]
            url.loginHint = "a@b.co"
            url.nonce = "NONCE"
        }
        #expect(
            text.hasPrefix(
                "https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=client"
                    + "&state=STATE&scope=email+profile+openid+https%3A%2F%2Fwww.googleapis.com"
                    + "%2Fauth%2Fdrive.readonly&redirect_uri="))
        #expect(
            text.hasSuffix(
                "&login_hint=a%40b.co&nonce=NONCE" + Self.pkce + "&include_granted_scopes=true"))
    }

    @Test func `parameters of settings and of requests cannot touch what protects the flow`() throws
    {
        let catalog = try Self.catalog { settings in
            settings.google.parameters = ["access_type": "offline", "state": "mine"]
        }
        let text = try url(of: "google", in: catalog) { url in
            url.parameters = [
                ("hd", "example.com"), ("redirect_uri", "https://evil.example"),
                ("access_type", "online"), ("code_challenge", "x"), ("scope", "all"),
            ]
        }
        #expect(
            text.hasSuffix(
                Self.pkce + "&access_type=online&include_granted_scopes=true&hd=example.com"))
        #expect(!text.contains("evil") && !text.contains("mine") && !text.contains("scope=all"))
    }

    @Test func `a provider of one's own is asked as its settings say`() throws {
        var own = ProviderSettings(id: try ProviderID("mock"), clientID: try ClientID("mine"))
        own.authorizationURL = try ProviderURL("http://127.0.0.1:4790/authorize?kind=a")
        own.scopes = [try OAuthScope("openid"), try OAuthScope("email")]
        own.pkce = false
        let catalog = try Self.catalog { $0.providers = [own] }
        let text = try url(of: "mock", in: catalog) { url in
            url.scopes = ["extra"]
            url.loginHint = "ada@example.com"
        }
        #expect(
            text == "http://127.0.0.1:4790/authorize?kind=a&response_type=code&client_id=mine"
                + "&state=STATE&scope=extra+openid+email&redirect_uri=http%3A%2F%2Flocalhost"
                + "%3A4000%2Fapi%2Fauth%2Fcallback%2Fmock&login_hint=ada%40example.com")
    }
}
