import Identity
import Secrets
import Values

extension Provider {
    /// One of `auth.oauth.providers`, whose rules were checked when the settings were read.
    init(_ settings: ProviderSettings) {
        let issuer = settings.issuer?.text
        id = settings.id
        client = ProviderClient(
            id: settings.clientID.text,
            proof: settings.clientSecret.map { .secret($0.secret) } ?? .none,
            authentication: settings.authentication)
        endpoints = ProviderEndpoints(
            authorize: settings.authorizationURL?.text, token: settings.tokenURL?.text,
            userInfo: settings.userInfoURL?.text, keys: settings.keysURL?.text,
            discovery: settings.discoveryURL?.text ?? issuer.map(Self.discovery))
        let name = settings.accountIssuer?.text ?? issuer
        self.issuer = name.map(ProviderIssuer.fixed) ?? .local(settings.id)
        idToken = issuer.map { IDTokenRules(issuer: .oneOf([$0]), isRequired: true) }
        page = ProviderPage(scopes: Self.scopes(of: settings))
        page.putsAskedScopesFirst = true
        page.takesLoginHint = true
        page.parameters = settings.parameters
        usesPKCE = settings.pkce
        usesNonce = settings.nonce && issuer != nil
        signUp = settings.signUp
        readProfile = issuer == nil ? ProviderProfile.plain : ProviderProfile.openID
    }

    /// OpenID Connect Discovery 1.0 §4.1.
    private static func discovery(of issuer: String) -> String {
        (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer)
            + "/.well-known/openid-configuration"
    }

    /// OpenID Connect is asked for by name.
    private static func scopes(of settings: ProviderSettings) -> [String] {
        let scopes = settings.scopes.map(\.text)
        guard settings.issuer != nil else { return scopes }
        if scopes.isEmpty { return ["openid", "email", "profile"] }
        return scopes.contains("openid") ? scopes : ["openid"] + scopes
    }
}
