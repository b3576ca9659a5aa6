import SQL

extension Identity {
    static let verificationTable = Migration(
        "core/0006_verifications",
        sqlite: .init(
            up: """
                CREATE TABLE verifications (
                    id TEXT PRIMARY KEY,
                    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    purpose TEXT NOT NULL,
                    token_hash BLOB NOT NULL,
                    expires_at INTEGER NOT NULL,
                    consumed_at INTEGER,
                    created_at INTEGER NOT NULL,
                    CONSTRAINT verifications_token_hash_key UNIQUE (token_hash)
                ) STRICT;
                CREATE INDEX verifications_user_id_index ON verifications (user_id);
                CREATE INDEX verifications_expires_at_index ON verifications (expires_at);
                """, down: "DROP TABLE verifications"),
        postgres: .init(
            up: """
                CREATE TABLE verifications (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    purpose text NOT NULL,
                    token_hash bytea NOT NULL,
                    expires_at timestamptz NOT NULL,
                    consumed_at timestamptz,
                    created_at timestamptz NOT NULL,
                    CONSTRAINT verifications_token_hash_key UNIQUE (token_hash)
                );
                CREATE INDEX verifications_user_id_index ON verifications (user_id);
                CREATE INDEX verifications_expires_at_index ON verifications (expires_at);
                """, down: "DROP TABLE verifications"))
}
