import API
import Identity
import Surfaces

extension Password {
    /// The paths that V1 has are better-auth's here.
    func recovery(_ surface: Tokens) -> SurfacePart {
        SurfacePart(Tokens.name, failures: MailWords.rows) {
            Operation(
                "forgotPassword", .post, "/password/forgot",
                "Ask for a mail by which a new password can be chosen.",
                about: Self.aboutForgetting, failures: [.passwordsOff]
            ) { (input: ForgottenPassword, call) in
                guard identity.settings.password.isOn else { throw Failure.passwordsOff }
                try await forgotPassword(input.email, call)
                return SuccessBody()
            }
            Operation(
                "resetPassword", .post, "/password/reset",
                "Choose a new password with what a mail had.", about: Self.aboutResetting,
                failures: [.invalidToken], options: passwordRules
            ) { (input: PasswordReset, call) in
                try await reset(input, call)
            }
        }
    }
}
