import API
import HTTP
import Secrets
import Values

/// Who calls: a session and the user it belongs to.
package struct Caller: Sendable {
    package let active: ActiveSession
    /// The session's token, where that is what the caller showed.
    package let token: SessionToken?
    package var user: User { active.user }
    package var session: Session { active.session }

    package init(active: ActiveSession, token: SessionToken? = nil) {
        self.active = active
        self.token = token
    }
}

extension Identity {
    package static let bearerScheme = SecurityScheme(
        "bearer", .bearer(format: "JWT"),
        "The access token that signing in gave, or the token of a session.")

    /// Lets through who sends an access token, or the token of a session, as `Authorization: Bearer`.
    package var bearer: Guard<Caller> {
        Guard(
            schemes: [Self.bearerScheme], failures: [.unauthorized],
            check: { [self] call in
                guard let token = call.request.bearerToken,
                    let active = try await session(ofBearer: token, at: call.now)
                else { throw Failure.unauthorized }
                call.note(userID: active.user.id.description)
                return Caller(active: active)
            })
    }

    /// The session that a bearer token names: an access token has dots, a session's token has none.
    package func session(ofBearer token: String, at now: Instant) async throws -> ActiveSession? {
        if token.utf8.contains(UInt8(ascii: ".")) {
            guard let id = try await accessTokens.session(of: token, at: now) else { return nil }
            return try await sessions.find(id, at: now)
        }
        guard token.utf8.count == SessionToken.length else { return nil }
        return try await sessions.find(SessionToken(token), at: now)
    }
}

extension Request {
    /// The credentials of `Authorization: Bearer` (RFC 6750 §2.1); the scheme's case does not matter.
    package var bearerToken: String? {
        guard let field = self[.authorization], let space = field.firstIndex(of: " "),
            field[..<space].lowercased() == "bearer"
        else { return nil }
        let token = field[space...].drop { $0 == " " }
        return token.isEmpty ? nil : String(token)
    }
}
