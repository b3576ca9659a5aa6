import API
import SQL
import Values

extension Identity {
    /// Runs `body` for whoever shows what a mail has, once. Throws `invalidToken`, the same for what is
    /// used, expired or made up. A wrong code has been counted then.
    package func consume<Output: Sendable>(
        _ proof: MailProof, _ purpose: VerificationPurpose, _ call: Call,
        thenIn body: @escaping @Sendable (Verification, any Transaction) async throws -> Output
    ) async throws -> Output {
        let output = try await database.transaction { [self] transaction -> Output? in
            let verification = try await verifications.consume(
                proof, purpose, at: call.now, in: transaction)
            guard let verification else { return nil }
            return try await body(verification, transaction)
        }
        guard let output else { throw Failure.invalidToken }
        return output
    }

    /// Notes that mail to the address reaches its user. Throws `invalidToken` when the user has another
    /// address by now.
    package func verifyEmail(
        of user: ID<User>, _ email: EmailAddress, _ call: Call, in transaction: any Transaction
    ) async throws -> User {
        guard let verified = try await transaction.first(User.verifyEmail, user, email, call.now)
        else { throw Failure.invalidToken }
        try await audit.append(
            .emailVerified, about: user, by: AuditOrigin(call, .anonymous), details: ["by": "mail"],
            at: call.now, in: transaction)
        return try await sessions.withFields(verified, in: transaction)
    }

    /// Gives a user another address, where mail has reached him. His sessions go on; what other mails
    /// let their readers do ends. Throws `invalidToken` when somebody has the address by now.
    package func changeEmail(
        of user: ID<User>, to email: EmailAddress, _ call: Call, in transaction: any Transaction
    ) async throws -> User {
        guard
            let changed = try await rename(user, to: email, at: call.now, in: transaction)
        else { throw Failure.invalidToken }
        try await verifications.consumeAll(of: user, at: call.now, in: transaction)
        try await audit.append(
            .emailChanged, about: user, by: AuditOrigin(call, .anonymous), details: ["by": "mail"],
            at: call.now, in: transaction)
        return try await sessions.withFields(changed, in: transaction)
    }

    private func rename(
        _ user: ID<User>, to email: EmailAddress, at now: Instant, in transaction: any Transaction
    ) async throws -> User? {
        do throws(DatabaseError) {
            return try await transaction.first(User.changeEmail, user, email, now)
        } catch {
            guard error.code == User.emailTaken else { throw error }
            throw Failure.invalidToken.because(error)
        }
    }
}
