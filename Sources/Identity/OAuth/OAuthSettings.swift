import Values

/// Signing in with an account elsewhere ([providers.md](providers.md)). A provider is on when
/// it has a client id and a secret.
package struct OAuthSettings: Codable, Sendable {
    package var google = ClientSettings()
    package var github = ClientSettings()
    package var microsoft = MicrosoftClientSettings()
    package var discord = ClientSettings()
    package var gitlab = ClientSettings()
    package var facebook = ClientSettings()
    package var apple = AppleClientSettings()
    package var spotify = ClientSettings()
    package var twitch = ClientSettings()
    package var linkedin = ClientSettings()
    package var twitter = ClientSettings()
    package var slack = ClientSettings()
    /// Any other provider that speaks OAuth 2.0 or OpenID Connect, as a list of objects; their members
    /// are in [providers.md](providers.md).
    package var providers: [ProviderSettings] = []
    /// Whether a page that somebody is sent back to gets tokens behind the `#` of its address, in
    /// place of a one-time code. They then stay in the browser's history. For old pages only.
    package var fragmentTokens = false

    package init() {}

    /// The client at a provider that needs no settings of its own.
    package subscript(provider: BuiltInProvider) -> ClientSettings {
        switch provider {
        case .google: google
        case .github: github
        case .microsoft: microsoft.client
        case .discord: discord
        case .gitlab: gitlab
        case .facebook: facebook
        case .apple: apple.client
        case .spotify: spotify
        case .twitch: twitch
        case .linkedin: linkedin
        case .twitter: twitter
        case .slack: slack
        }
    }
}

/// Which client this program is there.
package struct ClientSettings: Codable, Sendable {
    /// The client id that the provider has given.
    package var clientID: ClientID?
    /// The secret that belongs to the client id.
    package var clientSecret: ClientSecret?
    /// Scopes beside those that signing in needs.
    package var scopes: [OAuthScope] = []
    /// More parameters for the provider's page: `{access_type: "offline"}` has Google give refresh
    /// tokens.
    package var parameters: [String: String] = [:]

    package init() {}
}

/// Which client this program is at Microsoft Entra ID.
package struct MicrosoftClientSettings: Codable, Sendable {
    /// The client id that the provider has given.
    package var clientID: ClientID?
    /// The secret that belongs to the client id.
    package var clientSecret: ClientSecret?
    /// Whose accounts are taken: `common`, `organizations`, `consumers`, or one tenant by its id.
    package var tenant = MicrosoftTenant.common
    /// Scopes beside those that signing in needs.
    package var scopes: [OAuthScope] = []
    /// More parameters for the provider's page.
    package var parameters: [String: String] = [:]

    package init() {}

    var client: ClientSettings {
        var client = ClientSettings()
        (client.clientID, client.clientSecret) = (clientID, clientSecret)
        (client.scopes, client.parameters) = (scopes, parameters)
        return client
    }
}

/// Which client this program is at Apple. The secret is a token that is good for half a
/// year at most: either one that was made elsewhere, or what it is made of.
package struct AppleClientSettings: Codable, Sendable {
    /// The services id.
    package var clientID: ClientID?
    /// A secret that was made elsewhere.
    package var clientSecret: ClientSecret?
    /// The team's id: with `keyID` and `privateKey`, secrets are made here.
    package var teamID: ClientID?
    /// The id of the private key.
    package var keyID: ClientID?
    /// The text of the `.p8` file.
    package var privateKey: ApplePrivateKey?
    /// Scopes beside those that signing in needs.
    package var scopes: [OAuthScope] = []
    /// More parameters for the provider's page.
    package var parameters: [String: String] = [:]

    package init() {}

    var client: ClientSettings {
        var client = ClientSettings()
        (client.clientID, client.clientSecret) = (clientID, clientSecret)
        (client.scopes, client.parameters) = (scopes, parameters)
        return client
    }
}

/// Whether, and when, an account of a provider is tied to a user who is there already.
package struct LinkingSettings: Codable, Sendable {
    /// Whether accounts can be linked at all.
    package var isOn = true
    /// Whether signing in with a provider links its account to the user with that address: where both
    /// the provider and we have verified it. If not, only somebody signed in can link.
    package var isImplicit = true
    /// Providers whose word for an address is taken even if they do not say that it is verified.
    package var trustedProviders: [ProviderID] = []
    /// Whether somebody signed in may link an account that has another address.
    package var allowsDifferentEmails = false
    /// Whether a user may unlink the last account by which he can sign in.
    package var allowsUnlinkingAll = false

    package init() {}
}
