import API
import HTTP
import Identity

extension Compat {
    /// The cookie that a session is shown by.
    package var sessionScheme: SecurityScheme {
        SecurityScheme(
            "session", .cookie(name: cookies.sessionCookieName),
            "The signed cookie that signing in and up on the Compat surface set.")
    }

    /// How a session is shown: by its cookie, or by its token.
    package var sessionSchemes: [SecurityScheme] {
        let token = SecurityScheme(
            "sessionToken", .bearer(format: "session token"),
            "The session's token, signed as `set-auth-token` shows it or bare as bodies have it.")
        return options.takesBearer ? [sessionScheme, token] : [sessionScheme]
    }

    /// The options of an operation that looks for a session and can do without.
    package var recognizingSession: RouteOptions {
        var options = RouteOptions()
        options.optionalSchemes = sessionSchemes
        return options
    }

    /// The token of the session that a request shows. Bearer credentials count before the cookie.
    package func sessionToken(of request: Request) -> SessionToken? {
        if options.takesBearer, let token = cookies.bearerToken(of: request) { return token }
        return cookies.sessionToken(of: request)
    }

    /// Lets through who shows a session. What the browser has kept of it is not believed.
    package func signedIn(_ identity: Identity) -> Guard<Caller> {
        Guard(
            schemes: sessionSchemes, failures: [.unauthorized],
            check: { call in
                guard let token = sessionToken(of: call.request),
                    let active = try await identity.sessions.find(token, at: call.now)
                else { throw Failure.unauthorized }
                call.note(userID: active.user.id.description)
                return Caller(active: active, token: token)
            })
    }

    /// Lets through who has signed in lately.
    package func freshlySignedIn(_ identity: Identity) -> Guard<Caller> {
        signedIn(identity).demanding(.sessionNotFresh) { caller, call in
            identity.sessions.isFresh(caller.session, at: call.now)
        }
    }
}
