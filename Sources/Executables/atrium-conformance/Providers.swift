import Identity
import Values

extension OAuthSettings {
    /// Clients as the recordings name them.
    mutating func configureBuiltIn() throws(Invalid) {
        for (path, name) in Self.clients {
            self[keyPath: path].clientID = try ClientID(name + "-client")
            self[keyPath: path].clientSecret = try ClientSecret(name + "-secret")
        }
        microsoft.clientID = try ClientID("ms-client")
        microsoft.clientSecret = try ClientSecret("ms-secret")
        apple.clientID = try ClientID("apple-client")
        apple.clientSecret = try ClientSecret("apple-secret")
    }

    private static var clients: [(WritableKeyPath<OAuthSettings, ClientSettings>, String)] {
        [
            (\.google, "google"), (\.github, "github"), (\.discord, "discord"),
            (\.gitlab, "gitlab"), (\.facebook, "fb"), (\.spotify, "spotify"),
            (\.twitch, "twitch"), (\.linkedin, "linkedin"), (\.twitter, "twitter"),
            (\.slack, "slack"),
        ]
    }
}

extension ProviderSettings {
    /// The two generic providers of the recordings, both at the mock.
    static func mocks(at address: String) throws(Invalid) -> [ProviderSettings] {
        var mock = try make("mock", at: address)
        mock.clientSecret = try ClientSecret("mock-secret")
        mock.accountIssuer = try AccountIssuer("mock-issuer")
        mock.scopes = [
            try OAuthScope("openid"), try OAuthScope("email"), try OAuthScope("profile"),
        ]
        var other = try make("mock-nosignup", client: "mock-client-2", at: address)
        other.clientSecret = try ClientSecret("mock-secret-2")
        other.accountIssuer = try AccountIssuer("mock-issuer-2")
        other.scopes = [try OAuthScope("openid"), try OAuthScope("email")]
        other.pkce = false
        other.signUp = .requested
        return [mock, other]
    }

    private static func make(
        _ id: String, client: String = "mock-client", at address: String
    ) throws(Invalid) -> ProviderSettings {
        var provider = ProviderSettings(id: try ProviderID(id), clientID: try ClientID(client))
        provider.authorizationURL = try ProviderURL(address + "/authorize")
        provider.tokenURL = try ProviderURL(address + "/token")
        provider.userInfoURL = try ProviderURL(address + "/userinfo")
        return provider
    }
}
