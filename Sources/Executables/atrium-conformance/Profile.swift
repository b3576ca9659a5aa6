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

    static let standard = Profile.core.rawValue

    init?(_ name: String) { self.init(rawValue: name) }

    /// Sets what all recordings have in common, and what this one asks for.
    func configure(_ settings: inout Settings, port: Int) throws(Invalid) {
        settings.baseURL = try BaseURL(
            self == .secure ? "https://auth.example.com" : "http://localhost:\(port)")
        settings.secrets.signing = [
            try SigningSecret("better-auth-secret-123456789-conformance")
        ]
        settings.compat.trustedOrigins = [try Origin("http://trusted.example")]
        settings.http.allowedOrigins = []
        settings.surfaces = [.compat]
        settings.auth.password.policy = .betterAuth
        // The recordings' server knows no address of its clients.
        settings.auth.session.storesAddress = false
        settings.log.requests = false
        settings.compat.bearer = self == .bearer
        settings.compat.jwtHeader = self == .jwt
        settings.compat.cookieCache.isOn = self == .cookieCache
        // The key set is served there.
        if self == .jwt { settings.surfaces = [.compat, .tokens] }
    }
}
