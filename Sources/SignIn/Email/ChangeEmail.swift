import API
import Coding
import Identity
import SQL
import Surfaces
import Values

// A user who has shown that his address is his agrees there first, and then the new one confirms.
// One who has not is asked at the new address only. Whether somebody has it, he does not learn: the
// mails that reach him are the same.

extension Email {
    static let aboutChanging = """
        Nothing changes before a mail is answered: at the address that the user has, if he has \
        confirmed it, and then at the new one. The answer is the same where somebody has the address. \
        His sessions go on.
        """
    static let aboutConfirming = """
        With `token`, what follows `#token=` in the link of the mail; or with `email`, the address that \
        the mail came to, and `code`. After the mail to the old address, one to the new one follows.
        """

    func requestChange(
        _ email: EmailAddress, callbackURL: String? = nil, of user: User, _ call: Call
    ) async throws {
        guard email != user.email else { throw Failure.emailUnchanged }
        try await identity.attempts.countResetWish(user.email, call)
        let wish = MailWish(user.email, newEmail: email, callbackURL: callbackURL)
        try await identity.database.transaction { transaction in
            try await changeWishes.insert(wish, at: call.now, in: transaction)
            try await identity.audit.append(
                .emailChangeRequested, about: user.id, by: AuditOrigin(call, .user(user.id)),
                at: call.now, in: transaction)
        }
        await mails.wake()
    }

    /// The first mail of a change.
    static func mail(
        _ user: User, _ email: EmailAddress, _ callbackURL: String?, _ mails: UserMails,
        _ now: Instant, _ transaction: any Transaction
    ) async throws {
        if user.isEmailVerified {
            try await mails.leaveEmail(
                of: user, for: email, callbackURL: callbackURL, at: now, in: transaction)
        } else {
            try await mails.changeEmail(
                of: user, to: email, callbackURL: callbackURL, at: now, in: transaction)
        }
    }

    /// What an answered mail has come to.
    enum ChangeStep: Sendable {
        /// The user has agreed, and the new address has a mail.
        case mailed
        case changed(User, callbackURL: String?)
    }

    /// With what either mail had.
    func confirmChange(_ proof: MailProof, _ call: Call) async throws -> ChangeStep {
        try await identity.attempts.count(proof, call)
        switch proof {
        case .token(let token):
            let found = try await identity.verifications.look(token, at: call.now)
            return found?.verification.purpose == .leaveEmail
                ? try await agree(proof, call) : try await complete(proof, call)
        case .code:
            do {
                return try await complete(proof, call)
            } catch let failure as Failure where failure == .invalidToken {
                return try await agree(proof, call)
            }
        }
    }

    func agree(_ proof: MailProof, _ call: Call) async throws -> ChangeStep {
        try await identity.consume(proof, .leaveEmail, call) { verification, transaction in
            try await agree(verification, verification.value.callbackURL, call, transaction)
        }
        await mails.wake()
        return .mailed
    }

    func agree(
        _ verification: Verification, _ callbackURL: String?, _ call: Call,
        _ transaction: any Transaction
    ) async throws {
        guard let email = verification.value.email,
            let user = try await transaction.first(User.find, verification.user)
        else { throw Failure.invalidToken }
        try await mails.changeEmail(
            of: user, to: email, callbackURL: callbackURL, at: call.now, in: transaction)
    }

    func complete(_ proof: MailProof, _ call: Call) async throws -> ChangeStep {
        let (user, callbackURL) = try await identity.consume(proof, .changeEmail, call) {
            verification, transaction in
            (
                try await complete(verification, call, transaction),
                verification.value.callbackURL
            )
        }
        call.note(userID: user.id.description)
        try await identity.sessions.refreshCaches(of: user.id)
        return .changed(user, callbackURL: callbackURL)
    }

    func complete(
        _ verification: Verification, _ call: Call, _ transaction: any Transaction
    ) async throws -> User {
        guard let email = verification.value.email else { throw Failure.invalidToken }
        return try await identity.changeEmail(
            of: verification.user, to: email, call, in: transaction)
    }
}

/// The address that a user wants.
struct EmailChange: Codable, Sendable {
    let newEmail: EmailAddress
}

/// Where a change of address stands.
struct EmailChangeBody: Codable, OperationOutput, Explained {
    enum Step: String, Codable, CaseIterable, Sendable {
        case mailed, changed
    }

    static let outcome = "The mail is answered."
    static let words: [String: MemberWords] = [
        "step": "`mailed`: a mail to the new address follows; `changed`: it is the user's now."
    ]

    let step: Step

    init(_ step: Email.ChangeStep) {
        switch step {
        case .mailed: self.step = .mailed
        case .changed: self.step = .changed
        }
    }
}
