import SQL
import Values

/// Gives out one-time tokens and takes them back.
package struct Verifications: Sendable {
    let database: any Database
    let randomness: Randomness

    package func issue(
        _ purpose: VerificationPurpose, for user: ID<User>, expiresAt: Instant, at now: Instant,
        in transaction: any Transaction
    ) async throws -> VerificationToken {
        let token = VerificationToken(from: randomness)
        try await transaction.execute(
            Verification.insert, ID(at: now, from: randomness), user, purpose, token.hash,
            expiresAt, now)
        return token
    }

    /// Whether a token can be consumed: asked before work that is only worth doing then.
    func isLive(
        _ token: VerificationToken, _ purpose: VerificationPurpose, at now: Instant
    ) async throws(DatabaseError) -> Bool {
        try await database.first(Verification.findLive, token.hash, purpose, now) != nil
    }

    /// Whose the token is. Once: of those that race for it, one gets an answer.
    func consume(
        _ token: VerificationToken, _ purpose: VerificationPurpose, at now: Instant,
        in transaction: any Transaction
    ) async throws(DatabaseError) -> ID<User>? {
        let found = try await transaction.first(Verification.consume, token.hash, purpose, now)
        guard let user = found?.value else { return nil }
        try await transaction.execute(Verification.consumeOthers, user, purpose, now)
        return user
    }

    func sweep(at now: Instant) async throws(DatabaseError) {
        try await database.execute(Verification.deleteExpired, now)
    }
}
