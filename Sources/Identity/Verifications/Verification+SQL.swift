import SQL
import Values

extension Verification {
    static let insert = Statement(
        .write,
        """
        INSERT INTO verifications (id, user_id, purpose, token_hash, address_hash, code_hash,
            value_sealed, expires_at, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """, binds: ID<Verification>.self, ID<User>.self, VerificationPurpose.self,
        TokenHash.self, TokenHash.self, TokenHash.self, String?.self, Instant.self, Instant.self)

    static let look = Statement(
        .point,
        """
        SELECT id, user_id, purpose, value_sealed, expires_at, consumed_at FROM verifications
        WHERE token_hash = $1
        """, binds: TokenHash.self, returns: VerificationLook.self)

    /// The newest mail of a purpose to an address that still counts, without a try.
    static let findByAddress = Statement(
        .point,
        """
        SELECT id FROM verifications WHERE address_hash IN ($1, $2) AND purpose = $3
            AND code_hash IN ($4, $5) AND consumed_at IS NULL AND tries < 5 AND expires_at > $6
        ORDER BY id DESC LIMIT 1
        """, binds: TokenHash.self, TokenHash.self, VerificationPurpose.self, TokenHash.self,
        TokenHash.self, Instant.self, returns: Single<ID<Verification>>.self)

    // MARK: What happens once

    static let consume = Statement(
        .write,
        """
        UPDATE verifications SET consumed_at = $3
        WHERE token_hash = $1 AND purpose = $2 AND consumed_at IS NULL AND expires_at > $3
        RETURNING id, user_id, purpose, value_sealed
        """, binds: TokenHash.self, VerificationPurpose.self, Instant.self,
        returns: VerificationRow.self)

    /// By what a signed link names.
    static let consumeByID = Statement(
        .write,
        """
        UPDATE verifications SET consumed_at = $3
        WHERE id = $1 AND purpose = $2 AND consumed_at IS NULL AND expires_at > $3
        RETURNING id, user_id, purpose, value_sealed
        """, binds: ID<Verification>.self, VerificationPurpose.self, Instant.self,
        returns: VerificationRow.self)

    /// Tries a code at the newest mail of a purpose to an address: consumes the row, or counts. Both are
    /// in one statement, so that of many tries at once five are wrong at most, and one is right. (The
    /// moment is returned and not whether there is one: SQLite 3.40 gives that the wrong way round.)
    static let tryCode = Statement(
        .write,
        """
        UPDATE verifications SET
            consumed_at = CASE WHEN code_hash IN ($4, $5) THEN $6 ELSE consumed_at END,
            tries = tries + CASE WHEN code_hash IN ($4, $5) THEN 0 ELSE 1 END
        WHERE id = (SELECT id FROM verifications
                WHERE address_hash IN ($1, $2) AND purpose = $3 AND consumed_at IS NULL
                    AND expires_at > $6
                ORDER BY id DESC LIMIT 1)
            AND consumed_at IS NULL AND tries < 5
        RETURNING id, user_id, purpose, value_sealed, consumed_at
        """, binds: TokenHash.self, TokenHash.self, VerificationPurpose.self, TokenHash.self,
        TokenHash.self, Instant.self, returns: TriedVerification.self)

    /// What an older mail to the same user says is done with, too.
    static let consumeOthers = Statement(
        .write,
        """
        UPDATE verifications SET consumed_at = $3
        WHERE user_id = $1 AND purpose = $2 AND consumed_at IS NULL
        """, binds: ID<User>.self, VerificationPurpose.self, Instant.self)

    /// All that a mail lets somebody do with the account, but for showing that its address is his.
    static let consumeAll = Statement(
        .write,
        """
        UPDATE verifications SET consumed_at = $2
        WHERE user_id = $1 AND purpose <> 'verify-email' AND consumed_at IS NULL
        """, binds: ID<User>.self, Instant.self)

    static let deleteExpired = Statement(
        .write, "DELETE FROM verifications WHERE expires_at < $1", binds: Instant.self)

    static let statements: [StatementCore] = [
        insert.core, look.core, findByAddress.core, consume.core, consumeByID.core, tryCode.core,
        consumeOthers.core, consumeAll.core, deleteExpired.core,
    ]
}

extension SealedRow {
    static let verifications = Statement(
        .scan,
        sqlite: """
            SELECT id, COALESCE(value_sealed, '') FROM verifications
            WHERE id > $1 AND value_sealed IS NOT NULL ORDER BY id LIMIT $2
            """,
        postgres: """
            SELECT id::text, COALESCE(value_sealed, '') FROM verifications
            WHERE id::text > $1 AND value_sealed IS NOT NULL ORDER BY id::text LIMIT $2
            """, binds: String.self, Int.self, returns: SealedRow.self)

    static let replaceVerification = Statement(
        .write,
        sqlite: "UPDATE verifications SET value_sealed = $2 WHERE id = $1 AND value_sealed = $3",
        postgres: """
            UPDATE verifications SET value_sealed = $2
            WHERE id = $1::uuid AND value_sealed = $3
            """, binds: String.self, String.self, String.self, returns: NoRow.self)
}
