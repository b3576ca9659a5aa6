import API
import Coding
import Identity
import SQL
import Surfaces
import Values

extension Email {
    static let aboutVerifying = """
        With `token`, what follows `#token=` in the link of the mail; or with `email` and `code`. Either \
        works once, and a code is good for five tries. The user is signed in with it where \
        `auth.verification.signInAfterVerification` says so.
        """
    static let aboutResending = """
        The answer is the same whether anybody has the address and whether he has confirmed it already; \
        then no mail is sent. Wishes are counted per network and per address.
        """

    static let verifiedOutcome = "The address is confirmed."
    static let verifiedWords: [String: MemberWords] = [
        "tokens": "Where confirming the address signs in."
    ]

    /// A user who has shown that his address is his.
    struct Verified<Started: StartedSession>: Sendable {
        let user: User
        /// His new session, where one was to start.
        let started: Started?
        let callbackURL: String?
    }

    func verify<Started: StartedSession>(
        _ proof: MailProof, _ call: Call,
        thenIn start: @escaping @Sendable (User, any Transaction) async throws -> Started
    ) async throws -> Verified<Started> {
        try await identity.attempts.count(proof, call)
        let verified = try await identity.consume(proof, .verifyEmail, call) {
            verification, transaction in
            guard let email = verification.value.email else { throw Failure.invalidToken }
            let user = try await identity.verifyEmail(
                of: verification.user, email, call, in: transaction)
            return Verified(
                user: user, started: try await self.start(start, user, call, transaction),
                callbackURL: verification.value.callbackURL)
        }
        call.note(userID: verified.user.id.description)
        try await identity.sessions.refreshCaches(of: verified.user.id)
        return verified
    }

    func start<Started: StartedSession>(
        _ start: @Sendable (User, any Transaction) async throws -> Started, _ user: User,
        _ call: Call, _ transaction: any Transaction
    ) async throws -> Started? {
        guard identity.settings.verification.signInAfterVerification else { return nil }
        let started = try await start(user, transaction)
        try await identity.record(.signedIn, about: started, by: Self.name, call, in: transaction)
        return started
    }

    /// Another mail, to whoever has the address and has not confirmed it.
    func resend(_ email: EmailAddress, callbackURL: String? = nil, _ call: Call) async throws {
        try await identity.attempts.countResetWish(email, call)
        try await verifyWishes.insert(MailWish(email, callbackURL: callbackURL), call)
    }
}

/// To which address another mail is to go.
struct VerificationWish: Codable, Sendable {
    let email: EmailAddress
}
