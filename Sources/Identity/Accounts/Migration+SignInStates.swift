import SQL

extension Identity {
    /// Whom providers are to send back, and what they gave beside an access token.
    static let signInStates = Migration(
        "core/0008_sign_in_states",
        sqlite: .init(
            up: """
                CREATE TABLE sign_in_states (
                    id TEXT PRIMARY KEY,
                    state_hash BLOB NOT NULL,
                    browser_hash BLOB NOT NULL,
                    provider TEXT NOT NULL,
                    user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
                    memo_sealed TEXT NOT NULL,
                    expires_at INTEGER NOT NULL,
                    created_at INTEGER NOT NULL,
                    CONSTRAINT sign_in_states_state_hash_key UNIQUE (state_hash)
                ) STRICT;
                CREATE INDEX sign_in_states_user_id_index ON sign_in_states (user_id);
                CREATE INDEX sign_in_states_expires_at_index ON sign_in_states (expires_at);
                CREATE TABLE sign_in_codes (
                    id TEXT PRIMARY KEY,
                    code_hash BLOB NOT NULL,
                    challenge TEXT,
                    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    provider TEXT NOT NULL,
                    expires_at INTEGER NOT NULL,
                    created_at INTEGER NOT NULL,
                    CONSTRAINT sign_in_codes_code_hash_key UNIQUE (code_hash)
                ) STRICT;
                CREATE INDEX sign_in_codes_user_id_index ON sign_in_codes (user_id);
                CREATE INDEX sign_in_codes_expires_at_index ON sign_in_codes (expires_at);
                ALTER TABLE oauth_accounts ADD COLUMN id_token TEXT;
                ALTER TABLE oauth_accounts ADD COLUMN refresh_token_expires_at INTEGER;
                ALTER TABLE oauth_accounts ADD COLUMN refresh_claimed_at INTEGER;
                """,
            down: """
                ALTER TABLE oauth_accounts DROP COLUMN refresh_claimed_at;
                ALTER TABLE oauth_accounts DROP COLUMN refresh_token_expires_at;
                ALTER TABLE oauth_accounts DROP COLUMN id_token;
                DROP TABLE sign_in_codes;
                DROP TABLE sign_in_states;
                """),
        postgres: .init(
            up: """
                CREATE TABLE sign_in_states (
                    id uuid PRIMARY KEY,
                    state_hash bytea NOT NULL,
                    browser_hash bytea NOT NULL,
                    provider text NOT NULL,
                    user_id uuid REFERENCES users (id) ON DELETE CASCADE,
                    memo_sealed text NOT NULL,
                    expires_at timestamptz NOT NULL,
                    created_at timestamptz NOT NULL,
                    CONSTRAINT sign_in_states_state_hash_key UNIQUE (state_hash)
                );
                CREATE INDEX sign_in_states_user_id_index ON sign_in_states (user_id);
                CREATE INDEX sign_in_states_expires_at_index ON sign_in_states (expires_at);
                CREATE TABLE sign_in_codes (
                    id uuid PRIMARY KEY,
                    code_hash bytea NOT NULL,
                    challenge text,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    provider text NOT NULL,
                    expires_at timestamptz NOT NULL,
                    created_at timestamptz NOT NULL,
                    CONSTRAINT sign_in_codes_code_hash_key UNIQUE (code_hash)
                );
                CREATE INDEX sign_in_codes_user_id_index ON sign_in_codes (user_id);
                CREATE INDEX sign_in_codes_expires_at_index ON sign_in_codes (expires_at);
                ALTER TABLE oauth_accounts ADD COLUMN id_token text;
                ALTER TABLE oauth_accounts ADD COLUMN refresh_token_expires_at timestamptz;
                ALTER TABLE oauth_accounts ADD COLUMN refresh_claimed_at timestamptz;
                """,
            down: """
                ALTER TABLE oauth_accounts DROP COLUMN refresh_claimed_at;
                ALTER TABLE oauth_accounts DROP COLUMN refresh_token_expires_at;
                ALTER TABLE oauth_accounts DROP COLUMN id_token;
                DROP TABLE sign_in_codes;
                DROP TABLE sign_in_states;
                """))
}
