import Coding
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
    package var cookieCache = CookieCacheSettings()
    /// Where the links of mails lead. `page`: to a page of the server, whose button does what the mail is
    /// about. `direct`: to better-auth's routes, which do it when they are opened, also by a scanner of
    /// mails; for clients that were made for that.
    package var mailLinks = MailLinkStyle.page

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

    init() {}
}
