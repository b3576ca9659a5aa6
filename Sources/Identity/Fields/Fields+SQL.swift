import SQL
import Values

/// The fields that settings add to users, in the column where the program keeps some of its own.
enum UserFields {
    static let find = Statement(
        .point, "SELECT fields FROM users WHERE id = $1", binds: ID<User>.self,
        returns: Single<JSONText>.self)

    /// One by one: a shallow merge that keeps nulls is no function of SQLite's. Names are words.
    static let set = Statement(
        .write,
        sqlite: """
            UPDATE users SET fields = json_set(fields, '$.' || $2, json($3))
            WHERE id = $1 AND deleted_at IS NULL
            """,
        postgres: """
            UPDATE users SET fields = jsonb_set(fields, ARRAY[$2], $3)
            WHERE id = $1 AND deleted_at IS NULL
            """, binds: ID<User>.self, String.self, JSONText.self, returns: NoRow.self)

    static let statements: [StatementCore] = [find.core, set.core]
}

/// The same for sessions.
enum SessionFields {
    static let set = Statement(
        .write,
        sqlite: "UPDATE sessions SET fields = json_set(fields, '$.' || $2, json($3)) WHERE id = $1",
        postgres: "UPDATE sessions SET fields = jsonb_set(fields, ARRAY[$2], $3) WHERE id = $1",
        binds: ID<Session>.self, String.self, JSONText.self, returns: NoRow.self)

    /// After a change of its fields.
    static let touch = Statement(
        .write, "UPDATE sessions SET updated_at = $2 WHERE id = $1 RETURNING fields",
        binds: ID<Session>.self, Instant.self, returns: Single<JSONText>.self)

    static let find = Statement(
        .point,
        """
        SELECT s.id, s.user_id, s.expires_at, s.created_at, s.updated_at, s.ip_address,
            s.user_agent, s.is_remembered,
            u.id, u.email, u.name, u.image, u.email_verified_at, u.created_at, u.updated_at,
            s.fields, u.fields
        FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.deleted_at IS NULL
        """, binds: TokenHash.self, Instant.self, returns: ActiveSessionWithFields.self)

    static let findByID = Statement(
        .point,
        """
        SELECT s.id, s.user_id, s.expires_at, s.created_at, s.updated_at, s.ip_address,
            s.user_agent, s.is_remembered,
            u.id, u.email, u.name, u.image, u.email_verified_at, u.created_at, u.updated_at,
            s.fields, u.fields
        FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE s.id = $1 AND s.expires_at > $2 AND u.deleted_at IS NULL
        """, binds: ID<Session>.self, Instant.self, returns: ActiveSessionWithFields.self)

    static let list = Statement(
        .scan,
        """
        SELECT id, user_id, expires_at, created_at, updated_at, ip_address, user_agent,
            is_remembered, fields
        FROM sessions WHERE user_id = $1 AND expires_at > $2
        ORDER BY created_at DESC, id DESC LIMIT 1000
        """, binds: ID<User>.self, Instant.self, returns: SessionWithFields.self)

    static let statements: [StatementCore] = [
        set.core, touch.core, find.core, findByID.core, list.core,
    ]
}

/// A session and its user with their fields as they are stored.
struct ActiveSessionWithFields: RowDecodable {
    let session: Session
    let user: User
    let sessionFields: JSONText
    let userFields: JSONText

    init(row: inout Row) throws(DatabaseError) {
        session = try Session(row: &row)
        user = try User(row: &row)
        sessionFields = try row.next()
        userFields = try row.next()
    }
}

/// A session with its fields as they are stored.
struct SessionWithFields: RowDecodable {
    let session: Session
    let fields: JSONText

    init(row: inout Row) throws(DatabaseError) {
        session = try Session(row: &row)
        fields = try row.next()
    }
}
