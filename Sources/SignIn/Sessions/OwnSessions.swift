import API
import Coding
import HTTP
import Identity
import Surfaces
import Values

// The surfaces for access tokens show the same and take the same, each below a path of its own.

extension SessionRoutes {
    func ownSessions(
        on surface: String, below path: String, _ cookie: RefreshCookie
    ) -> SurfacePart {
        SurfacePart(surface) {
            Operation(
                "listSessions", .get, path, "The sessions of who is signed in.",
                about: Self.aboutOwnSessions, guard: identity.bearer
            ) { (_: NoInput, caller, call) in
                try await ownSessions(of: caller, call)
            }
            Operation(
                "endSession", .delete, path + "/:id", "End one of the user's sessions.",
                about: Self.aboutEndingOne, failures: [.notFound], guard: identity.bearer
            ) { (input: EndSessionInput, caller, call) in
                try await end(input, of: caller, cookie, call)
            }
            Operation(
                "endSessions", .delete, path, "End the user's other sessions.",
                guard: identity.bearer
            ) { (input: EndSessionsInput, caller, call) in
                try await endSessions(input, of: caller, cookie, call)
            }
        }
    }

    private static let aboutOwnSessions =
        "The newest first, a thousand at most. Ended ones are not among them."
    private static let aboutEndingOne = """
        Its access and refresh tokens and its cookie end with it, on all nodes. A session of somebody \
        else is not found.
        """

    private func ownSessions(of caller: Caller, _ call: Call) async throws -> OwnSessionsBody {
        let sessions = try await identity.sessions.list(of: caller.user.id, at: call.now)
        return OwnSessionsBody(
            sessions: sessions.map { OwnSessionBody($0, isCurrent: $0.id == caller.session.id) })
    }

    private func end(
        _ input: EndSessionInput, of caller: Caller, _ cookie: RefreshCookie, _ call: Call
    ) async throws -> WithCookies<SuccessBody> {
        guard try await identity.endSession(input.id, of: caller.user.id, call) else {
            throw Failure.notFound.about(["Session"])
        }
        return WithCookies(
            SuccessBody(), input.id == caller.session.id ? [cookie.cleared] : [])
    }

    private func endSessions(
        _ input: EndSessionsInput, of caller: Caller, _ cookie: RefreshCookie, _ call: Call
    ) async throws -> WithCookies<SuccessBody> {
        guard input.includeCurrent == true else {
            try await identity.endOtherSessions(
                of: caller.user.id, but: caller.session.id, call)
            return WithCookies(SuccessBody(), [])
        }
        try await identity.endAllSessions(of: caller.user.id, call)
        return WithCookies(SuccessBody(), [cookie.cleared])
    }
}

/// A session as its user sees it: enough to know the device again.
struct OwnSessionBody: Codable, Sendable {
    let id: ID<Session>
    let isCurrent: Bool
    let createdAt: Instant
    let updatedAt: Instant
    let expiresAt: Instant
    let ipAddress: Nullable<String>
    let userAgent: Nullable<String>

    init(_ session: Session, isCurrent: Bool) {
        id = session.id
        self.isCurrent = isCurrent
        createdAt = session.createdAt
        updatedAt = session.updatedAt
        expiresAt = session.expiresAt
        ipAddress = Nullable(session.address)
        userAgent = Nullable(session.userAgent)
    }
}

/// The sessions of a user.
struct OwnSessionsBody: Codable, OperationOutput {
    static let outcome = "The sessions."

    let sessions: [OwnSessionBody]
}

/// Which session to end.
struct EndSessionInput: Codable, Sendable {
    let id: ID<Session>
}

/// Which sessions to end.
struct EndSessionsInput: Codable, Sendable {
    let includeCurrent: Bool?
}

extension OwnSessionBody: Explained {
    static let words = [
        "isCurrent": MemberWords("Whether the request came from this one.", example: true),
        "updatedAt": "When its end was last moved: once a day while it is in use.",
        "ipAddress": MemberWords("Where the session was started from.", example: "203.0.113.7"),
        "userAgent": MemberWords("What it was started with.", example: "Mozilla/5.0"),
    ]
}

extension EndSessionInput: Explained {
    static let words: [String: MemberWords] = ["id": "The session's id, from the list."]
}

extension EndSessionsInput: Explained {
    static let words = [
        "includeCurrent": MemberWords("Ends the session of the request, too.", example: false)
    ]
}
