import API
import Coding
import Identity
import Surfaces
import Values

// S3-8, S3-9. The specification gives no bodies; the open points do.

extension Password {
    func v1Recovery(_ surface: V1) -> SurfacePart {
        SurfacePart(
            V1.name,
            failures: [
                FailureRow(
                    .invalidToken, .badRequest, "INVALID_TOKEN",
                    "The link is not valid any more; ask for another")
            ]
        ) {
            Operation(
                "forgotPassword", .post, "/auth/forgot-password",
                "Ask for a mail by which a new password can be chosen.",
                about: """
                    The answer is the same whether anybody has the address. The mail has a link to a \
                    page of the server, with a token that works once, for an hour unless the server \
                    is set up otherwise. Wishes are counted per network and per address.
                    """
            ) { (input: V1.ForgotPasswordInput, call) in
                try await forgotPassword(input.email, call)
                return SuccessBody()
            }
            Operation(
                "resetPassword", .post, "/auth/reset-password",
                "Choose a new password with the token of a mail.",
                about: """
                    All sessions of the user end, and with them their tokens. Older mails of the kind \
                    are used up, too.
                    """, failures: [.invalidToken], options: passwordRules
            ) { (input: V1.ResetPasswordInput, call) in
                try await reset(input, call)
                return SuccessBody()
            }
        }
    }

    private func reset(_ input: V1.ResetPasswordInput, _ call: Call) async throws {
        try await identity.attempts.countReset(call)
        let password = try NewPassword(input.password.secret, identity.passwordPolicy)
        let user = try await identity.resetPassword(
            VerificationToken(input.token.text), to: password, call)
        call.note(userID: user.id.description)
        try await identity.attempts.unlock(user.email, call)
    }
}

extension V1 {
    struct ForgotPasswordInput: Codable, Sendable {
        let email: EmailAddress
    }

    struct ResetPasswordInput: Codable, Sendable {
        let token: MailedToken
        let password: GivenPassword
    }
}

extension V1.ResetPasswordInput: Explained {
    static let words: [String: MemberWords] = [
        "token": "What follows `#token=` in the link of the mail."
    ]
}

/// The token of a mail as it was copied: whether it is one, the database says.
struct MailedToken: StringValue {
    let text: String

    init(_ text: String) throws(Invalid) {
        try text.requireText(length: 1...128)
        self.text = text
    }

    static var schema: Schema { .string(length: 1...128, pattern: .withoutControls) }
    static var example: MailedToken {
        MailedToken(unchecked: "q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k")
    }

    private init(unchecked text: String) { self.text = text }
}
