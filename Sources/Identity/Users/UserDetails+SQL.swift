import SQL
import Values

extension UserDetails {
    static let find = Statement(
        .point,
        sqlite: """
            SELECT id, email, name, image, email_verified_at, created_at, updated_at,
                json_extract(fields, '$.role'), password_hash IS NOT NULL, banned_at,
                ban_expires_at, ban_reason
            FROM users WHERE id = $1 AND deleted_at IS NULL
            """,
        postgres: """
            SELECT id, email, name, image, email_verified_at, created_at, updated_at,
                fields ->> 'role', password_hash IS NOT NULL, banned_at, ban_expires_at, ban_reason
            FROM users WHERE id = $1 AND deleted_at IS NULL
            """, binds: ID<User>.self, returns: UserDetails.self)

    static let findByEmail = Statement(
        .point,
        sqlite: """
            SELECT id, email, name, image, email_verified_at, created_at, updated_at,
                json_extract(fields, '$.role'), password_hash IS NOT NULL, banned_at,
                ban_expires_at, ban_reason
            FROM users WHERE email = $1 AND deleted_at IS NULL
            """,
        postgres: """
            SELECT id, email, name, image, email_verified_at, created_at, updated_at,
                fields ->> 'role', password_hash IS NOT NULL, banned_at, ban_expires_at, ban_reason
            FROM users WHERE email = $1 AND deleted_at IS NULL
            """, binds: EmailAddress.self, returns: UserDetails.self)

    static let list = Statement(
        .scan,
        sqlite: """
            SELECT id, email, name, image, email_verified_at, created_at, updated_at,
                json_extract(fields, '$.role'), password_hash IS NOT NULL, banned_at,
                ban_expires_at, ban_reason
            FROM users WHERE id > $1 AND deleted_at IS NULL ORDER BY id LIMIT $2
            """,
        postgres: """
            SELECT id, email, name, image, email_verified_at, created_at, updated_at,
                fields ->> 'role', password_hash IS NOT NULL, banned_at, ban_expires_at, ban_reason
            FROM users WHERE id > $1 AND deleted_at IS NULL ORDER BY id LIMIT $2
            """, binds: ID<User>.self, Int.self, returns: UserDetails.self)

    static let countSessions = Statement(
        .point, "SELECT count(*) FROM sessions WHERE user_id = $1 AND expires_at > $2",
        binds: ID<User>.self, Instant.self, returns: Single<Int>.self)

    static let setRole = Statement(
        .write,
        sqlite: """
            UPDATE users SET fields = json_set(fields, '$.role', $2), updated_at = $3 WHERE id = $1
            """,
        postgres: """
            UPDATE users SET fields = fields || jsonb_build_object('role', $2::text), updated_at = $3
            WHERE id = $1
            """, binds: ID<User>.self, String.self, Instant.self, returns: NoRow.self)

    static let removeRole = Statement(
        .write,
        sqlite:
            "UPDATE users SET fields = json_remove(fields, '$.role'), updated_at = $2 WHERE id = $1",
        postgres: "UPDATE users SET fields = fields - 'role', updated_at = $2 WHERE id = $1",
        binds: ID<User>.self, Instant.self, returns: NoRow.self)

    static let ban = Statement(
        .write,
        """
        UPDATE users SET banned_at = $2, ban_expires_at = $3, ban_reason = $4, updated_at = $2
        WHERE id = $1
        """, binds: ID<User>.self, Instant.self, Instant?.self, String?.self)

    static let unban = Statement(
        .write,
        """
        UPDATE users SET banned_at = NULL, ban_expires_at = NULL, ban_reason = NULL, updated_at = $2
        WHERE id = $1
        """, binds: ID<User>.self, Instant.self)

    static let statements: [StatementCore] = [
        find.core, findByEmail.core, list.core, countSessions.core, setRole.core,
        removeRole.core, ban.core,
        unban.core,
    ]
}
