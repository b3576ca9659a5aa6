import Coding
import SQL
import Values

/// How far a topic's log has come.
struct TopicState: RowDecodable, Hashable {
    let seq: Int64
    let deletedThrough: Int64
    /// The number of its first event.
    let first: Int64

    init(row: inout Row) throws(DatabaseError) {
        seq = try row.next()
        deletedThrough = try row.next()
        first = try row.next()
    }
}

/// A topic's newest number.
struct TopicHead: RowDecodable {
    let name: String
    let seq: Int64

    init(row: inout Row) throws(DatabaseError) {
        name = try row.next()
        seq = try row.next()
    }
}

/// A row of a page: the topic's state, and an event unless there is none.
struct TopicRow: RowDecodable {
    let state: TopicState
    let event: NumberedEvent?

    init(row: inout Row) throws(DatabaseError) {
        state = try TopicState(row: &row)
        let (seq, kind) = (try row.next(Int64?.self), try row.next(String?.self))
        let (sender, data) = (try row.next(String?.self), try row.next(JSONText?.self))
        let at = try row.next(Instant?.self)
        guard let seq, let kind, let data, let at else {
            event = nil
            return
        }
        guard let json = try? JSON(parsing: Array(data.text.utf8), limits: Self.limits) else {
            throw DatabaseError(.decoding, "an event is no JSON")
        }
        event = NumberedEvent(seq: seq, kind: kind, data: json, sender: sender, at: at)
    }

    private static var limits: JSONLimits {
        var limits = JSONLimits(bytes: .max)
        limits.depth = JSONLimits.deepest
        return limits
    }
}

extension TopicState {
    /// The next number of a topic, whose row then is this transaction's. A new topic begins with a
    /// number above all that it may have had before it was forgotten.
    static let raise = Statement(
        .write,
        sqlite: """
            INSERT INTO realtime_topics (name, seq, deleted_through, first_seq, updated_at)
            VALUES ($1, $2, $2 - 1, $2, $3)
            ON CONFLICT (name) DO UPDATE SET seq = realtime_topics.seq + 1,
                deleted_through =
                    max(realtime_topics.deleted_through, realtime_topics.seq + 1 - $4),
                updated_at = excluded.updated_at
            RETURNING seq, deleted_through, first_seq
            """,
        postgres: """
            INSERT INTO realtime_topics (name, seq, deleted_through, first_seq, updated_at)
            VALUES ($1, $2::bigint, $2::bigint - 1, $2::bigint, $3)
            ON CONFLICT (name) DO UPDATE SET seq = realtime_topics.seq + 1,
                deleted_through =
                    greatest(realtime_topics.deleted_through, realtime_topics.seq + 1 - $4),
                updated_at = excluded.updated_at
            RETURNING seq, deleted_through, first_seq
            """, binds: String.self, Int64.self, Instant.self, Int64.self,
        returns: TopicState.self)

    static let newest = Statement(
        .point, "SELECT seq FROM realtime_topics WHERE name = $1", binds: String.self,
        returns: Single<Int64>.self)

    static let heads = Statement(
        .scan,
        sqlite: """
            SELECT name, seq FROM realtime_topics
            WHERE name IN (SELECT value FROM json_each($1))
            """,
        postgres: """
            SELECT name, seq FROM realtime_topics
            WHERE name = ANY (ARRAY(SELECT jsonb_array_elements_text($1)))
            """, binds: JSONText.self, returns: TopicHead.self)

    /// Their events go with them.
    static let delete = Statement(
        .write,
        """
        DELETE FROM realtime_topics WHERE name IN
            (SELECT name FROM realtime_topics WHERE updated_at < $1 ORDER BY updated_at LIMIT 500)
        RETURNING name
        """, binds: Instant.self, returns: Single<String>.self)
}

extension TopicRow {
    static let insert = Statement(
        .write,
        """
        INSERT INTO realtime_messages (topic, seq, kind, sender, data, at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """, binds: String.self, Int64.self, String.self, String?.self, JSONText.self,
        Instant.self)

    static let deleteOld = Statement(
        .write, "DELETE FROM realtime_messages WHERE topic = $1 AND seq <= $2",
        binds: String.self, Int64.self)

    static let after = Statement(
        .scan,
        """
        SELECT t.seq, t.deleted_through, t.first_seq, m.seq, m.kind, m.sender, m.data, m.at
        FROM realtime_topics t
        LEFT JOIN realtime_messages m ON m.topic = t.name AND m.seq > $2
        WHERE t.name = $1 ORDER BY m.seq LIMIT $3
        """, binds: String.self, Int64.self, Int.self, returns: TopicRow.self)
}

extension TopicLog {
    static let statements: [StatementCore] = [
        TopicState.raise.core, TopicState.newest.core, TopicState.heads.core,
        TopicState.delete.core, TopicRow.insert.core, TopicRow.deleteOld.core,
        TopicRow.after.core,
    ]

    /// Never edited once released.
    static let migrations: [Migration] = [
        Migration(
            "realtime/0001_topics",
            sqlite: .init(
                up: """
                    CREATE TABLE realtime_topics (
                        name TEXT NOT NULL PRIMARY KEY,
                        seq INTEGER NOT NULL,
                        deleted_through INTEGER NOT NULL,
                        first_seq INTEGER NOT NULL,
                        updated_at INTEGER NOT NULL
                    ) STRICT;
                    CREATE INDEX realtime_topics_updated_at_index ON realtime_topics (updated_at);
                    CREATE TABLE realtime_messages (
                        topic TEXT NOT NULL
                            REFERENCES realtime_topics (name) ON DELETE CASCADE,
                        seq INTEGER NOT NULL,
                        kind TEXT NOT NULL,
                        sender TEXT,
                        data TEXT NOT NULL,
                        at INTEGER NOT NULL,
                        PRIMARY KEY (topic, seq)
                    ) STRICT;
                    CREATE TABLE realtime_presences (
                        topic TEXT NOT NULL,
                        node TEXT NOT NULL,
                        member TEXT NOT NULL,
                        name TEXT,
                        ends_at INTEGER NOT NULL,
                        PRIMARY KEY (topic, node, member)
                    ) STRICT;
                    CREATE INDEX realtime_presences_node_index ON realtime_presences (node);
                    CREATE INDEX realtime_presences_ends_at_index ON realtime_presences (ends_at);
                    """,
                down: """
                    DROP TABLE realtime_presences;
                    DROP TABLE realtime_messages;
                    DROP TABLE realtime_topics;
                    """),
            postgres: .init(
                up: """
                    CREATE TABLE realtime_topics (
                        name text NOT NULL PRIMARY KEY,
                        seq bigint NOT NULL,
                        deleted_through bigint NOT NULL,
                        first_seq bigint NOT NULL,
                        updated_at timestamptz NOT NULL
                    );
                    CREATE INDEX realtime_topics_updated_at_index ON realtime_topics (updated_at);
                    CREATE TABLE realtime_messages (
                        topic text NOT NULL
                            REFERENCES realtime_topics (name) ON DELETE CASCADE,
                        seq bigint NOT NULL,
                        kind text NOT NULL,
                        sender text,
                        data jsonb NOT NULL,
                        at timestamptz NOT NULL,
                        PRIMARY KEY (topic, seq)
                    );
                    CREATE TABLE realtime_presences (
                        topic text NOT NULL,
                        node text NOT NULL,
                        member text NOT NULL,
                        name text,
                        ends_at timestamptz NOT NULL,
                        PRIMARY KEY (topic, node, member)
                    );
                    CREATE INDEX realtime_presences_node_index ON realtime_presences (node);
                    CREATE INDEX realtime_presences_ends_at_index ON realtime_presences (ends_at);
                    """,
                down: """
                    DROP TABLE realtime_presences;
                    DROP TABLE realtime_messages;
                    DROP TABLE realtime_topics;
                    """))
    ]
}
