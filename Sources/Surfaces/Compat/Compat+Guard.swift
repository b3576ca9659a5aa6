import API
import Identity

extension Compat {
    /// The cookie that a session is shown by.
    package var sessionScheme: SecurityScheme {
        SecurityScheme(
            "session", .cookie(name: cookies.sessionCookieName),
            "The signed cookie that signing in and up on the Compat surface set.")
    }

    /// Lets through who has the cookie of a session.
    package func signedIn(_ identity: Identity) -> Guard<Caller> {
        Guard(
            schemes: [sessionScheme], failures: [.unauthorized],
            check: { call in
                guard let token = cookies.sessionToken(of: call.request),
                    let active = try await identity.sessions.find(token, at: call.now)
                else { throw Failure.unauthorized }
                call.note(userID: active.user.id.description)
                return Caller(active: active)
            })
    }
}
