import API
import Coding
import Identity
import Surfaces
import Values

// S3-8, S3-9. The specification gives no bodies; the open points do.

extension Password {
    static let aboutForgetting = """
        The answer is the same whether anybody has the address. The mail has a link to a page of the \
        server, with a token that works once, and a code; both are good for an hour unless the server \
        is set up otherwise. Wishes are counted per network and per address.
        """
    static let aboutResetting = """
        With `token`, what follows `#token=` in the link of the mail; or with `email` and `code`. All \
        sessions of the user end, and with them their tokens, unless the server is set up otherwise. \
        Older mails of the kind are used up, too. A mail's code is good for five tries.
        """

    func reset(_ proof: MailProof, to password: NewPassword, _ call: Call) async throws {
        let user = try await identity.resetPassword(proof, to: password, call)
        call.note(userID: user.id.description)
        try await identity.attempts.unlock(user.email, call)
    }

    func reset(_ input: PasswordReset, _ call: Call) async throws -> SuccessBody {
        let proof = try input.proof()
        try await identity.attempts.count(proof, call)
        try await reset(
            proof, to: NewPassword(input.password.secret, identity.passwordPolicy), call)
        return SuccessBody()
    }
}

/// Whose password was forgotten.
struct ForgottenPassword: Codable, Sendable {
    let email: EmailAddress
}

/// What a mail had, and the password that is wanted.
struct PasswordReset: Codable, Sendable, MailProofInput {
    let token: MailedToken?
    let email: EmailAddress?
    let code: MailedCode?
    let password: GivenPassword
}

extension PasswordReset: Explained {
    static let words: [String: MemberWords] = MailWords.proof
}
