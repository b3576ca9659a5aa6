import Coding
import Identity
import Secrets
import Values

/// What the cookie `session_data` holds: the answer of get-session for a few minutes, signed, in
/// better-auth's compact form.
///
/// A browser that brings it is answered without a look at the database, so a session that was revoked
/// meanwhile shows until the cookie ends. Nothing but get-session believes it.
struct SessionData {
    /// `session`, `user`, `updatedAt` and `version`, in this order.
    let content: JSONObject
    let endsAt: Instant

    private static let version = JSON.string("1")
    /// Browsers drop cookies that are longer, with name and attributes. Those go without.
    private static let textMax = 3800

    init(_ active: ActiveSession, _ token: SessionToken, at now: Instant, for lifetime: Duration)
        throws
    {
        let session = Compat.SessionBody(active.session, token: token.text.exposed)
        content = [
            "session": try JSON(parsing: JSONCoder.write(session)),
            "user": try JSON(parsing: JSONCoder.write(Compat.UserBody(active.user))),
            "updatedAt": .integer(now.milliseconds), "version": Self.version,
        ]
        endsAt = now + lifetime
    }

    /// Nil for what none of the secrets has signed.
    init?(_ text: String, _ secrets: SigningSecrets) {
        guard let bytes = Base64URL.decode(text), let json = try? JSON(parsing: bytes),
            let content = json["session"]?.asObject, let end = json["expiresAt"]?.asInteger,
            let signature = json["signature"]?.asString,
            // What comes from outside may be too big a number for microseconds.
            (0...Int64.max / 1000).contains(end)
        else { return nil }
        self.content = content
        endsAt = Instant(microseconds: end * 1000)
        let signed = Self.signed(content, end)
        let isSigned = secrets.all.contains { secret in
            constantTimeEquals(Self.signature(of: signed, secret), signature)
        }
        guard isSigned else { return nil }
    }

    /// Nil where a cookie cannot hold it.
    func text(_ secrets: SigningSecrets) -> String? {
        let end = endsAt.milliseconds
        let signature = Self.signature(of: Self.signed(content, end), secrets.current)
        let whole: JSON = [
            "session": .object(content), "expiresAt": .integer(end),
            "signature": .string(signature),
        ]
        let text = Base64URL.encode(whole.bytes())
        return text.utf8.count <= Self.textMax ? text : nil
    }

    /// Whether it says how a session is now, as far as it can know.
    func isValid(for token: SessionToken, at now: Instant) -> Bool {
        let session = content["session"]
        guard let end = session?["expiresAt"]?.asString.flatMap({ Instant($0) }) else {
            return false
        }
        return content["version"] == Self.version && endsAt > now && end > now
            && session?["token"] == .string(token.text.exposed)
    }

    private static func signed(_ content: JSONObject, _ end: Int64) -> [UInt8] {
        var content = content
        content["expiresAt"] = .integer(end)
        return JSON.object(content).bytes()
    }

    private static func signature(of bytes: [UInt8], _ secret: Secret<[UInt8]>) -> String {
        HMAC.sha256(bytes, key: secret.exposed).base64URL
    }
}
