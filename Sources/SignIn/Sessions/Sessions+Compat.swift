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
                    end is moved once a day, unless `disableRefresh` says not to. Where browsers may \
                    keep the answer (`compat.cookieCache`), it is taken from there.
                    """, options: surface.recognizingSession
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
                options: surface.recognizingSession
            ) { (_: NoInput, call) in
                if let token = surface.sessionToken(of: call.request) {
                    try await identity.signOut(token, call)
                }
                return WithCookies(SuccessBody(), surface.cookies.cleared)
            }
            Operation(
                "token", .get, "/token", "A JSON Web Token of who is signed in.",
                about: """
                    Tells other services who the user is: they verify it with the keys at `/jwks`, \
                    which the Tokens surface serves. It is no access token.
                    """, guard: surface.signedIn(identity)
            ) { (_: NoInput, caller, call) in
                WithCookies(
                    Compat.TokenBody(token: try webToken(of: caller.user, at: call.now)),
                    surface.cookies.keep(caller, at: call.now))
            }
        }
    }

    private func session(
        _ surface: Compat, _ input: Compat.GetSessionInput, _ call: Call
    ) async throws -> WithCookies<Compat.CurrentSession> {
        guard let token = surface.sessionToken(of: call.request) else {
            return WithCookies(Compat.CurrentSession(), [])
        }
        // A token that others check must not be given out for what a browser remembers.
        if input.disableCookieCache != true, !surface.options.showsJWT,
            let kept = surface.cookies.data(of: call.request, for: token, at: call.now)
        {
            return WithCookies(Compat.CurrentSession(kept), [])
        }
        guard let active = try await identity.sessions.find(token, at: call.now) else {
            return WithCookies(Compat.CurrentSession(), surface.cookies.cleared)
        }
        call.note(userID: active.user.id.description)
        if input.disableRefresh != true, identity.sessions.isExtensionDue(active, at: call.now),
            let extended = try await identity.sessions.extendIfDue(active, at: call.now)
        {
            return WithCookies(
                try current(surface, extended, token, call),
                surface.cookies.renew(extended, token, at: call.now))
        }
        return WithCookies(
            try current(surface, active, token, call),
            surface.cookies.keep(active, token, at: call.now))
    }

    private func current(
        _ surface: Compat, _ active: ActiveSession, _ token: SessionToken, _ call: Call
    ) throws -> Compat.CurrentSession {
        Compat.CurrentSession(
            active, token,
            webToken: surface.options.showsJWT ? try webToken(of: active.user, at: call.now) : nil)
    }

    /// As better-auth's jwt plugin makes one: all that get-session shows of the user, for the origin of
    /// the base URL.
    private func webToken(of user: User, at now: Instant) throws -> String {
        let tokens = identity.accessTokens
        let profile = try JSON(parsing: JSONCoder.write(Compat.UserBody(user)))
        return try tokens.introduce(
            user, saying: profile.asObject ?? [:],
            to: TrustedOrigins.origin(of: tokens.issuer) ?? tokens.issuer, at: now)
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
            "disableCookieCache": "Asks the database, whatever the browser has kept.",
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

        private enum Content {
            case none
            case found(Body)
            /// What the browser kept.
            case kept(session: JSON, user: JSON)
        }

        private let content: Content
        private var webToken: String?

        init() { content = .none }

        init(_ kept: (session: JSON, user: JSON)) {
            content = .kept(session: kept.session, user: kept.user)
        }

        init(_ active: ActiveSession, _ token: SessionToken, webToken: String?) {
            content = .found(
                Body(
                    session: SessionBody(active.session, token: token.text.exposed),
                    user: UserBody(active.user)))
            self.webToken = webToken
        }

        static func documentation() throws -> OutputDocumentation {
            var documentation = try OutputDocumentation.json(
                .ok, Body?.self, "The session and its user, or null.")
            documentation.fields = [.webToken]
            return documentation
        }

        func response() throws -> Response {
            var response = Response.json(try bytes())
            response.fields.forbidStoring()
            if let webToken {
                response.fields[.setAuthJWT] = webToken
                response.expose(.setAuthJWT)
            }
            return response
        }

        private func bytes() throws -> [UInt8] {
            switch content {
            case .none: [UInt8]("null".utf8)
            case .found(let body): try JSONCoder.write(body)
            case .kept(let session, let user):
                JSON.object(["session": session, "user": user]).bytes()
            }
        }
    }

    struct TokenBody: Codable, OperationOutput, Explained {
        static let outcome = "The token."
        static let words = ["token": MemberWords.webToken]

        let token: String
    }
}

extension MemberWords {
    fileprivate static let webToken = MemberWords(
        "A JSON Web Token with `sub`, `aud`, `exp` and the user's members.",
        example: "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIwMTk5In0.c2lnbmF0dXJl")
}

extension FieldDocumentation {
    fileprivate static let webToken = FieldDocumentation(
        "Set-Auth-JWT", "What `/token` answers, where `compat.jwtHeader` is on.", .string,
        example: "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIwMTk5In0.c2lnbmF0dXJl")
}

extension Fields {
    private static let notStored: Fields = [.cacheControl: "no-store", .pragma: "no-cache"]

    fileprivate mutating func forbidStoring() {
        append(contentsOf: Self.notStored)
    }
}
