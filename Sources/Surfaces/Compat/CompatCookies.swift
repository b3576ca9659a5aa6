import API
import Coding
import HTTP
import Identity
import Secrets
import Values

/// The browser's session as better-auth keeps it: a signed token in an HttpOnly cookie.
package struct CompatCookies: Sendable {
    let secrets: SigningSecrets
    let isSecure: Bool
    private let lifetime: Duration
    /// Whether a token without a signature is taken, as an old document shows it (C24).
    private let takesUnsigned: Bool
    /// How a browser keeps the answer of get-session. Nil: it keeps none.
    private let data: SessionDataCookie?
    package let sessionCookieName: String

    package init(
        secrets: SigningSecrets, isSecure: Bool, lifetime: Duration, takesUnsigned: Bool,
        data: SessionDataCookie? = nil
    ) {
        self.secrets = secrets
        self.isSecure = isSecure
        self.lifetime = lifetime
        self.takesUnsigned = takesUnsigned
        self.data = data
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
    ) -> KeptSession {
        guard let data, let text = SessionDataPieces(of: request, dataName).text else {
            return .none
        }
        guard let found = data.coder.data(in: text, at: now), found.isValid(for: token, at: now),
            let session = found.content["session"], let user = found.content["user"]
        else { return .useless }
        return .found(session: session, user: user)
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

    /// The cookies by which a browser keeps the answer; none unless a setting says so. What is longer
    /// than a cookie can be goes in pieces.
    package func keep(
        _ active: ActiveSession, _ token: SessionToken, at now: Instant
    ) -> [SetCookie] {
        guard let data else { return [] }
        let age = active.session.isRemembered ? Int(data.lifetime.wholeSeconds) : nil
        let text = data.text(active, token, at: now)
        let room = Self.cookieBytesMax - cookie("session_data.99", "", maxAge: age).text.utf8.count
        // Too long even so: neither must an older one stay.
        guard let text, text.utf8.count <= room * Self.piecesMax else { return [forgetData] }
        if text.utf8.count <= room { return [cookie("session_data", text, maxAge: age)] }
        return text.pieces(of: room).enumerated().map { index, piece in
            cookie("session_data.\(index)", piece, maxAge: age)
        }
    }

    /// What all browsers take, name and attributes included.
    private static let cookieBytesMax = 4050
    /// A browser sends all of them back in one head, which is no longer than 32 KB by default.
    private static let piecesMax = 4

    private var dataName: String { Self.name("session_data", isSecure: isSecure) }

    /// Takes away what a browser has kept.
    package var forgetData: SetCookie { cookie("session_data", "", maxAge: 0) }

    /// The same after an operation, for a caller who has shown a session's token.
    package func keep(_ caller: Caller, at now: Instant) -> [SetCookie] {
        caller.token.map { keep(caller.active, $0, at: now) } ?? []
    }

    /// Takes away all that a session has set.
    package var cleared: [SetCookie] {
        ["session_token", "session_data", "dont_remember"].map { cookie($0, "", maxAge: 0) }
    }

    /// Takes away the pieces of `session_data` that the browser has and the answer does not set anew;
    /// with the session, once more what it has, as better-auth does it.
    func clearPieces(of request: Request, in response: inout Response) {
        let texts = response.fields.values(of: .setCookie)
        guard let place = texts.firstIndex(where: { $0.hasPrefix(dataName) }) else { return }
        let set = Set(texts.map { String($0.prefix { $0 != "=" }) })
        let ends = texts.contains { $0.hasPrefix(sessionCookieName + "=;") }
        let stale = SessionDataPieces(of: request, dataName).names
            .filter { ends || !set.contains($0) }
        guard !stale.isEmpty else { return }
        var all = texts
        all.insert(
            contentsOf: stale.map { cookie(named: $0, "", maxAge: 0).text },
            at: ends ? place + 1 : place)
        response.fields[.setCookie] = nil
        for text in all { response.fields.append(.setCookie, text) }
    }

    /// Shows the token of a session cookie that the answer sets to clients that keep none.
    func showToken(in response: inout Response) {
        let start = sessionCookieName + "="
        for text in response.fields.values(of: .setCookie) where text.hasPrefix(start) {
            let value = text.dropFirst(start.count).prefix { $0 != ";" }
            guard !value.isEmpty, let token = PercentEncoding.decode(value) else { continue }
            response.fields[.setAuthToken] = token
            response.expose(.setAuthToken)
        }
    }

    func signed(_ name: String, _ value: String, maxAge: Int?) -> SetCookie {
        cookie(name, PercentEncoding.encode(SignedValue.sign(value, with: secrets)), maxAge: maxAge)
    }

    func cookie(_ name: String, _ value: String, maxAge: Int?) -> SetCookie {
        cookie(named: Self.name(name, isSecure: isSecure), value, maxAge: maxAge)
    }

    private func cookie(named name: String, _ value: String, maxAge: Int?) -> SetCookie {
        var cookie = SetCookie(octets: name, value)
        cookie.maxAge = maxAge
        cookie.isSecure = isSecure
        return cookie
    }

    static func name(_ name: String, isSecure: Bool) -> String {
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
