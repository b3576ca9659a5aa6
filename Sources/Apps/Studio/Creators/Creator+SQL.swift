import Identity
import SQL
import Values

extension Creator {
    static let find = Statement(
        .point,
        """
        SELECT id, email, display_name, subscription_tier, settings, overlay_number, created_at,
            updated_at
        FROM creators WHERE id = $1
        """, binds: ID<User>.self, returns: Creator.self)

    /// S4-18.
    static let findByEmail = Statement(
        .point,
        """
        SELECT id, email, display_name, subscription_tier, settings, overlay_number, created_at,
            updated_at
        FROM creators WHERE email = $1
        """, binds: EmailAddress.self, returns: Creator.self)

    /// The same as `find`, and nobody changes it, or what is counted for it, before the transaction
    /// ends.
    static let lock = Statement(
        .write,
        sqlite: """
            SELECT id, email, display_name, subscription_tier, settings, overlay_number, created_at,
                updated_at
            FROM creators WHERE id = $1
            """,
        postgres: """
            SELECT id, email, display_name, subscription_tier, settings, overlay_number, created_at,
                updated_at
            FROM creators WHERE id = $1 FOR NO KEY UPDATE
            """, binds: ID<User>.self, returns: Creator.self)

    /// Whoever is there already only gets his new address.
    static let insert = Statement(
        .write,
        """
        INSERT INTO creators (id, email, display_name, subscription_tier, settings, created_at,
            updated_at)
        VALUES ($1, $2, $3, $4, '{}', $5, $5)
        ON CONFLICT (id) DO UPDATE SET email = excluded.email, updated_at = excluded.updated_at
        RETURNING id, email, display_name, subscription_tier, settings, overlay_number, created_at,
            updated_at
        """, binds: ID<User>.self, EmailAddress.self, String.self, Studio.Tier.self, Instant.self,
        returns: Creator.self)

    /// Moves an address aside that another user had before: when he comes back, he gets the one that
    /// he has now. No address has this form.
    static let moveAside = Statement(
        .write,
        sqlite: "UPDATE creators SET email = 'former:' || id WHERE email = $1 AND id <> $2",
        postgres: "UPDATE creators SET email = 'former:' || id::text WHERE email = $1 AND id <> $2",
        binds: EmailAddress.self, ID<User>.self, returns: NoRow.self)

    static let update = Statement(
        .write,
        """
        UPDATE creators SET display_name = $2, settings = $3, updated_at = $4 WHERE id = $1
        RETURNING id, email, display_name, subscription_tier, settings, overlay_number, created_at,
            updated_at
        """, binds: ID<User>.self, String.self, CreatorSettings.self, Instant.self,
        returns: Creator.self)

    /// Of one who is still a user: rows of those who left stay for a while.
    static let overlayNumber = Statement(
        .point,
        """
        SELECT c.overlay_number FROM creators c JOIN users u ON u.id = c.id
        WHERE c.id = $1 AND u.deleted_at IS NULL
        """, binds: ID<User>.self, returns: Single<Int>.self)

    /// All links that were there before are none from then on.
    static let renewOverlay = Statement(
        .write,
        """
        UPDATE creators SET overlay_number = overlay_number + 1, updated_at = $2 WHERE id = $1
        RETURNING id, email, display_name, subscription_tier, settings, overlay_number, created_at,
            updated_at
        """, binds: ID<User>.self, Instant.self, returns: Creator.self)

    static let setTier = Statement(
        .write,
        "UPDATE creators SET subscription_tier = $2, updated_at = $3 WHERE id = $1",
        binds: ID<User>.self, Studio.Tier.self, Instant.self)

    static let statements: [StatementCore] = [
        find.core, findByEmail.core, lock.core, insert.core, moveAside.core, update.core,
        overlayNumber.core, renewOverlay.core, setTier.core,
    ]
}
