import SQL
import Values

// SQLite numbers a change by its key, which is the index to read it by.

extension Change {
    // MARK: Appending

    static let insert = Statement(
        .write,
        """
        INSERT INTO changes (topic, kind, row_id, before, after, at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """, binds: String.self, ChangeKind.self, String.self, JSONText?.self, JSONText?.self,
        Instant.self)

    /// A list of objects; JSON's null is no value. An interval times a whole number of microseconds
    /// is exact as long as instants are.
    static let insertMany = Statement(
        .write,
        sqlite: """
            INSERT INTO changes (topic, kind, row_id, before, after, at)
            SELECT value ->> 'topic', value ->> 'kind', value ->> 'row',
                nullif(value -> 'before', 'null'), nullif(value -> 'after', 'null'),
                value ->> 'at'
            FROM json_each($1) ORDER BY key
            """,
        postgres: """
            INSERT INTO changes (topic, kind, row_id, before, after, at)
            SELECT value ->> 'topic', value ->> 'kind', value ->> 'row',
                nullif(value -> 'before', 'null'), nullif(value -> 'after', 'null'),
                timestamptz 'epoch' + (value ->> 'at')::bigint * interval '1 microsecond'
            FROM jsonb_array_elements($1) WITH ORDINALITY AS list (value, position)
            ORDER BY position
            """, binds: JSONText.self, returns: NoRow.self)

    // MARK: Reading

    /// The state is there even when no change is.
    static let after = Statement(
        .scan,
        sqlite: """
            SELECT log.deleted_through, log.newest, seq, topic, kind, row_id, before, after, at
            FROM (SELECT deleted_through,
                    max(deleted_through, coalesce((SELECT max(id) FROM changes), 0)) AS newest
                FROM change_retention) AS log
            LEFT JOIN (SELECT id AS seq, topic, kind, row_id, before, after, at
                FROM changes WHERE id > $1 ORDER BY id LIMIT $2) AS page ON TRUE
            ORDER BY seq
            """,
        postgres: """
            SELECT log.deleted_through, log.newest, seq, topic, kind, row_id, before, after, at
            FROM (SELECT deleted_through,
                    greatest(deleted_through, (SELECT max(seq) FROM changes)) AS newest
                FROM change_retention) AS log
            LEFT JOIN (SELECT seq, topic, kind, row_id, before, after, at
                FROM changes WHERE seq > $1 ORDER BY seq LIMIT $2) AS page ON TRUE
            ORDER BY seq
            """, binds: Int64.self, Int.self, returns: PageRow.self)

    /// Of one topic, up to a number: for who was away while others were told.
    static let afterOfTopic = Statement(
        .scan,
        sqlite: """
            SELECT log.deleted_through, log.newest, seq, topic, kind, row_id, before, after, at
            FROM (SELECT deleted_through,
                    max(deleted_through, coalesce((SELECT max(id) FROM changes), 0)) AS newest
                FROM change_retention) AS log
            LEFT JOIN (SELECT id AS seq, topic, kind, row_id, before, after, at
                FROM changes WHERE id > $1 AND id <= $2 AND topic = $3
                ORDER BY id LIMIT $4) AS page ON TRUE
            ORDER BY seq
            """,
        postgres: """
            SELECT log.deleted_through, log.newest, seq, topic, kind, row_id, before, after, at
            FROM (SELECT deleted_through,
                    greatest(deleted_through, (SELECT max(seq) FROM changes)) AS newest
                FROM change_retention) AS log
            LEFT JOIN (SELECT seq, topic, kind, row_id, before, after, at
                FROM changes WHERE seq > $1 AND seq <= $2 AND topic = $3
                ORDER BY seq LIMIT $4) AS page ON TRUE
            ORDER BY seq
            """, binds: Int64.self, Int64.self, String.self, Int.self, returns: PageRow.self)

    static let newest = Statement(
        .point,
        sqlite: """
            SELECT max(deleted_through, coalesce((SELECT max(id) FROM changes), 0))
            FROM change_retention WHERE name = 'changes'
            """,
        postgres: """
            SELECT greatest(deleted_through, (SELECT max(seq) FROM changes))
            FROM change_retention WHERE name = 'changes'
            """, returns: Single<Int64>.self)

    package static let statements: [StatementCore] = [
        insert.core, insertMany.core, after.core, afterOfTopic.core, newest.core,
        numberingState.core, lock.core,
        number.core, retention.core, raiseDeletedThrough.core, deleteOld.core,
    ]
}
