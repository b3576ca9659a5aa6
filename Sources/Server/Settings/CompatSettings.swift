import Coding
import Surfaces
import Values

/// The `compat` section: the surface that speaks better-auth's wire.
package struct CompatSettings: Codable, Sendable {
    /// Whether a session cookie without a signature is taken. Whoever can set a cookie can then try
    /// tokens; for old clients only.
    package var rawCookie = false
    /// Origins, beside the base URL's and `http.allowedOrigins`, whose pages may act for a user and
    /// to which redirects may lead.
    package var trustedOrigins: [Origin] = []
    /// Whether the token of a session is taken as `Authorization: Bearer`, and shown in the field
    /// `set-auth-token` where its cookie is set, as better-auth's bearer plugin does.
    package var bearer = true
    /// Whether get-session brings a JSON Web Token in `set-auth-jwt` each time, as better-auth's jwt
    /// plugin does. It costs a signature. `/token` is there in any case.
    package var jwtHeader = false
    /// Whether get-session only reads, and a POST to it moves the session's end where the answer says
    /// `needsRefresh`, as with better-auth's `deferSessionRefresh`.
    package var deferRefresh = false
    package var cookieCache = CookieCacheSettings()
    /// Where the links of mails lead. `page`: to a page of the server, whose button does what the mail is
    /// about. `direct`: to better-auth's routes, which do it when they are opened, also by a scanner of
    /// mails; for clients that were made for that.
    package var mailLinks = MailLinkStyle.page
    /// Whether `/send-verification-email` sends mails. If not, it says so.
    package var verificationMails = true
    package var rateLimit = CompatLimitSettings()

    init() {}
}

/// The `compat.rateLimit` section: better-auth's own limit, for each address and path, counted by each
/// node for itself. The limits on guessing are others: see `limits`.
package struct CompatLimitSettings: Codable, Sendable {
    /// Whether requests to Compat's routes are counted so. Signing in, signing up and changing the
    /// password or address then have 3 in 10 seconds, asking for mails 3 a minute.
    package var isOn = false
    /// Requests to one path that are answered within `window`; one more is answered with 429.
    package var requests: PositiveCount = 100
    /// How long must have passed since the last request that was answered before counting begins
    /// again.
    package var window: TimeSpan = "10s"

    init() {}
}

/// What opening the link of a mail does: nothing yet, or all of it.
package enum MailLinkStyle: String, Codable, CaseIterable, Sendable {
    case page, direct
}

/// The `compat.cookieCache` section: browsers keep the answer of get-session in a signed cookie.
package struct CookieCacheSettings: Codable, Sendable {
    /// Whether they do. A session that is revoked then shows in get-session until `keptFor` is over;
    /// all that changes or gives out something still asks the database.
    package var isOn = false
    /// How long an answer is kept.
    package var keptFor: TimeSpan = "5m"
    /// `compact` and `jwt` are signed, `jwe` is encrypted, too: pages and proxies cannot read it.
    package var form = SessionDataForm.compact

    init() {}
}
