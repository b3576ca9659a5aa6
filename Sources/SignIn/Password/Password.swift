import API
import Identity
import Surfaces

/// Sign-in by e-mail address and password: the method every program starts with.
package struct Password: Sendable {
    package static let name = "password"

    let identity: Identity

    package init(_ identity: Identity) {
        self.identity = identity
    }

    package func module(_ surfaces: SurfaceList) -> Module {
        Module(
            Self.name,
            parts: [
                v1(surfaces.v1), tokens(surfaces.tokens), compat(surfaces.compat),
                changing(surfaces.v1), changing(surfaces.tokens), changing(surfaces.compat),
            ])
    }

    /// The failures of signing in, on any surface.
    static let signInFailures: [Failure] = [
        .invalidCredentials, .accountLocked, .userBanned,
    ]
    static let signUpFailures: [Failure] = [.emailTaken, .signUpClosed]
}
