import Coding
import Identity
import Values

/// What the cookie `session_data` holds: the answer of get-session for a few minutes.
///
/// A browser that brings it is answered without a look at the database, so a session that was revoked
/// meanwhile shows until the cookie ends. Nothing but get-session believes it.
struct SessionData {
    /// `session`, `user`, `updatedAt` and `version`, in this order.
    let content: JSONObject
    let endsAt: Instant

    private static let version = JSON.string("1")

    init(_ content: JSONObject, endsAt: Instant) {
        (self.content, self.endsAt) = (content, endsAt)
    }

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

    /// Whether it says how a session is now, as far as it can know.
    func isValid(for token: SessionToken, at now: Instant) -> Bool {
        let session = content["session"]
        guard let end = session?["expiresAt"]?.asString.flatMap({ Instant($0) }) else {
            return false
        }
        return content["version"] == Self.version && endsAt > now && end > now
            && session?["token"] == .string(token.text.exposed)
    }
}
