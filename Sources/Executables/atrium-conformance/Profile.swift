import Identity
import Server
import Values

/// A configuration that recordings were made with, by its name in them.
enum Profile: String {
    case core
    case cookieCache = "cookiecache"
    case bearer = "plugin:bearer"
    case jwt = "plugin:jwt"
    /// Reached by https, whoever ends it.
    case secure
    /// Nobody signs in with a password before he has confirmed his address, which signs him in.
    case verify
    /// Deletion is confirmed by mail.
    case deleteVerify = "delete-verify"

    static let standard = Profile.core.rawValue

    init?(_ name: String) { self.init(rawValue: name) }

    /// Sets what all recordings have in common, and what this one asks for.
    func configure(
        _ settings: inout Settings, _ options: ConformanceOptions
    ) throws(Invalid) {
        let port = options.address.port
        settings.baseURL = try BaseURL(
            self == .secure ? "https://auth.example.com" : "http://localhost:\(port)")
        settings.secrets.signing = [
            try SigningSecret("better-auth-secret-123456789-conformance")
        ]
        settings.compat.trustedOrigins = [try Origin("http://trusted.example")]
        settings.http.allowedOrigins = []
        settings.surfaces = [.compat]
        settings.auth.password.policy = .betterAuth
        settings.auth.password.resetEndsSessions = false
        settings.compat.mailLinks = .direct
        settings.auth.verification.expiresAfter = "1h"
        settings.auth.verification.sendOnSignUp = self == .verify
        settings.auth.verification.required = self == .verify
        settings.auth.verification.signInAfterVerification = self == .verify
        settings.auth.deleteUser.confirmsByMail = self == .deleteVerify
        // The recordings' server knows no address of its clients.
        settings.auth.session.storesAddress = false
        settings.log.requests = false
        settings.compat.bearer = self == .bearer
        settings.compat.jwtHeader = self == .jwt
        settings.compat.cookieCache.isOn = self == .cookieCache
        // The key set is served there.
        if self == .jwt { settings.surfaces = [.compat, .tokens] }
        try settings.auth.oauth.configureBuiltIn()
        settings.auth.linking.trustedProviders = [try ProviderID("mock")]
        // As `core`, with generic OAuth only where it is named.
        if !rawValue.hasPrefix("plugin:") {
            settings.auth.oauth.providers = try ProviderSettings.mocks(at: options.provider)
        }
    }
}
