import SQL
import Secrets
import Values

/// What a page gets in its address after signing in at a provider, to exchange it for tokens: tokens
/// themselves would stay in histories and logs. 43 characters of base64url; the database keeps the
/// hash.
package struct SignInCode: RowDecodable {
    package static let lifetime: Duration = .seconds(60)

    package let userID: ID<User>
    package let provider: String

    package init(row: inout Row) throws(DatabaseError) {
        userID = try row.next()
        provider = try row.next()
    }

    static let insert = Statement(
        .write,
        """
        INSERT INTO sign_in_codes (id, code_hash, challenge, user_id, provider, expires_at,
            created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """, binds: ID<SignInCode>.self, TokenHash.self, String?.self, ID<User>.self, String.self,
        Instant.self, Instant.self)

    /// Once. A code with a challenge needs what answers it (RFC 7636 §4.6).
    static let consume = Statement(
        .write,
        """
        DELETE FROM sign_in_codes
        WHERE code_hash = $1 AND expires_at > $3 AND (challenge IS NULL OR challenge = $2)
        RETURNING user_id, provider
        """, binds: TokenHash.self, String.self, Instant.self, returns: SignInCode.self)

    static let deleteExpired = Statement(
        .write, "DELETE FROM sign_in_codes WHERE expires_at <= $1", binds: Instant.self)

    static let statements: [StatementCore] = [insert.core, consume.core, deleteExpired.core]
}

extension SignInStates {
    /// `challenge` is the SHA-256, in base64url, of what has to be shown with the code.
    package func issueCode(
        for user: ID<User>, of provider: String, challenge: String?, at now: Instant,
        in transaction: any Transaction
    ) async throws -> Secret<String> {
        let code = makeSecret()
        try await transaction.execute(
            SignInCode.insert, ID(at: now, from: randomness), TokenHash(of: code.exposed),
            challenge, user, provider, now + SignInCode.lifetime, now)
        return code
    }

    /// Whose code it is. Once: of those that race for it, one gets an answer.
    package func consumeCode(
        _ code: String, verifier: String?, at now: Instant, in transaction: any Transaction
    ) async throws -> SignInCode? {
        let answer = verifier.map { SHA256.digest(of: $0).base64URL } ?? ""
        return try await transaction.first(SignInCode.consume, TokenHash(of: code), answer, now)
    }
}
