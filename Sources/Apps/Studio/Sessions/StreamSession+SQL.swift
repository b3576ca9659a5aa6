import Identity
import SQL
import Values

extension StreamSession {
    /// Not where a stream of the creator's is under way: then there is no row.
    static let insert = Statement(
        .write,
        """
        INSERT INTO stream_sessions (id, creator_id, platform, status, brand_kit_id, start_time,
            metrics, created_at, updated_at)
        VALUES ($1, $2, $3, 'active', $4, $5, $6, $5, $5) ON CONFLICT DO NOTHING
        RETURNING id, creator_id, platform, status, brand_kit_id, start_time, end_time, paused_at,
            metrics, overlay_seen_at, overlay_shown, overlay_frames
        """, binds: ID<StreamSession>.self, ID<User>.self, String.self, ID<BrandKit>?.self,
        Instant.self, StreamMetrics.self, returns: StreamSession.self)

    /// An empty status is any.
    static let list = Statement(
        .scan,
        """
        SELECT id, creator_id, platform, status, brand_kit_id, start_time, end_time, paused_at,
            metrics, overlay_seen_at, overlay_shown, overlay_frames
        FROM stream_sessions WHERE creator_id = $1 AND ($2 = '' OR status = $2)
        ORDER BY start_time DESC, id DESC LIMIT $3 OFFSET $4
        """, binds: ID<User>.self, String.self, Int.self, Int.self, returns: StreamSession.self)

    static let count = Statement(
        .scan,
        """
        SELECT count(*) FROM stream_sessions WHERE creator_id = $1 AND ($2 = '' OR status = $2)
        """, binds: ID<User>.self, String.self, returns: Single<Int>.self)

    /// Whosever it is: for who has been let in by its key.
    static let find = Statement(
        .point,
        """
        SELECT id, creator_id, platform, status, brand_kit_id, start_time, end_time, paused_at,
            metrics, overlay_seen_at, overlay_shown, overlay_frames
        FROM stream_sessions WHERE id = $1
        """, binds: ID<StreamSession>.self, returns: StreamSession.self)

    /// Nobody changes it before the transaction ends.
    static let lock = Statement(
        .write,
        sqlite: """
            SELECT id, creator_id, platform, status, brand_kit_id, start_time, end_time, paused_at,
                metrics, overlay_seen_at, overlay_shown, overlay_frames
            FROM stream_sessions WHERE id = $1 AND creator_id = $2
            """,
        postgres: """
            SELECT id, creator_id, platform, status, brand_kit_id, start_time, end_time, paused_at,
                metrics, overlay_seen_at, overlay_shown, overlay_frames
            FROM stream_sessions WHERE id = $1 AND creator_id = $2 FOR NO KEY UPDATE
            """, binds: ID<StreamSession>.self, ID<User>.self, returns: StreamSession.self)

    /// A creator's that has not ended: there is one at most.
    static let running = Statement(
        .point,
        """
        SELECT id, creator_id, platform, status, brand_kit_id, start_time, end_time, paused_at,
            metrics, overlay_seen_at, overlay_shown, overlay_frames
        FROM stream_sessions WHERE creator_id = $1 AND status <> 'ended'
        """, binds: ID<User>.self, returns: StreamSession.self)

    /// Streams that are under way with a kit.
    static let runningWith = Statement(
        .scan,
        "SELECT id FROM stream_sessions WHERE brand_kit_id = $1 AND status <> 'ended' ORDER BY id",
        binds: ID<BrandKit>.self, returns: Single<ID<StreamSession>>.self)

    static let update = Statement(
        .write,
        """
        UPDATE stream_sessions SET status = $2, end_time = $3, paused_at = $4, metrics = $5,
            updated_at = $6
        WHERE id = $1
        """, binds: ID<StreamSession>.self, Studio.Status.self, Instant?.self, Instant?.self,
        StreamMetrics.self, Instant.self)

    /// Unless another was written just now. What it said before stands in the row until then.
    static let beat = Statement(
        .write,
        """
        UPDATE stream_sessions SET overlay_seen_at = $2, overlay_shown = $3, overlay_frames = $4
        WHERE id = $1 AND status <> 'ended'
            AND (overlay_seen_at IS NULL OR overlay_seen_at <= $5)
        RETURNING id
        """, binds: ID<StreamSession>.self, Instant.self, Int.self, Double.self, Instant.self,
        returns: Single<ID<StreamSession>>.self)

    static let statements: [StatementCore] = [
        insert.core, list.core, count.core, find.core, lock.core, running.core, runningWith.core,
        update.core, beat.core,
    ]
}
