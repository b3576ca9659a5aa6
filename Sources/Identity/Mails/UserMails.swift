import API
import Coding
import Mail
import SQL
import Values

/// Writes the mails to users, each in the transaction of what it is about: there is no link without
/// its mail, and no mail about what did not happen. Call `wake` after the commit.
package struct UserMails: Sendable {
    package let identity: Identity
    package let outbox: Outbox
    package let links: MailLinks
    private let templates: UserMailTemplates

    package init(
        _ identity: Identity, _ outbox: Outbox, _ templates: UserMailTemplates, _ links: MailLinks
    ) {
        self.identity = identity
        self.outbox = outbox
        self.templates = templates
        self.links = links
    }

    package func wake() async { await outbox.queue.wake() }

    // MARK: Mails

    /// By which a new password is chosen.
    package func resetPassword(
        of user: User, callbackURL: String?, at now: Instant, in transaction: any Transaction
    ) async throws {
        try await send(
            templates.resetPassword, .resetPassword, user, to: user.email,
            VerificationValue(callbackURL: callbackURL), at: now, transaction)
    }

    /// By which a user shows that his address is his.
    package func verifyEmail(
        of user: User, callbackURL: String?, at now: Instant, in transaction: any Transaction
    ) async throws {
        try await send(
            templates.verifyEmail, .verifyEmail, user, to: user.email,
            VerificationValue(email: user.email, callbackURL: callbackURL), at: now, transaction)
    }

    /// To the address that a user leaves and has shown to be his.
    package func leaveEmail(
        of user: User, for email: EmailAddress, callbackURL: String?, at now: Instant,
        in transaction: any Transaction
    ) async throws {
        try await send(
            templates.leaveEmail, .leaveEmail, user, to: user.email,
            VerificationValue(email: email, callbackURL: callbackURL), at: now, transaction)
    }

    /// To the address that he goes to. Somebody who has it already is told instead; who asked hears
    /// nothing of that.
    package func changeEmail(
        of user: User, to email: EmailAddress, callbackURL: String?, at now: Instant,
        in transaction: any Transaction
    ) async throws {
        guard try await transaction.first(User.findByEmail, email) == nil else {
            return try await addressInUse(email, at: now, in: transaction)
        }
        try await send(
            templates.changeEmail, .changeEmail, user, to: email,
            VerificationValue(email: email, callbackURL: callbackURL), at: now, transaction)
    }

    package func deleteUser(
        _ user: User, callbackURL: String?, at now: Instant, in transaction: any Transaction
    ) async throws {
        try await send(
            templates.deleteUser, .deleteUser, user, to: user.email,
            VerificationValue(callbackURL: callbackURL), at: now, transaction)
    }

    /// To whoever has an address that somebody tried to register, or to change to.
    package func addressInUse(
        _ email: EmailAddress, at now: Instant, in transaction: any Transaction
    ) async throws {
        let mail = templates.addressInUse.mail(
            to: email, ["server": links.baseURL, "email": email.text])
        try await outbox.insert(mail, at: now, in: transaction)
    }

    // MARK: Sending

    private func send(
        _ template: MailTemplate, _ purpose: VerificationPurpose, _ user: User,
        to address: EmailAddress, _ value: VerificationValue, at now: Instant,
        _ transaction: any Transaction
    ) async throws {
        let subject = MailLinks.Subject(
            purpose: purpose, email: user.email, value: value, endsAt: now + life(of: purpose))
        let issued = try await identity.verifications.issue(
            purpose, for: user.id, to: address, value, expiresAt: subject.endsAt, at: now,
            in: transaction)
        let mail = template.mail(
            to: address,
            [
                "name": Self.name(of: user), "server": links.baseURL,
                "link": links.link(subject, issued, at: now), "code": issued.code.shown,
                "page": links.codePage(purpose), "ends": Self.words(subject.endsAt),
                "email": value.email?.text ?? address.text,
            ])
        try await outbox.insert(mail, at: now, in: transaction)
    }

    /// Whoever registers somebody else's address writes no words into the mails to it.
    private static func name(of user: User) -> String {
        (user.isEmailVerified ? user.name : nil) ?? user.email.text
    }

    private func life(of purpose: VerificationPurpose) -> Duration {
        purpose == .resetPassword
            ? identity.settings.password.resetExpiresAfter.duration
            : identity.settings.verification.expiresAfter.duration
    }

    /// `2026-11-20 13:00 UTC`
    package static func words(_ instant: Instant) -> String {
        instant.description.prefix(16).map { $0 == "T" ? " " : String($0) }.joined() + " UTC"
    }
}
