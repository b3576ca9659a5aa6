import API
import Identity
import Surfaces

/// What a signed-in user does with his session: look at it, refresh it, end it,
/// and the same with those of his other devices.
package struct SessionRoutes: Sendable {
    let identity: Identity

    package init(_ identity: Identity) {
        self.identity = identity
    }

    package func module(_ surfaces: SurfaceList) -> Module {
        Module(
            "sessions",
            migrations: Identity.migrations, statements: Identity.statements,
            parts: [
                v1(surfaces.v1, surfaces.callers), tokens(surfaces.tokens, surfaces.callers),
                compat(surfaces.compat),
                ownSessions(on: V1.name, below: "/auth/sessions", surfaces.v1.cookie),
                ownSessions(on: Tokens.name, below: "/sessions", surfaces.tokens.cookie),
                ownSessions(surfaces.compat),
            ])
    }

    static let aboutMe = """
        An API key needs the scope `users:read`; that of an organization is no user's and is refused.
        """
}
