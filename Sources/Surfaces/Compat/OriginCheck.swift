import API
import Coding
import HTTP

/// Refuses requests that another site's page makes with our user's cookies (WIRE.md, Origin/CSRF).
///
/// With any cookie, the `Origin` (else the `Referer`) must be trusted. Without one, only signing in
/// and up can be abused, to sign a victim into the attacker's account: then fetch metadata decide.
struct OriginCheck {
    private static let firstLogin: Set<String> = [
        "/api/auth/sign-in/email", "/api/auth/sign-up/email",
    ]

    static let failures: [Failure] =
        [.missingOrigin, .untrustedOrigin, .crossSiteLogin, .redirectNotText]
        + redirects.map(\.failure)

    let origins: TrustedOrigins

    init(_ origins: TrustedOrigins) {
        self.origins = origins
    }

    func admit(_ call: Call, _ input: Coding.Input) throws {
        let request = call.request
        guard request.method != .get, request.method != .head, request.method != .options else {
            return
        }
        if request[.cookie] != nil {
            try requireTrusted(sentOrigin(request))
        } else if Self.firstLogin.contains(request.path) {
            try checkFirstLogin(request)
        }
        try checkRedirects(input)
    }

    private func sentOrigin(_ request: Request) -> String? {
        request[.origin] ?? request[.referer].flatMap(TrustedOrigins.origin)
    }

    private func requireTrusted(_ origin: String?) throws {
        guard let origin, origin != "null" else { throw Failure.missingOrigin }
        guard origins.contains(origin) else { throw Failure.untrustedOrigin }
    }

    private func checkFirstLogin(_ request: Request) throws {
        if let site = request[.secFetchSite] {
            if site == "cross-site", request[.secFetchMode] == "navigate" {
                throw Failure.crossSiteLogin
            }
            return try requireTrusted(sentOrigin(request))
        }
        guard let origin = request[.origin] else { return }
        try requireTrusted(origin)
    }

    // MARK: Redirects

    private static let redirects: [(field: String, failure: Failure, name: String)] = [
        ("callbackURL", .invalidCallbackURL, "callbackURL"),
        ("redirectTo", .invalidRedirectURL, "redirectURL"),
        ("errorCallbackURL", .invalidErrorCallbackURL, "errorCallbackURL"),
        ("newUserCallbackURL", .invalidNewUserCallbackURL, "newUserCallbackURL"),
    ]

    private func checkRedirects(_ input: Coding.Input) throws {
        for redirect in Self.redirects {
            switch try input.bodyMember(redirect.field) {
            case nil, .null: continue
            case .string(let target):
                guard origins.allowsRedirect(to: target) else { throw redirect.failure }
            default:
                throw Failure.redirectNotText.about([redirect.name])
            }
        }
    }
}
