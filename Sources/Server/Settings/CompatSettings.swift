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

    init() {}
}
