import API
import HTTP
import Identity

/// The refresh token of a browser: a cookie that no script can read (S3-25). JSON clients keep the
/// token themselves; for them the cookie is only one more copy that a sign-out clears.
package struct RefreshCookie: Sendable {
    package static let name = "atrium.refresh_token"
    private static let path = "/api"

    /// How a refresh token is shown, beside in the body of a request.
    package static let schemes = [
        SecurityScheme(
            "refreshToken", .bearer(format: "rt_…"),
            "A refresh token in the place of an access token."),
        SecurityScheme(
            "refreshCookie", .cookie(name: name),
            "The refresh token as the cookie that signing in set, for browsers. Pages of other "
                + "origins cannot use it."),
    ]

    let isSecure: Bool
    let lifetime: Duration
    let origins: TrustedOrigins

    package init(isSecure: Bool, lifetime: Duration, origins: TrustedOrigins) {
        self.isSecure = isSecure
        self.lifetime = lifetime
        self.origins = origins
    }

    /// The cookie's value, unless another site's page sends the request: browsers keep the cookie from
    /// those, but not from pages of a sibling domain.
    package func value(of request: Request) -> String? {
        if let origin = request[.origin], !origins.contains(origin) { return nil }
        return request.cookie(Self.name)
    }

    package func set(_ token: RefreshToken) -> SetCookie {
        cookie(token.text.exposed, maxAge: Int(lifetime.wholeSeconds))
    }

    package var cleared: SetCookie { cookie("", maxAge: 0) }

    private func cookie(_ value: String, maxAge: Int) -> SetCookie {
        var cookie = SetCookie(octets: Self.name, value)
        cookie.maxAge = maxAge
        cookie.path = Self.path
        cookie.isSecure = isSecure
        return cookie
    }
}

extension SetCookie {
    /// For a value that is made of cookie octets by its construction.
    init(octets name: String, _ value: String) {
        guard let cookie = SetCookie(name, value) else {
            preconditionFailure("tokens and percent-encoded text are cookie octets")
        }
        self = cookie
    }
}
