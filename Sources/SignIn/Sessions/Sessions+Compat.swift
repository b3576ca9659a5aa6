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
            getSession(surface)
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

    /// As better-auth's jwt plugin makes one: all that get-session shows of the user, for the origin of
    /// the base URL.
    func webToken(of user: User, at now: Instant) throws -> String {
        let tokens = identity.accessTokens
        let profile = try JSON(parsing: JSONCoder.write(Compat.UserBody(user)))
        return try tokens.introduce(
            user, saying: profile.asObject ?? [:],
            to: TrustedOrigins.origin(of: tokens.issuer) ?? tokens.issuer, at: now)
    }
}

extension Compat {
    struct OKBody: Codable, OperationOutput, Explained {
        var ok = true

        static let words = ["ok": MemberWords("Always true.", example: true)]
    }

    struct StatusBody: Codable, OperationOutput, Explained {
        var status = true

        static let words = ["status": MemberWords("Always true.", example: true)]
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
