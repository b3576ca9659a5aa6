import API
import Identity
import Surfaces

/// Sign-in by e-mail address and password: the method every program starts with.
package struct Password: Sendable {
    package static let name = "password"

    let identity: Identity
    let mails: UserMails
    let forgotPassword: ForgotPassword

    package init(_ mails: UserMails) {
        identity = mails.identity
        self.mails = mails
        forgotPassword = ForgotPassword(mails)
    }

    package func module(_ surfaces: SurfaceList) -> Module {
        Module(
            Self.name,
            parts: [
                v1(surfaces.v1), tokens(surfaces.tokens), compat(surfaces.compat),
                changing(surfaces.v1), changing(surfaces.tokens), changing(surfaces.compat),
                recovery(surfaces.v1), recovery(surfaces.tokens), recovery(surfaces.compat),
                recovery(surfaces.pages),
            ], jobs: [forgotPassword.wishes.handler])
    }

    /// The failures of signing in, on any surface.
    static let signInFailures: [Failure] = [
        .invalidCredentials, .accountLocked, .userBanned, .emailNotVerified, .passwordsOff,
    ]
    static let signUpFailures: [Failure] = [.emailTaken, .signUpClosed]
}
