import SQL

extension Change {
    /// Never edited once released.
    ///
    /// PostgreSQL gets `seq` later, from the sequencer, and keeps an index of what has none. SQLite
    /// has one writer, so that the counter is the order; it never gives a number twice. How far
    /// changes were deleted stands in a row of its own, because it must be known when none is left.
    package static let migrations: [Migration] = [
        Migration(
            "changes/0001_changes",
            sqlite: .init(
                up: """
                    CREATE TABLE changes (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        topic TEXT NOT NULL,
                        kind TEXT NOT NULL
                            CHECK (kind IN ('created', 'updated', 'deleted', 'restored')),
                        row_id TEXT NOT NULL,
                        before TEXT,
                        after TEXT,
                        at INTEGER NOT NULL,
                        seq INTEGER GENERATED ALWAYS AS (id) VIRTUAL
                    ) STRICT;
                    CREATE TABLE change_retention (
                        name TEXT PRIMARY KEY CHECK (name = 'changes'),
                        deleted_through INTEGER NOT NULL
                    ) STRICT;
                    INSERT INTO change_retention VALUES ('changes', 0);
                    """,
                down: """
                    DROP TABLE change_retention;
                    DROP TABLE changes;
                    """),
            postgres: .init(
                up: """
                    CREATE TABLE changes (
                        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                        topic text NOT NULL,
                        kind text NOT NULL
                            CHECK (kind IN ('created', 'updated', 'deleted', 'restored')),
                        row_id text NOT NULL,
                        before jsonb,
                        after jsonb,
                        at timestamptz NOT NULL,
                        seq bigint
                    );
                    CREATE UNIQUE INDEX changes_seq_key ON changes (seq) WHERE seq IS NOT NULL;
                    CREATE INDEX changes_unnumbered_index ON changes (id) WHERE seq IS NULL;
                    CREATE TABLE change_retention (
                        name text PRIMARY KEY CHECK (name = 'changes'),
                        deleted_through bigint NOT NULL
                    );
                    INSERT INTO change_retention VALUES ('changes', 0);
                    """,
                down: """
                    DROP TABLE change_retention;
                    DROP TABLE changes;
                    """))
    ]
}
