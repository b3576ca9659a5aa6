import API
import Identity
import Values

/// Sends a link by which a new password can be chosen, to whoever reads the mails of an address.
struct ForgotPassword: Sendable {
    let wishes: MailWishes

    init(_ mails: UserMails) {
        wishes = MailWishes("password.forgot", mails) { user, wish, now, transaction in
            try await mails.resetPassword(
                of: user, callbackURL: wish.callbackURL, at: now, in: transaction)
        }
    }

    func callAsFunction(
        _ email: EmailAddress, callbackURL: String? = nil, _ call: Call
    ) async throws {
        try await wishes.mails.identity.attempts.countResetWish(email, call)
        try await wishes.insert(MailWish(email, callbackURL: callbackURL), call)
    }
}
