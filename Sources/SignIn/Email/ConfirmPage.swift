import API
import Coding
import HTTP
import Identity
import Surfaces
import Values

// C28: the page that the links of mails lead to. Looking changes nothing; its button does.

extension Email {
    func confirming(_ surface: Pages, _ compat: Compat) -> SurfacePart {
        SurfacePart(
            Pages.name,
            failures: MailWords.rows + [
                FailureRow(
                    .userBanned, .forbidden, "USER_BANNED", "The account has been banned"),
                FailureRow(
                    .lastOwner, .conflict, "LAST_OWNER",
                    "Make another member an owner of your organizations, or delete them, first"),
            ]
        ) {
            Operation(
                "lookAtMail", .post, "/confirm/look", "What the link of a mail is for.",
                failures: [.invalidToken], options: RouteOptions().hidden
            ) { (input: LookInput, call) in
                try await look(VerificationToken(input.token.text), call)
            }
            Operation(
                "confirm", .post, "/confirm", "Do what a mail is about.",
                failures: [.invalidToken, .userBanned, .lastOwner], options: RouteOptions().hidden
            ) { (input: ConfirmInput, call) in
                try await confirm(input, compat.cookies, call)
            }
            Operation(
                "resend", .post, "/confirm/resend", "Ask for another mail.",
                options: RouteOptions().hidden
            ) { (input: VerificationWish, call) in
                try await resend(input.email, call)
                return SuccessBody()
            }
        }
    }

    private func look(_ token: VerificationToken, _ call: Call) async throws -> LookBody {
        try await identity.attempts.count(.token(token), call)
        guard
            let (verification, state) = try await identity.verifications.look(token, at: call.now),
            verification.purpose != .resetPassword
        else { throw Failure.invalidToken }
        let user = try await identity.database.first(User.find, verification.user)
        guard let email = verification.value.email ?? user?.email else {
            throw Failure.invalidToken
        }
        return LookBody(purpose: verification.purpose, state: state, email: email)
    }

    private func confirm(
        _ input: ConfirmInput, _ cookies: CompatCookies, _ call: Call
    ) async throws -> WithCookies<ConfirmedBody> {
        let proof = try input.proof()
        switch try await purpose(of: proof, input, call) {
        case .verifyEmail:
            let verified = try await verify(proof, call) { user, transaction in
                try await identity.sessions.start(
                    for: user, on: call.device, isRemembered: true, at: call.now, in: transaction)
            }
            return WithCookies(
                ConfirmedBody(.verified, verified.callbackURL),
                verified.started.map(cookies.start) ?? [])
        case .leaveEmail:
            try await identity.attempts.count(proof, call)
            _ = try await agree(proof, call)
            return WithCookies(ConfirmedBody(.mailed), [])
        case .changeEmail:
            try await identity.attempts.count(proof, call)
            guard case .changed(_, let callbackURL) = try await complete(proof, call) else {
                throw Failure.invalidToken
            }
            return WithCookies(ConfirmedBody(.changed, callbackURL), [])
        case .deleteUser where identity.settings.deleteUser.isOn:
            try await identity.attempts.count(proof, call)
            try await identity.delete(proof, call)
            return WithCookies(ConfirmedBody(.deleted), cookies.cleared)
        case .deleteUser, .resetPassword: throw Failure.invalidToken
        }
    }

    /// A link knows what it is for. Of a code, the page was told by its address.
    private func purpose(
        of proof: MailProof, _ input: ConfirmInput, _ call: Call
    ) async throws -> VerificationPurpose {
        guard case .token(let token) = proof else { return input.purpose ?? .verifyEmail }
        let found = try await identity.verifications.look(token, at: call.now)
        guard let found, found.state == .open else { throw Failure.invalidToken }
        return found.verification.purpose
    }
}

extension Email {
    struct LookInput: Codable, Sendable {
        let token: MailedToken
    }

    struct LookBody: Codable, OperationOutput {
        let purpose: VerificationPurpose
        let state: Verifications.State
        /// The address that it is about.
        let email: EmailAddress
    }

    struct ConfirmInput: Codable, Sendable, MailProofInput, Explained {
        static let words = MailWords.proof.merging([
            "purpose": "Of the mail that had the code; to confirm an address, if left out."
        ]) { $1 }

        let token: MailedToken?
        let purpose: VerificationPurpose?
        let email: EmailAddress?
        let code: MailedCode?
    }

    struct ConfirmedBody: Codable, OperationOutput, Explained {
        enum Outcome: String, Codable, CaseIterable, Sendable {
            case verified, mailed, changed, deleted
        }

        static let words: [String: MemberWords] = [
            "callbackURL": MemberWords("Where to go on, if anywhere.", example: "/welcome")
        ]

        let outcome: Outcome
        let callbackURL: String?

        init(_ outcome: Outcome, _ callbackURL: String? = nil) {
            (self.outcome, self.callbackURL) = (outcome, callbackURL)
        }
    }
}
