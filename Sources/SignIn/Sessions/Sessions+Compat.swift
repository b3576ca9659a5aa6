import API
import Coding
import HTTP
import Identity
import Surfaces
import Values

// S2-4, S2-5.

extension SessionRoutes {
    func compat(_ surface: Compat) -> SurfacePart {
        SurfacePart(Compat.name) {
            Operation("ok", .get, "/ok", "Whether the server answers.") { (_: NoInput, _) in
                Compat.OKBody()
            }
            Operation(
                "error", .get, "/error", "Sends a browser on to the page that shows an error."
            ) { (input: Compat.ErrorInput, _) in
                Redirect(to: input.target)
            }
            Operation(
                "getSession", .get, "/get-session", "The session of the request's cookie.",
                about: """
                    `null` without a session; a cookie of one that has ended is cleared. The session's \
                    end is moved once a day, unless `disableRefresh` says not to.
                    """, options: .recognizing(surface.sessionScheme)
            ) { (input: Compat.GetSessionInput, call) in
                try await session(surface, input, call)
            }
            Operation(
                "postSession", .post, "/get-session", "Refused: sessions are refreshed by GET.",
                options: Compat.hidden
            ) { (_: NoInput, _) in
                Compat.PostedSession()
            }
            Operation(
                "signOut", .post, "/sign-out", "End the session of the request's cookie.",
                about: "Succeeds without a session, too. The cookies are cleared.",
                options: .recognizing(surface.sessionScheme)
            ) { (_: NoInput, call) in
                if let token = surface.cookies.sessionToken(of: call.request) {
                    try await identity.signOut(token, call)
                }
                return WithCookies(SuccessBody(), surface.cookies.cleared)
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

    private func session(
        _ surface: Compat, _ input: Compat.GetSessionInput, _ call: Call
    ) async throws -> WithCookies<Compat.CurrentSession> {
        guard let token = surface.cookies.sessionToken(of: call.request) else {
            return WithCookies(Compat.CurrentSession(nil), [])
        }
        guard let active = try await identity.sessions.find(token, at: call.now) else {
            return WithCookies(Compat.CurrentSession(nil), surface.cookies.cleared)
        }
        call.note(userID: active.user.id.description)
        if input.disableRefresh != true, identity.sessions.isExtensionDue(active, at: call.now),
            let extended = try await identity.sessions.extendIfDue(active, at: call.now)
        {
            return WithCookies(
                Compat.CurrentSession((extended, token)), surface.cookies.extend(token))
        }
        return WithCookies(Compat.CurrentSession((active, token)), [])
    }
}

extension Compat {
    fileprivate static var hidden: RouteOptions {
        var options = RouteOptions()
        options.isHidden = true
        return options
    }

    /// What better-auth answers where sessions are not refreshed by POST.
    struct PostedSession: OperationOutput {
        static func documentation() -> OutputDocumentation {
            OutputDocumentation(.methodNotAllowed, Compat.refreshIsNotDeferred.message)
        }

        func response() -> Response {
            var response = Compat.response(Compat.refreshIsNotDeferred)
            response.fields.forbidStoring()
            return response
        }
    }

    struct OKBody: Codable, OperationOutput, Explained {
        var ok = true

        static let words = ["ok": MemberWords("Always true.", example: true)]
    }

    struct StatusBody: Codable, OperationOutput, Explained {
        var status = true

        static let words = ["status": MemberWords("Always true.", example: true)]
    }

    struct GetSessionInput: Codable, Sendable, Explained {
        let disableCookieCache: Bool?
        let disableRefresh: Bool?

        static let words: [String: MemberWords] = [
            "disableCookieCache": "Taken and without effect: nothing is cached in cookies.",
            "disableRefresh": "Leaves the session's end where it is.",
        ]
    }

    struct ErrorInput: Codable, Sendable, Explained {
        static let words = [
            "error": MemberWords("A code.", example: "invalid_token"),
            "error_description": MemberWords("For people.", example: "The link is too old"),
        ]

        let error: String?
        let errorDescription: String?

        enum CodingKeys: String, CodingKey {
            case error
            case errorDescription = "error_description"
        }

        /// `/?error=<code>`, with the description where there is one.
        var target: String {
            var query = [("error", error ?? "UNKNOWN")]
            if let errorDescription { query.append(("error_description", errorDescription)) }
            return "/?" + FormURLEncoded.encode(query)
        }
    }

    /// `{session, user}`, or the JSON literal `null`.
    struct CurrentSession: OperationOutput {
        struct Body: Codable, Sendable, JSONWritable {
            let session: SessionBody
            let user: UserBody

            func write(to json: inout JSONOutput) {
                json.open()
                json.field("session", session)
                json.field("user", user)
                json.close()
            }
        }

        let body: Body?

        init(_ found: (active: ActiveSession, token: SessionToken)?) {
            body = found.map { found in
                Body(
                    session: SessionBody(
                        found.active.session, token: found.token.text.exposed),
                    user: UserBody(found.active.user))
            }
        }

        static func documentation() throws -> OutputDocumentation {
            try .json(.ok, Body?.self, "The session and its user, or null.")
        }

        func response() throws -> Response {
            var response = Response.json(
                try body.map { try JSONCoder.write($0) } ?? [UInt8]("null".utf8))
            response.fields.forbidStoring()
            return response
        }
    }
}

extension Fields {
    private static let notStored: Fields = [.cacheControl: "no-store", .pragma: "no-cache"]

    fileprivate mutating func forbidStoring() {
        append(contentsOf: Self.notStored)
    }
}
