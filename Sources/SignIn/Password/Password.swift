import API
import Identity
import Mail
import Surfaces

/// Sign-in by e-mail address and password: the method every program starts with.
package struct Password: Sendable {
    package static let name = "password"

    let identity: Identity
    let forgotPassword: ForgotPassword

    /// `template` is the mail by which a new password is chosen, on a page below `baseURL`.
    package init(
        _ identity: Identity, _ outbox: Outbox, _ template: MailTemplate, baseURL: String
    ) {
        self.identity = identity
        forgotPassword = ForgotPassword(
            identity: identity, outbox: outbox, template: template, baseURL: baseURL)
    }

    package func module(_ surfaces: SurfaceList) -> Module {
        Module(
            Self.name,
            parts: [
                v1(surfaces.v1), v1Recovery(surfaces.v1), tokens(surfaces.tokens),
                compat(surfaces.compat), changing(surfaces.v1), changing(surfaces.tokens),
                changing(surfaces.compat),
            ], jobs: [forgotPassword.handler])
    }

    /// The failures of signing in, on any surface.
    static let signInFailures: [Failure] = [
        .invalidCredentials, .accountLocked, .userBanned,
    ]
    static let signUpFailures: [Failure] = [.emailTaken, .signUpClosed]
}
