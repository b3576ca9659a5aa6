import Files
import Identity
import SQL
import Values

/// A creator's own effect: a picture or a film. A row in `effects`.
struct UploadedEffect: Sendable, RowDecodable {
    let id: ID<UploadedEffect>
    let name: String
    let description: String
    let category: Studio.Category
    let motion: Int
    let durationMs: Int
    let file: ID<StoredFile>
    let kind: MediaKind

    init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        name = try row.next()
        description = try row.next()
        category = try row.next()
        motion = try row.next()
        durationMs = try row.next()
        file = try row.next()
        kind = try row.next()
    }

    var effect: Effect {
        Effect(
            id: id.description, name: name, description: description, category: category,
            motion: motion, tier: Allowance.leastToUpload, duration: .milliseconds(durationMs),
            media: EffectMedia(file: file, kind: kind))
    }

    /// What streaming software shows without a player of its own.
    static let kinds: Set<MediaKind> = [.png, .jpeg, .gif, .webp, .avif, .mp4, .webm]
}

/// What a creator's uploads come to.
struct UploadUsage: RowDecodable {
    let count: Int
    let bytes: Int

    init(row: inout Row) throws(DatabaseError) {
        count = try row.next()
        bytes = try row.next()
    }
}

// Whose an upload is stands in each statement: to all others there is no such effect.

extension UploadedEffect {
    static let insert = Statement(
        .write,
        """
        INSERT INTO effects (id, creator_id, name, description, search_text, category, motion,
            duration_ms, file_id, media_type, bytes, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        RETURNING id, name, description, category, motion, duration_ms, file_id, media_type
        """, binds: ID<UploadedEffect>.self, ID<User>.self, String.self, String.self, String.self,
        Studio.Category.self, Int.self, Int.self, ID<StoredFile>.self, MediaKind.self, Int.self,
        Instant.self, returns: UploadedEffect.self)

    static let find = Statement(
        .point,
        """
        SELECT id, name, description, category, motion, duration_ms, file_id, media_type
        FROM effects WHERE id = $1 AND creator_id = $2
        """, binds: ID<UploadedEffect>.self, ID<User>.self, returns: UploadedEffect.self)

    /// An empty category is any; the search is a pattern of LIKE.
    static let list = Statement(
        .scan,
        """
        SELECT id, name, description, category, motion, duration_ms, file_id, media_type
        FROM effects WHERE creator_id = $1 AND ($2 = '' OR category = $2)
            AND search_text LIKE $3 ESCAPE '!'
        ORDER BY created_at DESC, id DESC LIMIT $4 OFFSET $5
        """, binds: ID<User>.self, String.self, String.self, Int.self, Int.self,
        returns: UploadedEffect.self)

    static let count = Statement(
        .scan,
        """
        SELECT count(*) FROM effects
        WHERE creator_id = $1 AND ($2 = '' OR category = $2) AND search_text LIKE $3 ESCAPE '!'
        """, binds: ID<User>.self, String.self, String.self, returns: Single<Int>.self)

    static let usage = Statement(
        .scan,
        sqlite: """
            SELECT count(*), COALESCE(sum(bytes), 0) FROM effects WHERE creator_id = $1
            """,
        postgres: """
            SELECT count(*), COALESCE(sum(bytes), 0)::bigint FROM effects WHERE creator_id = $1
            """, binds: ID<User>.self, returns: UploadUsage.self)

    /// The file that it had.
    static let delete = Statement(
        .write, "DELETE FROM effects WHERE id = $1 AND creator_id = $2 RETURNING file_id",
        binds: ID<UploadedEffect>.self, ID<User>.self, returns: Single<ID<StoredFile>>.self)

    static let statements: [StatementCore] = [
        insert.core, find.core, list.core, count.core, usage.core, delete.core,
    ]
}
