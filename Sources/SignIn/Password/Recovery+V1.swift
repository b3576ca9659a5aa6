import API
import Identity
import Surfaces

extension Password {
    func recovery(_ surface: V1) -> SurfacePart {
        SurfacePart(V1.name, failures: MailWords.rows) {
            recoveryRoutes(ask: "/auth/forgot-password", reset: "/auth/reset-password")
        }
    }

    /// The paths that V1 has are better-auth's here.
    func recovery(_ surface: Tokens) -> SurfacePart {
        SurfacePart(Tokens.name, failures: MailWords.rows) {
            recoveryRoutes(ask: "/password/forgot", reset: "/password/reset")
        }
    }

    @Routes private func recoveryRoutes(ask: String, reset path: String) -> [Route] {
        Operation(
            "forgotPassword", .post, ask, "Ask for a mail by which a new password can be chosen.",
            about: Self.aboutForgetting, failures: [.passwordsOff]
        ) { (input: ForgottenPassword, call) in
            guard identity.settings.password.isOn else { throw Failure.passwordsOff }
            try await forgotPassword(input.email, call)
            return SuccessBody()
        }
        Operation(
            "resetPassword", .post, path, "Choose a new password with what a mail had.",
            about: Self.aboutResetting, failures: [.invalidToken], options: passwordRules
        ) { (input: PasswordReset, call) in
            try await reset(input, call)
        }
    }

    /// What the page asks that the link of the mail leads to.
    func recovery(_ surface: Pages) -> SurfacePart {
        SurfacePart(Pages.name, failures: MailWords.rows) {
            Operation(
                "resetPassword", .post, "/reset-password",
                "Choose a new password with what a mail had.", failures: [.invalidToken],
                options: passwordRules.hidden
            ) { (input: PasswordReset, call) in
                try await reset(input, call)
            }
        }
    }
}
