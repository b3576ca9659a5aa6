import API
import Coding
import HTTP
import Identity
import Surfaces
import Values

// S2-4. The one route that a browser's cookie alone may answer (`compat.cookieCache`).

extension SessionRoutes {
    func getSession(_ surface: Compat) -> [Route] {
        let reading = Operation(
            "getSession", .get, "/get-session", "The session of the request's cookie.",
            about: """
                `null` without a session; a cookie of one that has ended is cleared. The session's end \
                is moved once a day, unless `disableRefresh` says not to. Where browsers may keep the \
                answer (`compat.cookieCache`), it is taken from there. With `compat.deferRefresh` \
                nothing is changed, and `needsRefresh` says whether to send a POST.
                """, options: surface.recognizingSession
        ) { (input: Compat.GetSessionInput, call) in
            try await session(surface, input, call)
        }
        return [reading.route, surface.options.defersRefresh ? refreshing(surface) : Self.refused]
    }

    private func refreshing(_ surface: Compat) -> Route {
        Operation(
            "postSession", .post, "/get-session",
            "The session, with its end moved where it is due.",
            options: surface.recognizingSession
        ) { (_: NoInput, call) in
            try await session(surface, Compat.GetSessionInput(query: call.request), call)
        }.route
    }

    private static let refused = Operation(
        "postSession", .post, "/get-session", "Refused: sessions are refreshed by GET.",
        options: Compat.hidden
    ) { (_: NoInput, _) in
        Compat.PostedSession()
    }.route

    private func session(
        _ surface: Compat, _ input: Compat.GetSessionInput, _ call: Call
    ) async throws -> WithCookies<Compat.CurrentSession> {
        guard let token = surface.sessionToken(of: call.request) else {
            return WithCookies(Compat.CurrentSession(), [])
        }
        var useless: [SetCookie] = []
        // A token that others check must not be given out for what a browser remembers.
        if input.disableCookieCache != true, !surface.options.showsJWT {
            switch surface.cookies.data(of: call.request, for: token, at: call.now) {
            case .none: break
            case .useless: useless = [surface.cookies.forgetData]
            case .found(let session, let user):
                return WithCookies(Compat.CurrentSession(session: session, user: user), [])
            }
        }
        guard let active = try await identity.sessions.find(token, at: call.now) else {
            return WithCookies(Compat.CurrentSession(), surface.cookies.cleared)
        }
        call.note(userID: active.user.id.description)
        let isDue =
            input.disableRefresh != true && identity.sessions.isExtensionDue(active, at: call.now)
        let onlyReads = surface.options.defersRefresh && call.request.method == .get
        if isDue, !onlyReads,
            let extended = try await identity.sessions.extendIfDue(active, at: call.now)
        {
            return WithCookies(
                try current(surface, extended, token, call),
                useless + surface.cookies.renew(extended, token, at: call.now))
        }
        var current = try current(surface, active, token, call)
        if onlyReads, active.session.isRemembered, input.disableRefresh != true {
            current.needsRefresh = isDue
        }
        return WithCookies(current, useless + surface.cookies.keep(active, token, at: call.now))
    }

    private func current(
        _ surface: Compat, _ active: ActiveSession, _ token: SessionToken, _ call: Call
    ) throws -> Compat.CurrentSession {
        Compat.CurrentSession(
            active, token,
            webToken: surface.options.showsJWT ? try webToken(of: active.user, at: call.now) : nil)
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

    struct GetSessionInput: Codable, Sendable, Explained {
        let disableCookieCache: Bool?
        let disableRefresh: Bool?

        /// Of a POST, whose members would come from its body.
        init(query request: Request) {
            let fields = request.query.flatMap { try? FormURLEncoded.decode(query: $0) } ?? []
            let set = { (name: String) in fields.contains { $0.name == name && $0.text == "true" } }
            disableCookieCache = set("disableCookieCache")
            disableRefresh = set("disableRefresh")
        }

        static let words: [String: MemberWords] = [
            "disableCookieCache": "Asks the database, whatever the browser has kept.",
            "disableRefresh": "Leaves the session's end where it is.",
        ]
    }

    /// `{session, user}`, or the JSON literal `null`.
    struct CurrentSession: OperationOutput {
        struct Body: Codable, Sendable, JSONWritable, Explained {
            let session: SessionBody
            let user: UserBody
            /// Only where reading changes nothing (`compat.deferRefresh`).
            var needsRefresh: Bool?

            static let words = [
                "needsRefresh": MemberWords(
                    "With `compat.deferRefresh`: whether a POST would move the session's end.",
                    example: false)
            ]

            func write(to json: inout JSONOutput) {
                json.open()
                json.field("session", session)
                json.field("user", user)
                if let needsRefresh { json.field("needsRefresh", needsRefresh) }
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
        var needsRefresh: Bool?

        init() { content = .none }

        /// What the browser kept.
        init(session: JSON, user: JSON) {
            content = .kept(session: session, user: user)
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
            case .none: return [UInt8]("null".utf8)
            case .found(var body):
                body.needsRefresh = needsRefresh
                return try JSONCoder.write(body)
            case .kept(let session, let user):
                return JSON.object(["session": session, "user": user]).bytes()
            }
        }
    }
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
