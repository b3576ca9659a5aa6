import API
import Coding
import HTTP
import Identity
import Surfaces

/// The refresh token of a request: the first value that starts with `rt_` of the bearer credentials,
/// the body's `refreshToken` and the cookie (C2).
struct PresentedToken {
    /// All of it may be left out.
    struct Input: Codable, Sendable {
        let refreshToken: String?
    }

    /// The credentials that a request may carry it as.
    static let refreshing = withSchemes(RefreshCookie.schemes)
    /// An access token names a session, too.
    static let signingOut = withSchemes([Identity.bearerScheme] + RefreshCookie.schemes)

    private static func withSchemes(_ schemes: [SecurityScheme]) -> RouteOptions {
        var options = RouteOptions()
        options.optionalSchemes = schemes
        return options
    }

    static let aboutRefreshing = """
        The refresh token is the first that is found as bearer credentials, as `refreshToken` in the \
        body, as the cookie. It is used up: for 30 seconds it gives the same successor again, so that \
        two tabs do not sign each other out; after that its use revokes all tokens of the sign-in.
        """
    static let aboutSigningOut = """
        The session is named by its access token as bearer credentials, or by its refresh token in \
        any of the places where refreshing looks for it. The cookie is cleared.
        """

    static func find(
        _ input: Input, _ call: Call, _ cookie: RefreshCookie
    ) -> RefreshToken? {
        let places = [
            call.request.bearerToken, input.refreshToken, cookie.value(of: call.request),
        ]
        return places.lazy.compactMap { $0.flatMap(RefreshToken.init) }.first
    }
}

extension PresentedToken.Input: Explained {
    static let words = ["refreshToken": MemberWords.refreshToken]
}

extension Identity {
    /// Rotates the request's refresh token.
    func refresh(
        _ input: PresentedToken.Input, _ call: Call, _ cookie: RefreshCookie
    ) async throws -> IssuedTokens {
        guard let token = PresentedToken.find(input, call, cookie) else {
            throw Failure.invalidRefreshToken
        }
        return try await refresh(token, call)
    }

    /// Ends the session of the request, named by its bearer token or by its refresh token: a client
    /// whose access token has ended can still sign out.
    func signOut(
        _ input: PresentedToken.Input, _ call: Call, _ cookie: RefreshCookie
    ) async throws {
        if let token = PresentedToken.find(input, call, cookie) {
            guard let session = try await refreshTokens.session(of: token, at: call.now) else {
                throw Failure.unauthorized
            }
            return try await signOut(session, call)
        }
        let caller = try await bearer.check(call)
        try await signOut(caller.session.id, call)
    }
}

extension SessionRoutes {
    static let tokenRows = [
        FailureRow(
            .invalidRefreshToken, .unauthorized, "INVALID_REFRESH_TOKEN",
            "The refresh token is not valid; sign in again")
    ]
}
