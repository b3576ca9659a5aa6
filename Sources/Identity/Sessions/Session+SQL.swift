import SQL
import Values

extension Session {
    package static let insert = Statement(
        .write,
        """
        INSERT INTO sessions (id, user_id, token_hash, expires_at, ip_address, user_agent,
            is_remembered, created_at, updated_at, last_activity_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8)
        """, binds: ID<Session>.self, ID<User>.self, TokenHash.self, Instant.self, String?.self,
        String?.self, Bool.self, Instant.self)

    /// By the token's hash, at a moment.
    package static let find = Statement(
        .point,
        """
        SELECT s.id, s.user_id, s.expires_at, s.created_at, s.updated_at, s.ip_address,
            s.user_agent, s.is_remembered,
            u.id, u.email, u.name, u.image, u.email_verified_at, u.created_at, u.updated_at
        FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.deleted_at IS NULL
        """, binds: TokenHash.self, Instant.self, returns: ActiveSession.self)

    /// By id, as access tokens name it.
    package static let findByID = Statement(
        .point,
        """
        SELECT s.id, s.user_id, s.expires_at, s.created_at, s.updated_at, s.ip_address,
            s.user_agent, s.is_remembered,
            u.id, u.email, u.name, u.image, u.email_verified_at, u.created_at, u.updated_at
        FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE s.id = $1 AND s.expires_at > $2 AND u.deleted_at IS NULL
        """, binds: ID<Session>.self, Instant.self, returns: ActiveSession.self)

    /// Moves the end; only forward, so that two requests at once do no harm.
    package static let extend = Statement(
        .write,
        """
        UPDATE sessions SET expires_at = $2, updated_at = $3, last_activity_at = $3
        WHERE id = $1 AND expires_at < $2
        """, binds: ID<Session>.self, Instant.self, Instant.self)

    package static let delete = Statement(
        .write, "DELETE FROM sessions WHERE id = $1 RETURNING id", binds: ID<Session>.self,
        returns: Single<ID<Session>>.self)

    package static let deleteAll = Statement(
        .write, "DELETE FROM sessions WHERE user_id = $1 RETURNING id", binds: ID<User>.self,
        returns: Single<ID<Session>>.self)

    /// What a user may look at; a thousand at most, the newest first.
    package static let list = Statement(
        .scan,
        """
        SELECT id, user_id, expires_at, created_at, updated_at, ip_address, user_agent,
            is_remembered
        FROM sessions WHERE user_id = $1 AND expires_at > $2
        ORDER BY created_at DESC, id DESC LIMIT 1000
        """, binds: ID<User>.self, Instant.self, returns: Session.self)

    package static let ids = Statement(
        .scan, "SELECT id FROM sessions WHERE user_id = $1", binds: ID<User>.self,
        returns: Single<ID<Session>>.self)

    package static let deleteOwn = Statement(
        .write, "DELETE FROM sessions WHERE id = $1 AND user_id = $2 RETURNING id",
        binds: ID<Session>.self, ID<User>.self, returns: Single<ID<Session>>.self)

    package static let deleteOwnByToken = Statement(
        .write, "DELETE FROM sessions WHERE token_hash = $1 AND user_id = $2 RETURNING id",
        binds: TokenHash.self, ID<User>.self, returns: Single<ID<Session>>.self)

    package static let deleteOthers = Statement(
        .write, "DELETE FROM sessions WHERE user_id = $1 AND id <> $2 RETURNING id",
        binds: ID<User>.self, ID<Session>.self, returns: Single<ID<Session>>.self)

    package static let deleteExpired = Statement(
        .write,
        """
        DELETE FROM sessions WHERE id IN
            (SELECT id FROM sessions WHERE expires_at < $1 ORDER BY expires_at LIMIT 1000)
        RETURNING id
        """, binds: Instant.self, returns: Single<ID<Session>>.self)

    /// Those of a JSON list of ids that have not ended.
    static let living = Statement(
        .scan,
        sqlite: """
            SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.id IN (SELECT value FROM json_each($1)) AND s.expires_at > $2
                AND u.deleted_at IS NULL
            """,
        postgres: """
            SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.id = ANY (ARRAY(SELECT jsonb_array_elements_text($1)::uuid))
                AND s.expires_at > $2 AND u.deleted_at IS NULL
            """, binds: JSONText.self, Instant.self, returns: Single<ID<Session>>.self)

    package static let statements: [StatementCore] = [
        living.core,
        insert.core, find.core, findByID.core, extend.core, delete.core,
        list.core, ids.core, deleteOwn.core, deleteOwnByToken.core, deleteOthers.core,
        deleteAll.core, deleteExpired.core,
    ]
}
