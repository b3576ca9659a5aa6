import Coding
import HTTP
import Identity
import Secrets
import Values

/// The browser's session as better-auth keeps it: a signed token in an HttpOnly cookie.
package struct CompatCookies: Sendable {
    private let secrets: SigningSecrets
    private let isSecure: Bool
    private let lifetime: Duration
    /// Whether a token without a signature is taken, as an old document shows it (C24).
    private let takesUnsigned: Bool
    package let sessionCookieName: String

    package init(
        secrets: SigningSecrets, isSecure: Bool, lifetime: Duration, takesUnsigned: Bool
    ) {
        self.secrets = secrets
        self.isSecure = isSecure
        self.lifetime = lifetime
        self.takesUnsigned = takesUnsigned
        sessionCookieName = Self.name("session_token", isSecure: isSecure)
    }

    // MARK: Reading

    package func sessionToken(of request: Request) -> SessionToken? {
        let token = request.withCookie(sessionCookieName) { sent in
            PercentEncoding.withDecoded(sent) { value -> String? in
                if let token = SignedValue.verify(value, with: secrets) { return token }
                return takesUnsigned ? String(validating: value, as: UTF8.self) : nil
            }
        }
        return token.map(SessionToken.init)
    }

    // MARK: Setting

    /// The cookies of a session that has just started. One that is not to be remembered has no age and
    /// a second cookie that says so.
    package func start(_ started: Sessions.Started) -> [SetCookie] {
        let isRemembered = started.active.session.isRemembered
        var cookies = [
            session(
                started.token, maxAge: isRemembered ? Int(lifetime.wholeSeconds) : nil)
        ]
        if !isRemembered { cookies.append(signed("dont_remember", "true", maxAge: nil)) }
        return cookies
    }

    /// A session's cookie with its age begun anew.
    package func extend(_ token: SessionToken) -> [SetCookie] {
        [session(token, maxAge: Int(lifetime.wholeSeconds))]
    }

    package var cleared: [SetCookie] {
        ["session_token", "session_data", "dont_remember"].map { cookie($0, "", maxAge: 0) }
    }

    private func session(_ token: SessionToken, maxAge: Int?) -> SetCookie {
        signed("session_token", token.text.exposed, maxAge: maxAge)
    }

    private func signed(_ name: String, _ value: String, maxAge: Int?) -> SetCookie {
        cookie(name, PercentEncoding.encode(SignedValue.sign(value, with: secrets)), maxAge: maxAge)
    }

    private func cookie(_ name: String, _ value: String, maxAge: Int?) -> SetCookie {
        var cookie = SetCookie(octets: Self.name(name, isSecure: isSecure), value)
        cookie.maxAge = maxAge
        cookie.isSecure = isSecure
        return cookie
    }

    private static func name(_ name: String, isSecure: Bool) -> String {
        (isSecure ? "__Secure-" : "") + "better-auth." + name
    }
}
