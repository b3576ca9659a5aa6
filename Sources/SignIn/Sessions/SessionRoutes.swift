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
                v1(surfaces.v1), tokens(surfaces.tokens), compat(surfaces.compat),
                ownSessions(surfaces.v1), ownSessions(surfaces.tokens),
                ownSessions(surfaces.compat),
            ])
    }
}
