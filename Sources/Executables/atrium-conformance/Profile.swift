import Coding
import Identity
import Server
import Surfaces
import Values

/// A configuration that recordings were made with, by its name in them.
struct Profile: Hashable {
    /// The configurations that have a name of their own; `plugin:A+B` is `core` with plugins.
    enum Kind: String {
        case core
        case cookieCache = "cookiecache"
        case cookieCacheJWT = "cookiecache-jwt"
        case cookieCacheJWE = "cookiecache-jwe"
        /// Reached by https, whoever ends it.
        case secure
        case strict
        case rateLimit = "ratelimit"
        case disabled
        /// Nobody signs in with a password before he has confirmed his address, which signs him in.
        case verify
        /// Deletion is confirmed by mail.
        case deleteVerify = "delete-verify"
    }

    /// What better-auth has as plugins and this surface has, too.
    enum Plugin: String {
        case bearer, jwt
    }

    static let standard = "core"

    let kind: Kind
    let plugins: Set<Plugin>

    /// Nil for a configuration, or a plugin, that is not there yet.
    init?(_ name: String) {
        guard name.hasPrefix("plugin:") else {
            guard let kind = Kind(rawValue: name) else { return nil }
            (self.kind, plugins) = (kind, [])
            return
        }
        let names = name.dropFirst("plugin:".count).split(
            separator: "+", omittingEmptySubsequences: false)
        let known = names.compactMap { Plugin(rawValue: String($0)) }
        guard known.count == names.count else { return nil }
        (kind, plugins) = (.core, Set(known))
    }

    /// Sets what all recordings have in common, and what this one asks for.
    func configure(
        _ settings: inout Settings, _ options: ConformanceOptions
    ) throws(Invalid) {
        let port = options.address.port
        settings.baseURL = try BaseURL(
            kind == .secure ? "https://auth.example.com" : "http://localhost:\(port)")
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
        settings.auth.verification.sendOnSignUp = false
        // The recordings' server knows no address of its clients.
        settings.auth.session.storesAddress = false
        settings.log.requests = false
        settings.compat.bearer = plugins.contains(.bearer)
        settings.compat.jwtHeader = plugins.contains(.jwt)
        // The key set is served there.
        if plugins.contains(.jwt) { settings.surfaces = [.compat, .tokens] }
        try configureProviders(&settings, options)
        try configureOwn(&settings)
    }

    /// As `core`, with generic OAuth only where it is named.
    private func configureProviders(
        _ settings: inout Settings, _ options: ConformanceOptions
    ) throws(Invalid) {
        try settings.auth.oauth.configureBuiltIn()
        settings.auth.linking.trustedProviders = [try ProviderID("mock")]
        guard plugins.isEmpty else { return }
        settings.auth.oauth.providers = try ProviderSettings.mocks(at: options.provider)
    }

    private func configureOwn(_ settings: inout Settings) throws(Invalid) {
        switch kind {
        case .core, .secure: break
        case .cookieCache: keepSessions(.compact, &settings)
        case .cookieCacheJWT: keepSessions(.jwt, &settings)
        case .cookieCacheJWE: keepSessions(.jwe, &settings)
        case .strict: try beStrict(&settings)
        case .rateLimit:
            settings.compat.rateLimit.isOn = true
            settings.compat.rateLimit.requests = 5
            settings.compat.rateLimit.window = "60s"
        case .disabled:
            settings.auth.password.isOn = false
            settings.compat.verificationMails = false
        case .verify:
            settings.auth.verification.sendOnSignUp = true
            settings.auth.verification.required = true
            settings.auth.verification.signInAfterVerification = true
        case .deleteVerify: settings.auth.deleteUser.confirmsByMail = true
        }
    }

    private func keepSessions(_ form: SessionDataForm, _ settings: inout Settings) {
        settings.compat.cookieCache.isOn = true
        settings.compat.cookieCache.form = form
    }

    private func beStrict(_ settings: inout Settings) throws(Invalid) {
        settings.auth.signUp.startsSession = false
        settings.auth.password.minimumLength = 10
        settings.auth.password.resetEndsSessions = true
        settings.auth.changeEmail.isOn = false
        settings.auth.deleteUser.isOn = false
        settings.auth.session.expiresAfter = "1h"
        settings.auth.session.updateAge = "60s"
        settings.auth.session.freshAge = "60s"
        settings.auth.user.fields = [
            FieldDeclaration(try FieldKey("nickname"), .text),
            FieldDeclaration(try FieldKey("level"), .number, default: 1, input: false),
        ]
        settings.auth.session.fields = [FieldDeclaration(try FieldKey("note"), .text)]
    }
}
