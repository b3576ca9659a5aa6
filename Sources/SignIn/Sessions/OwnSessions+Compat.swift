import API
import Coding
import HTTP
import Identity
import Surfaces
import Values

// C29: better-auth shows the tokens of all sessions. The database has only hashes of them, so the
// others are named by handles.

extension SessionRoutes {
    func ownSessions(_ surface: Compat) -> SurfacePart {
        SurfacePart(Compat.name) {
            Operation(
                "listSessions", .get, "/list-sessions", "The sessions of who is signed in.",
                about: """
                    `token` is the session's own for the one of the request, for the others a handle \
                    that only `/revoke-session` takes. Asks for a fresh session: one that was started \
                    within a day.
                    """, guard: surface.freshlySignedIn(identity)
            ) { (_: NoInput, caller, call) in
                let sessions = try await identity.sessions.list(of: caller.user.id, at: call.now)
                return WithCookies(
                    Compat.SessionList(sessions, caller),
                    surface.cookies.keep(caller, at: call.now))
            }
            Operation(
                "revokeSession", .post, "/revoke-session", "End one of the user's sessions.",
                about: "Succeeds also where there is no such session, or it is somebody else's.",
                guard: surface.signedIn(identity)
            ) { (input: Compat.RevokeSessionInput, caller, call) in
                try await end(input.token, of: caller.user.id, call)
                return WithCookies(
                    Compat.StatusBody(), surface.cookies.keep(caller, at: call.now))
            }
            Operation(
                "revokeOtherSessions", .post, "/revoke-other-sessions",
                "End all sessions of the user but that of the request.",
                guard: surface.signedIn(identity)
            ) { (_: NoInput, caller, call) in
                try await identity.endOtherSessions(
                    of: caller.user.id, but: caller.session.id, call)
                return WithCookies(
                    Compat.StatusBody(), surface.cookies.keep(caller, at: call.now))
            }
            Operation(
                "revokeSessions", .post, "/revoke-sessions", "End all sessions of the user.",
                about: "That of the request, too; the cookie is left to the client.",
                guard: surface.signedIn(identity)
            ) { (_: NoInput, caller, call) in
                try await identity.endAllSessions(of: caller.user.id, call)
                return Compat.StatusBody()
            }
        }
    }

    private func end(_ name: String, of user: ID<User>, _ call: Call) async throws {
        if let id = Compat.SessionHandle.id(name) {
            try await identity.endSession(id, of: user, call)
        } else {
            try await identity.endSession(SessionToken(name), of: user, call)
        }
    }
}

extension Compat {
    /// What stands for the token of a session that is not the caller's: `sh_` and its id. It is no
    /// secret, because only who is signed in as its user can do something with it, and only end it.
    enum SessionHandle {
        private static let prefix = "sh_"

        static func text(_ id: ID<Session>) -> String { prefix + id.description }

        static func id(_ text: String) -> ID<Session>? {
            text.hasPrefix(prefix) ? ID(text.dropFirst(prefix.count)) : nil
        }
    }

    struct SessionList: OperationOutput {
        private let sessions: [SessionBody]

        init(_ sessions: [Session], _ caller: Caller) {
            self.sessions = sessions.map { session in
                let own = session.id == caller.session.id ? caller.token : nil
                return SessionBody(
                    session, token: own?.text.exposed ?? SessionHandle.text(session.id))
            }
        }

        static func documentation() throws -> OutputDocumentation {
            try .json(.ok, [SessionBody].self, "The sessions, the newest first.")
        }

        func response() throws -> Response { .json(try JSONCoder.write(sessions)) }
    }

    struct RevokeSessionInput: Codable, Sendable, Explained {
        static let words = [
            "token": MemberWords(
                "The session's token, or what stands in its place in the list.",
                example: "sh_0199c82c-c000-7000-8000-000000000001")
        ]

        let token: String
    }
}
