import API
import Coding
import Identity
import Surfaces
import Values

extension Failure {
    static let emailMismatch = Failure("emailMismatch")
    static let emailAlreadyVerified = Failure("emailAlreadyVerified")
    static let changeEmailOff = Failure("changeEmailOff")
    static let verificationOff = Failure("verificationOff")
}

extension Email {
    func changing(_ surface: Compat) -> SurfacePart {
        SurfacePart(
            Compat.name,
            failures: [
                FailureRow(.emailUnchanged, Compat.emailUnchanged),
                FailureRow(.changeEmailOff, Compat.changeEmailOff),
                FailureRow(.verificationOff, Compat.verificationOff),
                FailureRow(.emailMismatch, Compat.emailMismatch),
                FailureRow(.emailAlreadyVerified, Compat.alreadyVerified),
            ]
        ) {
            Operation(
                "changeEmail", .post, "/change-email", "Ask for another address.",
                about: Self.aboutChanging, failures: [.emailUnchanged, .changeEmailOff],
                guard: surface.signedIn(identity)
            ) { (input: Compat.ChangeEmailInput, caller, call) in
                guard identity.settings.changeEmail.isOn else { throw Failure.changeEmailOff }
                try await requestChange(
                    input.newEmail, callbackURL: CallbackURL(input.callbackURL).text,
                    of: caller.user, call)
                return WithCookies(
                    Compat.MailedBody(), surface.cookies.keep(caller, at: call.now))
            }
            Operation(
                "sendVerificationEmail", .post, "/send-verification-email",
                "Ask for a mail by which an address is confirmed.",
                about: """
                    Without a session the answer is the same whether anybody has the address. With one, \
                    it must be that of its user.
                    """,
                failures: [.verificationOff, .emailMismatch, .emailAlreadyVerified],
                options: surface.recognizingSession
            ) { (input: Compat.VerificationWishInput, call) in
                guard surface.options.sendsVerification else { throw Failure.verificationOff }
                try await requireOwn(input.email, surface, call)
                try await resend(
                    input.email, callbackURL: CallbackURL(input.callbackURL).text, call)
                return Compat.MailedBody()
            }
        }
    }

    private func requireOwn(
        _ email: EmailAddress, _ surface: Compat, _ call: Call
    ) async throws {
        guard let active = try await session(surface, call)?.active else { return }
        guard active.user.email == email else { throw Failure.emailMismatch }
        guard !active.user.isEmailVerified else { throw Failure.emailAlreadyVerified }
    }

    /// The session of the request, for operations that can do without.
    func session(_ surface: Compat, _ call: Call) async throws -> Caller? {
        guard let token = surface.sessionToken(of: call.request),
            let active = try await identity.sessions.find(token, at: call.now)
        else { return nil }
        return Caller(active: active, token: token)
    }
}

extension Compat {
    struct ChangeEmailInput: Codable, Sendable, Explained {
        static let words = [
            "newEmail": MemberWords("The address that is wanted.", example: "ada@example.org"),
            "callbackURL": .callbackURL,
        ]

        let newEmail: EmailAddress
        let callbackURL: String?
    }

    struct VerificationWishInput: Codable, Sendable, Explained {
        static let words = ["callbackURL": MemberWords.callbackURL]

        let email: EmailAddress
        let callbackURL: String?
    }

    struct MailedBody: Codable, OperationOutput, Explained {
        static let outcome = "The wish is noted."
        static let words = ["status": MemberWords("Always true.", example: true)]

        var status = true
    }
}

extension MemberWords {
    static let callbackURL = MemberWords(
        "Where the browser goes on after the mail.", example: "/welcome")
}
