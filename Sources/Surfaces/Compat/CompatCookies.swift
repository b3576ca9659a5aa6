import API
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
    /// How long a browser keeps the answer of get-session. Nil: it keeps none.
    private let dataLifetime: Duration?
    package let sessionCookieName: String

    package init(
        secrets: SigningSecrets, isSecure: Bool, lifetime: Duration, takesUnsigned: Bool,
        dataLifetime: Duration? = nil
    ) {
        self.secrets = secrets
        self.isSecure = isSecure
        self.lifetime = lifetime
        self.takesUnsigned = takesUnsigned
        self.dataLifetime = dataLifetime
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

    /// The token of `Authorization: Bearer`, in any of the forms that better-auth takes: as the cookie
    /// has it, the same without percent-encoding, and bare. Nil for one whose signature is not ours.
    package func bearerToken(of request: Request) -> SessionToken? {
        guard let sent = request.bearerToken else { return nil }
        guard sent.utf8.contains(UInt8(ascii: ".")) else { return SessionToken(sent) }
        return PercentEncoding.decode(sent).flatMap { SignedValue.verify($0, with: secrets) }
            .map(SessionToken.init)
    }

    /// What the browser has kept of its session: session and user, as get-session answers them.
    package func data(
        of request: Request, for token: SessionToken, at now: Instant
    ) -> (session: JSON, user: JSON)? {
        guard dataLifetime != nil,
            let text = request.cookie(Self.name("session_data", isSecure: isSecure)),
            let data = SessionData(text, secrets), data.isValid(for: token, at: now),
            let session = data.content["session"], let user = data.content["user"]
        else { return nil }
        return (session, user)
    }

    // MARK: Setting

    /// The cookies of a session that has just started.
    package func start(_ started: Sessions.Started) -> [SetCookie] {
        renew(started.active, started.token, at: started.active.session.createdAt)
    }

    /// A session's cookies with their ages begun anew. One that is not to be remembered has no age and
    /// a second cookie that says so.
    package func renew(
        _ active: ActiveSession, _ token: SessionToken, at now: Instant
    ) -> [SetCookie] {
        let isRemembered = active.session.isRemembered
        var cookies = [
            signed(
                "session_token", token.text.exposed,
                maxAge: isRemembered ? Int(lifetime.wholeSeconds) : nil)
        ]
        if !isRemembered { cookies.append(signed("dont_remember", "true", maxAge: nil)) }
        return cookies + keep(active, token, at: now)
    }

    /// The cookie by which a browser keeps the answer; none unless a setting says so.
    package func keep(
        _ active: ActiveSession, _ token: SessionToken, at now: Instant
    ) -> [SetCookie] {
        guard let dataLifetime else { return [] }
        let data = try? SessionData(active, token, at: now, for: dataLifetime)
        guard let text = data?.text(secrets) else {
            // Too long for a cookie: neither must an older one stay.
            return [cookie("session_data", "", maxAge: 0)]
        }
        let age = active.session.isRemembered ? Int(dataLifetime.wholeSeconds) : nil
        return [cookie("session_data", text, maxAge: age)]
    }

    /// The same after an operation, for a caller who has shown a session's token.
    package func keep(_ caller: Caller, at now: Instant) -> [SetCookie] {
        caller.token.map { keep(caller.active, $0, at: now) } ?? []
    }

    /// Once more what is kept, as better-auth does it.
    package var cleared: [SetCookie] {
        let names =
            ["session_token", "session_data"] + (dataLifetime == nil ? [] : ["session_data"])
            + ["dont_remember"]
        return names.map { cookie($0, "", maxAge: 0) }
    }

    /// Shows the token of a session cookie that the answer sets to clients that keep none.
    func showToken(in response: inout Response) {
        guard response.fields.contains(.setCookie) else { return }
        let start = sessionCookieName + "="
        for text in response.fields.values(of: .setCookie) where text.hasPrefix(start) {
            let value = text.dropFirst(start.count).prefix { $0 != ";" }
            guard !value.isEmpty, let token = PercentEncoding.decode(value) else { continue }
            response.fields[.setAuthToken] = token
            response.expose(.setAuthToken)
        }
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

extension FieldName {
    package static let setAuthToken = known("set-auth-token")
    package static let setAuthJWT = known("set-auth-jwt")

    private static func known(_ name: StaticString) -> FieldName { FieldName(name) }
}

extension Response {
    /// Lets scripts of other origins read a field (Fetch standard, CORS protocol).
    package mutating func expose(_ name: FieldName) {
        let before = fields[.accessControlExposeHeaders].map { $0 + ", " } ?? ""
        fields[.accessControlExposeHeaders] = before + name.text
    }
}
