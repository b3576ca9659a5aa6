import SQL

extension AuditLog {
    /// Entries name users and sessions that may be gone, so nothing refers to their tables.
    static let migration = Migration(
        "core/0004_audit_log",
        sqlite: .init(
            up: """
                CREATE TABLE audit_log (
                    id TEXT PRIMARY KEY,
                    seq INTEGER,
                    at INTEGER NOT NULL,
                    event TEXT NOT NULL,
                    actor TEXT NOT NULL,
                    user_id TEXT,
                    session_id TEXT,
                    address TEXT,
                    user_agent TEXT,
                    request_id TEXT,
                    details TEXT NOT NULL,
                    hash BLOB,
                    CONSTRAINT audit_log_seq_key UNIQUE (seq),
                    CHECK ((seq IS NULL) = (hash IS NULL))
                ) STRICT;
                CREATE INDEX audit_log_user_id_at_index ON audit_log (user_id, at);
                CREATE INDEX audit_log_at_index ON audit_log (at);
                CREATE TABLE audit_chain (
                    id INT PRIMARY KEY CHECK (id = 1),
                    anchor_seq INTEGER NOT NULL,
                    anchor_hash BLOB NOT NULL,
                    last_seq INTEGER NOT NULL,
                    last_hash BLOB NOT NULL
                ) STRICT;
                INSERT INTO audit_chain VALUES (1, 0, zeroblob(32), 0, zeroblob(32));
                """,
            down: """
                DROP TABLE audit_chain;
                DROP TABLE audit_log;
                """),
        postgres: .init(
            up: """
                CREATE TABLE audit_log (
                    id uuid PRIMARY KEY,
                    seq bigint,
                    at timestamptz NOT NULL,
                    event text NOT NULL,
                    actor text NOT NULL,
                    user_id uuid,
                    session_id uuid,
                    address text,
                    user_agent text,
                    request_id text,
                    details text NOT NULL,
                    hash bytea,
                    CONSTRAINT audit_log_seq_key UNIQUE (seq),
                    CHECK ((seq IS NULL) = (hash IS NULL))
                );
                CREATE INDEX audit_log_user_id_at_index ON audit_log (user_id, at);
                CREATE INDEX audit_log_at_index ON audit_log (at);
                CREATE TABLE audit_chain (
                    id bigint PRIMARY KEY CHECK (id = 1),
                    anchor_seq bigint NOT NULL,
                    anchor_hash bytea NOT NULL,
                    last_seq bigint NOT NULL,
                    last_hash bytea NOT NULL
                );
                INSERT INTO audit_chain VALUES (1, 0, decode(repeat('00', 32), 'hex'),
                    0, decode(repeat('00', 32), 'hex'));
                """,
            down: """
                DROP TABLE audit_chain;
                DROP TABLE audit_log;
                """))
}
