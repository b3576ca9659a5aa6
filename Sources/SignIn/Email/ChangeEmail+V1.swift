import API
import Identity
import Surfaces

extension Email {
    static let changeRows =
        MailWords.rows + [
            FailureRow(
                .emailUnchanged, .conflict, "EMAIL_UNCHANGED", "This is your address already")
        ]

    func changing(_ surface: V1) -> SurfacePart {
        SurfacePart(V1.name, failures: Self.changeRows) {
            if identity.settings.changeEmail.isOn {
                routes(ask: "/auth/change-email", confirm: "/auth/change-email/confirm")
            }
        }
    }

    /// The path that V1 has is better-auth's here.
    func changing(_ surface: Tokens) -> SurfacePart {
        SurfacePart(Tokens.name, failures: Self.changeRows) {
            if identity.settings.changeEmail.isOn {
                routes(ask: "/me/change-email", confirm: "/me/change-email/confirm")
            }
        }
    }

    @Routes private func routes(ask: String, confirm: String) -> [Route] {
        Operation(
            "changeEmail", .post, ask, "Ask for another address.", about: Self.aboutChanging,
            failures: [.emailUnchanged], guard: identity.bearer
        ) { (input: EmailChange, caller, call) in
            try await requestChange(input.newEmail, of: caller.user, call)
            return SuccessBody()
        }
        Operation(
            "confirmChangeEmail", .post, confirm,
            "Answer one of the mails by which an address is changed.",
            about: Self.aboutConfirming, failures: [.invalidToken]
        ) { (input: MailedProof, call) in
            EmailChangeBody(try await confirmChange(input.proof(), call))
        }
    }
}
