import SQL
import Secrets
import Values

/// Something that a user may do once, because he could read a mail.
package enum VerificationPurpose: String, SQLValue, CaseIterable {
    case resetPassword = "reset-password"
}

/// The secret of a link in a mail: 43 characters of base64url. The database keeps its hash.
package struct VerificationToken: Sendable {
    package let text: Secret<String>

    package static let length = 43

    package init(_ text: String) { self.text = Secret(text) }

    init(from randomness: Randomness) {
        text = Secret(RandomToken.make(Self.length, of: .base64URL, from: randomness))
    }

    var hash: TokenHash { TokenHash(of: text.exposed) }
}

/// A row of `verifications`.
package enum Verification {
    static let insert = Statement(
        .write,
        """
        INSERT INTO verifications (id, user_id, purpose, token_hash, expires_at, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """, binds: ID<Verification>.self, ID<User>.self, VerificationPurpose.self,
        TokenHash.self, Instant.self, Instant.self)

    static let findLive = Statement(
        .point,
        """
        SELECT user_id FROM verifications
        WHERE token_hash = $1 AND purpose = $2 AND consumed_at IS NULL AND expires_at > $3
        """, binds: TokenHash.self, VerificationPurpose.self, Instant.self,
        returns: Single<ID<User>>.self)

    static let consume = Statement(
        .write,
        """
        UPDATE verifications SET consumed_at = $3
        WHERE token_hash = $1 AND purpose = $2 AND consumed_at IS NULL AND expires_at > $3
        RETURNING user_id
        """, binds: TokenHash.self, VerificationPurpose.self, Instant.self,
        returns: Single<ID<User>>.self)

    /// What an older mail to the same user says is done with, too.
    static let consumeOthers = Statement(
        .write,
        """
        UPDATE verifications SET consumed_at = $3
        WHERE user_id = $1 AND purpose = $2 AND consumed_at IS NULL
        """, binds: ID<User>.self, VerificationPurpose.self, Instant.self)

    static let deleteExpired = Statement(
        .write, "DELETE FROM verifications WHERE expires_at < $1", binds: Instant.self)

    static let statements: [StatementCore] = [
        insert.core, findLive.core, consume.core, consumeOthers.core, deleteExpired.core,
    ]
}
