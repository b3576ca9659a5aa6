import Identity

/// What sets a built-in provider apart, whoever its client is. Their documents are named beside
/// each.
struct ProviderTraits {
    var endpoints: ProviderEndpoints
    var page: ProviderPage
    var issuer: ProviderIssuer?
    var idToken: IDTokenRules?
    var usesPKCE = true
    var authentication = ProviderSettings.Authentication.post
    var readProfile: @Sendable (ProviderWords) -> ProviderProfile?

    private init(
        _ authorize: String, token: String, userInfo: String? = nil, keys: String? = nil,
        scopes: [String], takesLoginHint: Bool = false,
        _ readProfile: @escaping @Sendable (ProviderWords) -> ProviderProfile?
    ) {
        endpoints = ProviderEndpoints(
            authorize: authorize, token: token, userInfo: userInfo, keys: keys)
        page = ProviderPage(scopes: scopes)
        page.takesLoginHint = takesLoginHint
        self.readProfile = readProfile
    }

    static func of(_ name: BuiltInProvider, tenant: String) -> ProviderTraits {
        switch name {
        case .google: google
        case .github: github
        case .microsoft: microsoft(tenant)
        case .discord: discord
        case .gitlab: gitlab
        case .facebook: facebook
        case .apple: apple
        case .spotify: spotify
        case .twitch: twitch
        case .linkedin: linkedin
        case .twitter: twitter
        case .slack: slack
        }
    }

    // MARK: Those that give id_tokens

    // https://developers.google.com/identity/openid-connect/openid-connect
    private static var google: ProviderTraits {
        var traits = ProviderTraits(
            "https://accounts.google.com/o/oauth2/v2/auth",
            token: "https://oauth2.googleapis.com/token",
            keys: "https://www.googleapis.com/oauth2/v3/certs",
            scopes: ["email", "profile", "openid"], takesLoginHint: true, ProviderProfile.openID)
        traits.issuer = .fixed("https://accounts.google.com")
        traits.idToken = IDTokenRules(
            issuer: .oneOf(["https://accounts.google.com", "accounts.google.com"]),
            isRequired: true)
        traits.page.parameters = ["include_granted_scopes": "true"]
        return traits
    }

    // https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc
    private static func microsoft(_ tenant: String) -> ProviderTraits {
        let place = "https://login.microsoftonline.com/" + tenant
        var traits = ProviderTraits(
            place + "/oauth2/v2.0/authorize", token: place + "/oauth2/v2.0/token",
            keys: place + "/discovery/v2.0/keys",
            scopes: ["openid", "profile", "email", "User.Read", "offline_access"],
            takesLoginHint: true, ProviderProfile.microsoft)
        traits.issuer = .claim
        traits.idToken = IDTokenRules(issuer: .microsoft(tenant: tenant), isRequired: true)
        return traits
    }

    // https://developer.apple.com/documentation/signinwithapplerestapi
    private static var apple: ProviderTraits {
        var traits = ProviderTraits(
            "https://appleid.apple.com/auth/authorize",
            token: "https://appleid.apple.com/auth/token",
            keys: "https://appleid.apple.com/auth/keys", scopes: ["email", "name"],
            ProviderProfile.apple)
        traits.issuer = .fixed("https://appleid.apple.com")
        traits.idToken = IDTokenRules(
            issuer: .oneOf(["https://appleid.apple.com"]), isRequired: true,
            takesHashedNonce: true)
        traits.page.responseType = "code id_token"
        traits.page.responseMode = "form_post"
        return traits
    }

    // https://dev.twitch.tv/docs/authentication/getting-tokens-oidc
    private static var twitch: ProviderTraits {
        var traits = ProviderTraits(
            "https://id.twitch.tv/oauth2/authorize", token: "https://id.twitch.tv/oauth2/token",
            keys: "https://id.twitch.tv/oauth2/keys", scopes: ["user:read:email", "openid"],
            ProviderProfile.twitch)
        traits.idToken = IDTokenRules(
            issuer: .oneOf(["https://id.twitch.tv/oauth2"]), isRequired: true, canSignIn: false)
        traits.page.claims = ["email", "email_verified", "preferred_username", "picture"]
        traits.usesPKCE = false
        return traits
    }

    // https://developers.facebook.com/docs/facebook-login: id_tokens only of Limited Login.
    private static var facebook: ProviderTraits {
        var traits = ProviderTraits(
            "https://www.facebook.com/v24.0/dialog/oauth",
            token: "https://graph.facebook.com/v24.0/oauth/access_token",
            userInfo: "https://graph.facebook.com/v24.0/me?fields=id,name,email,picture",
            keys: "https://limited.facebook.com/.well-known/oauth/openid/jwks/",
            scopes: ["email", "public_profile"], takesLoginHint: true, ProviderProfile.facebook)
        traits.issuer = .fixed("https://www.facebook.com")
        traits.idToken = IDTokenRules(
            issuer: .oneOf(["https://www.facebook.com"]), isRequired: false)
        traits.usesPKCE = false
        return traits
    }

    // MARK: Those that are asked

    // https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
    private static var github: ProviderTraits {
        var traits = ProviderTraits(
            "https://github.com/login/oauth/authorize",
            token: "https://github.com/login/oauth/access_token",
            userInfo: "https://api.github.com/user", scopes: ["read:user", "user:email"],
            takesLoginHint: true, ProviderProfile.github)
        traits.endpoints.emails = "https://api.github.com/user/emails"
        return traits
    }

    // https://discord.com/developers/docs/topics/oauth2
    private static var discord: ProviderTraits {
        var traits = ProviderTraits(
            "https://discord.com/api/oauth2/authorize",
            token: "https://discord.com/api/oauth2/token",
            userInfo: "https://discord.com/api/users/@me", scopes: ["identify", "email"],
            ProviderProfile.discord)
        traits.page.prompt = "none"
        traits.usesPKCE = false
        return traits
    }

    // https://docs.gitlab.com/api/oauth2/
    private static var gitlab: ProviderTraits {
        ProviderTraits(
            "https://gitlab.com/oauth/authorize", token: "https://gitlab.com/oauth/token",
            userInfo: "https://gitlab.com/api/v4/user", scopes: ["read_user"],
            takesLoginHint: true, ProviderProfile.gitlab)
    }

    // https://developer.spotify.com/documentation/web-api/tutorials/code-pkce-flow
    private static var spotify: ProviderTraits {
        ProviderTraits(
            "https://accounts.spotify.com/authorize",
            token: "https://accounts.spotify.com/api/token",
            userInfo: "https://api.spotify.com/v1/me", scopes: ["user-read-email"],
            ProviderProfile.spotify)
    }

    // https://learn.microsoft.com/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2
    private static var linkedin: ProviderTraits {
        var traits = ProviderTraits(
            "https://www.linkedin.com/oauth/v2/authorization",
            token: "https://www.linkedin.com/oauth/v2/accessToken",
            userInfo: "https://api.linkedin.com/v2/userinfo",
            scopes: ["profile", "email", "openid"], takesLoginHint: true, ProviderProfile.openID)
        traits.usesPKCE = false
        return traits
    }

    // https://docs.x.com/resources/fundamentals/authentication/oauth-2-0/authorization-code
    private static var twitter: ProviderTraits {
        var traits = ProviderTraits(
            "https://x.com/i/oauth2/authorize", token: "https://api.x.com/2/oauth2/token",
            userInfo: "https://api.x.com/2/users/me?user.fields=profile_image_url,confirmed_email",
            scopes: ["users.read", "tweet.read", "offline.access", "users.email"],
            ProviderProfile.twitter)
        traits.authentication = .basic
        return traits
    }

    // https://docs.slack.dev/authentication/sign-in-with-slack/
    private static var slack: ProviderTraits {
        var traits = ProviderTraits(
            "https://slack.com/openid/connect/authorize",
            token: "https://slack.com/api/openid.connect.token",
            userInfo: "https://slack.com/api/openid.connect.userInfo",
            scopes: ["openid", "profile", "email"], ProviderProfile.slack)
        traits.usesPKCE = false
        return traits
    }
}
