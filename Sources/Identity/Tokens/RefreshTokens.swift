import Coding
import SQL
import Secrets
import Values

/// Gives out refresh tokens and rotates them.
///
/// A token is used once. Whoever presents it again within the grace gets the same successor, so that
/// two tabs, or a client whose answer was lost, stay signed in. Later it means that two parties hold
/// it, and one of them stole it: the family and its session end (RFC 9700 §4.14.2).
package struct RefreshTokens: Sendable {
    let database: any Database
    let randomness: Randomness
    let settings: TokenSettings

    /// What a presented token came to.
    enum Outcome: Sendable {
        case rotated(RefreshToken, session: ID<Session>)
        /// Presented again after the grace: its family has been revoked.
        case reused(session: ID<Session>)
        case unknown
    }

    func issue(
        for session: Session, at now: Instant, in transaction: any Transaction
    ) async throws -> RefreshToken {
        let token = RefreshToken(from: randomness)
        try await transaction.execute(
            RefreshRow.insert, ID(at: now, from: randomness), session.userID, session.id,
            ID(at: now, from: randomness), token.hash, expiry(at: now), now)
        return token
    }

    /// `onReuse` writes beside the revocation of a family.
    func rotate(
        _ token: RefreshToken, at now: Instant,
        onReuse: @escaping @Sendable (RefreshRow, any Transaction) async throws -> Void
    ) async throws -> Outcome {
        let successor = RefreshToken(from: randomness)
        let sealed = try SuccessorSeal(predecessor: token, randomness).seal(successor)
        return try await database.transaction { transaction in
            let consumed = try await transaction.first(
                RefreshRow.consume, token.hash, now, sealed)
            if let row = consumed {
                try await transaction.execute(
                    RefreshRow.insert, ID(at: now, from: randomness), row.userID, row.sessionID,
                    row.familyID, successor.hash, expiry(at: now), now)
                return .rotated(successor, session: row.sessionID)
            }
            guard let row = try await transaction.first(RefreshRow.find, token.hash) else {
                return .unknown
            }
            let outcome = try await presentedAgain(row, token, at: now, in: transaction)
            if case .reused = outcome { try await onReuse(row, transaction) }
            return outcome
        }
    }

    private func presentedAgain(
        _ row: RefreshRow, _ token: RefreshToken, at now: Instant, in transaction: any Transaction
    ) async throws -> Outcome {
        guard row.revokedAt == nil, let rotatedAt = row.rotatedAt else { return .unknown }
        if now - rotatedAt <= settings.refreshGrace.duration, let sealed = row.sealedSuccessor,
            let successor = try SuccessorSeal(predecessor: token, randomness).open(sealed)
        {
            return .rotated(successor, session: row.sessionID)
        }
        try await transaction.execute(RefreshRow.revokeFamily, row.familyID, now)
        return .reused(session: row.sessionID)
    }

    /// Forgets what is no longer needed. Called now and then.
    package func sweep(at now: Instant) async throws(DatabaseError) {
        try await database.execute(
            RefreshRow.eraseSuccessors, now - settings.refreshGrace.duration)
        try await database.execute(RefreshRow.deleteExpired, now)
    }

    /// The session that a token of a live family stands for: for signing out, which does not rotate.
    package func session(of token: RefreshToken, at now: Instant) async throws -> ID<Session>? {
        guard let row = try await database.first(RefreshRow.find, token.hash),
            row.revokedAt == nil, row.expiresAt > now
        else { return nil }
        return row.sessionID
    }

    private func expiry(at now: Instant) -> Instant {
        now + settings.refreshExpiresAfter.duration
    }
}

/// Seals a successor under a key derived from its predecessor, so that only who presents the
/// predecessor can read it: the database alone gives no token.
struct SuccessorSeal {
    private let sealer: Sealer

    init(predecessor: RefreshToken, _ randomness: Randomness) throws {
        let key = SHA256.digest(of: "atrium refresh successor " + predecessor.text.exposed)
        sealer = try Keyring(key: Secret(Base64.encode(key.bytes)), randomness: randomness)
            .purpose("refresh token successor")
    }

    func seal(_ successor: RefreshToken) -> String {
        sealer.seal(successor.text.exposed, context: Self.context)
    }

    func open(_ sealed: String) -> RefreshToken? {
        guard let text = try? sealer.openText(sealed, context: Self.context) else { return nil }
        return RefreshToken(text.exposed)
    }

    private static let context = "refresh_tokens.successor_sealed"
}
