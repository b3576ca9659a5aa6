import Identity
import SQL
import Values

// Whose an icon is stands in each statement: to all others there is no such icon.

extension Icon {
    static let insert = Statement(
        .write,
        """
        INSERT INTO assets (id, user_id, prompt, search_text, variants, chosen_id, intent, color_mode,
            generator, model, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
        RETURNING id, prompt, variants, chosen_id, intent, color_mode, generator, model, version,
            created_at, updated_at
        """, binds: ID<Icon>.self, ID<User>.self, String.self, String.self, IconVariants.self,
        ID<IconVariant>.self, IconBrief.Intent.self, IconBrief.ColorMode.self, String.self,
        String?.self, Instant.self, returns: Icon.self)

    /// The search is a pattern of LIKE.
    static let list = Statement(
        .scan,
        """
        SELECT id, prompt, variants, chosen_id, intent, color_mode, generator, model, version,
            created_at, updated_at
        FROM assets WHERE user_id = $1 AND deleted_at IS NULL AND search_text LIKE $2 ESCAPE '!'
        ORDER BY created_at DESC, id DESC LIMIT $3 OFFSET $4
        """, binds: ID<User>.self, String.self, Int.self, Int.self, returns: Icon.self)

    static let count = Statement(
        .scan,
        """
        SELECT count(*) FROM assets
        WHERE user_id = $1 AND deleted_at IS NULL AND search_text LIKE $2 ESCAPE '!'
        """, binds: ID<User>.self, String.self, returns: Single<Int>.self)

    static let find = Statement(
        .point,
        """
        SELECT id, prompt, variants, chosen_id, intent, color_mode, generator, model, version,
            created_at, updated_at
        FROM assets WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL
        """, binds: ID<Icon>.self, ID<User>.self, returns: Icon.self)

    /// The same, and nobody changes it before the transaction ends.
    static let lock = Statement(
        .write,
        sqlite: """
            SELECT id, prompt, variants, chosen_id, intent, color_mode, generator, model, version,
                created_at, updated_at
            FROM assets WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL
            """,
        postgres: """
            SELECT id, prompt, variants, chosen_id, intent, color_mode, generator, model, version,
                created_at, updated_at
            FROM assets WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL FOR NO KEY UPDATE
            """, binds: ID<Icon>.self, ID<User>.self, returns: Icon.self)

    static let update = Statement(
        .write,
        """
        UPDATE assets SET prompt = $3, search_text = $4, chosen_id = $5, version = version + 1,
            updated_at = $6
        WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL
        RETURNING id, prompt, variants, chosen_id, intent, color_mode, generator, model, version,
            created_at, updated_at
        """, binds: ID<Icon>.self, ID<User>.self, String.self, String.self, ID<IconVariant>.self,
        Instant.self, returns: Icon.self)

    static let delete = Statement(
        .write,
        """
        UPDATE assets SET deleted_at = $3, updated_at = $3, version = version + 1
        WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL
        """, binds: ID<Icon>.self, ID<User>.self, Instant.self)

    static let restore = Statement(
        .write,
        """
        UPDATE assets SET deleted_at = NULL, updated_at = $3, version = version + 1
        WHERE id = $1 AND user_id = $2 AND deleted_at IS NOT NULL
        RETURNING id, prompt, variants, chosen_id, intent, color_mode, generator, model, version,
            created_at, updated_at
        """, binds: ID<Icon>.self, ID<User>.self, Instant.self, returns: Icon.self)

    static let deleteAll = Statement(
        .write,
        """
        UPDATE assets SET deleted_at = $2, updated_at = $2, version = version + 1
        WHERE user_id = $1 AND deleted_at IS NULL RETURNING id
        """, binds: ID<User>.self, Instant.self, returns: Single<ID<Icon>>.self)

    /// All that were deleted from one moment on and before another.
    static let restoreAll = Statement(
        .write,
        """
        UPDATE assets SET deleted_at = NULL, updated_at = $4, version = version + 1
        WHERE user_id = $1 AND deleted_at >= $2 AND deleted_at < $3 RETURNING id
        """, binds: ID<User>.self, Instant.self, Instant.self, Instant.self,
        returns: Single<ID<Icon>>.self)

    /// For good: some of those that were deleted long ago.
    static let purge = Statement(
        .write,
        """
        DELETE FROM assets WHERE id IN
            (SELECT id FROM assets WHERE deleted_at <= $1 ORDER BY deleted_at LIMIT $2)
        RETURNING id
        """, binds: Instant.self, Int.self, returns: Single<ID<Icon>>.self)

    static let statements: [StatementCore] =
        [
            insert.core, list.core, count.core, find.core, lock.core, update.core, delete.core,
            restore.core, deleteAll.core, restoreAll.core, purge.core,
        ] + IconUsage.statements
}
