import SQL
import Values

extension RefreshRow {
    static let insert = Statement(
        .write,
        """
        INSERT INTO refresh_tokens (id, user_id, session_id, family_id, token_hash, expires_at,
            created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """, binds: ID<RefreshRow>.self, ID<User>.self, ID<Session>.self, ID<RefreshFamily>.self,
        TokenHash.self, Instant.self, Instant.self)

    /// Rotates a token that has not been: of two requests with the same token one gets the row.
    static let consume = Statement(
        .write,
        """
        UPDATE refresh_tokens SET rotated_at = $2, successor_sealed = $3
        WHERE token_hash = $1 AND rotated_at IS NULL AND revoked_at IS NULL AND expires_at > $2
        RETURNING id, user_id, session_id, family_id, expires_at, rotated_at, revoked_at,
            successor_sealed
        """, binds: TokenHash.self, Instant.self, String.self, returns: RefreshRow.self)

    static let find = Statement(
        .point,
        """
        SELECT id, user_id, session_id, family_id, expires_at, rotated_at, revoked_at,
            successor_sealed
        FROM refresh_tokens WHERE token_hash = $1
        """, binds: TokenHash.self, returns: RefreshRow.self)

    static let revokeFamily = Statement(
        .write,
        """
        UPDATE refresh_tokens SET revoked_at = $2, successor_sealed = NULL
        WHERE family_id = $1 AND revoked_at IS NULL
        """, binds: ID<RefreshFamily>.self, Instant.self)

    /// Erases the successors whose grace has ended.
    static let eraseSuccessors = Statement(
        .write,
        """
        UPDATE refresh_tokens SET successor_sealed = NULL
        WHERE successor_sealed IS NOT NULL AND rotated_at < $1
        """, binds: Instant.self)

    static let deleteExpired = Statement(
        .write, "DELETE FROM refresh_tokens WHERE expires_at < $1", binds: Instant.self)

    static let statements: [StatementCore] = [
        insert.core, consume.core, find.core, revokeFamily.core, eraseSuccessors.core,
        deleteExpired.core,
    ]
}
