import SQL

extension Identity {
    /// The core chain. Never edited once released.
    package static let migrations: [Migration] = [
        users, sessionsAndTokens, organizations, AuditLog.migration, UserStatus.migration,
        verificationTable, verificationCodes, signInStates, RefreshRow.rotatedIndex,
    ]

    private static let users = Migration(
        "core/0001_users",
        sqlite: .init(
            up: """
                CREATE TABLE users (
                    id TEXT PRIMARY KEY,
                    email TEXT NOT NULL CHECK (length(email) <= 255),
                    name TEXT CHECK (length(name) <= 100),
                    image TEXT,
                    password_hash TEXT CHECK (length(password_hash) <= 255),
                    api_key_hash TEXT,
                    fields TEXT NOT NULL DEFAULT '{}',
                    email_verified_at INTEGER,
                    created_at INTEGER NOT NULL,
                    updated_at INTEGER NOT NULL,
                    deleted_at INTEGER,
                    CONSTRAINT users_email_key UNIQUE (email)
                ) STRICT;
                CREATE INDEX users_deleted_at_index ON users (deleted_at);
                """, down: "DROP TABLE users"),
        postgres: .init(
            up: """
                CREATE TABLE users (
                    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                    email varchar(255) NOT NULL,
                    name varchar(100),
                    image text,
                    password_hash varchar(255),
                    api_key_hash text,
                    fields jsonb NOT NULL DEFAULT '{}',
                    email_verified_at timestamptz,
                    created_at timestamptz NOT NULL DEFAULT now(),
                    updated_at timestamptz NOT NULL DEFAULT now(),
                    deleted_at timestamptz,
                    CONSTRAINT users_email_key UNIQUE (email)
                );
                CREATE INDEX users_deleted_at_index ON users (deleted_at);
                """, down: "DROP TABLE users"))

    private static let sessionsAndTokens = Migration(
        "core/0002_sessions",
        sqlite: .init(
            up: """
                CREATE TABLE sessions (
                    id TEXT PRIMARY KEY,
                    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    token_hash BLOB NOT NULL,
                    expires_at INTEGER NOT NULL,
                    ip_address TEXT,
                    user_agent TEXT,
                    is_remembered INTEGER NOT NULL DEFAULT 1 CHECK (is_remembered IN (0, 1)),
                    fields TEXT NOT NULL DEFAULT '{}',
                    created_at INTEGER NOT NULL,
                    updated_at INTEGER NOT NULL,
                    last_activity_at INTEGER NOT NULL,
                    CONSTRAINT sessions_token_hash_key UNIQUE (token_hash)
                ) STRICT;
                CREATE INDEX sessions_user_id_index ON sessions (user_id);
                CREATE INDEX sessions_expires_at_index ON sessions (expires_at);
                CREATE TABLE oauth_accounts (
                    id TEXT PRIMARY KEY,
                    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    provider TEXT NOT NULL,
                    issuer TEXT NOT NULL,
                    provider_account_id TEXT NOT NULL,
                    access_token TEXT NOT NULL,
                    refresh_token TEXT,
                    access_token_expires_at INTEGER,
                    scope TEXT,
                    created_at INTEGER NOT NULL,
                    updated_at INTEGER NOT NULL,
                    CONSTRAINT oauth_accounts_provider_provider_account_id_key
                        UNIQUE (provider, provider_account_id),
                    CONSTRAINT oauth_accounts_issuer_provider_account_id_key
                        UNIQUE (issuer, provider_account_id)
                ) STRICT;
                CREATE INDEX oauth_accounts_user_id_index ON oauth_accounts (user_id);
                CREATE TABLE refresh_tokens (
                    id TEXT PRIMARY KEY,
                    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
                    family_id TEXT NOT NULL,
                    token_hash BLOB NOT NULL,
                    successor_sealed TEXT,
                    expires_at INTEGER NOT NULL,
                    rotated_at INTEGER,
                    revoked_at INTEGER,
                    created_at INTEGER NOT NULL,
                    CONSTRAINT refresh_tokens_token_hash_key UNIQUE (token_hash)
                ) STRICT;
                CREATE INDEX refresh_tokens_user_id_index ON refresh_tokens (user_id);
                CREATE INDEX refresh_tokens_session_id_index ON refresh_tokens (session_id);
                CREATE INDEX refresh_tokens_family_id_index ON refresh_tokens (family_id);
                CREATE INDEX refresh_tokens_expires_at_index ON refresh_tokens (expires_at);
                CREATE TABLE signing_keys (
                    id TEXT PRIMARY KEY,
                    algorithm TEXT NOT NULL,
                    public_key TEXT NOT NULL,
                    private_sealed TEXT NOT NULL,
                    created_at INTEGER NOT NULL,
                    retired_at INTEGER
                ) STRICT;
                """,
            down: """
                DROP TABLE signing_keys;
                DROP TABLE refresh_tokens;
                DROP TABLE oauth_accounts;
                DROP TABLE sessions;
                """),
        postgres: .init(
            up: """
                CREATE TABLE sessions (
                    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    token_hash bytea NOT NULL,
                    expires_at timestamptz NOT NULL,
                    ip_address text,
                    user_agent text,
                    is_remembered boolean NOT NULL DEFAULT true,
                    fields jsonb NOT NULL DEFAULT '{}',
                    created_at timestamptz NOT NULL DEFAULT now(),
                    updated_at timestamptz NOT NULL DEFAULT now(),
                    last_activity_at timestamptz NOT NULL DEFAULT now(),
                    CONSTRAINT sessions_token_hash_key UNIQUE (token_hash)
                );
                CREATE INDEX sessions_user_id_index ON sessions (user_id);
                CREATE INDEX sessions_expires_at_index ON sessions (expires_at);
                CREATE TABLE oauth_accounts (
                    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    provider text NOT NULL,
                    issuer text NOT NULL,
                    provider_account_id text NOT NULL,
                    access_token text NOT NULL,
                    refresh_token text,
                    access_token_expires_at timestamptz,
                    scope text,
                    created_at timestamptz NOT NULL DEFAULT now(),
                    updated_at timestamptz NOT NULL DEFAULT now(),
                    CONSTRAINT oauth_accounts_provider_provider_account_id_key
                        UNIQUE (provider, provider_account_id),
                    CONSTRAINT oauth_accounts_issuer_provider_account_id_key
                        UNIQUE (issuer, provider_account_id)
                );
                CREATE INDEX oauth_accounts_user_id_index ON oauth_accounts (user_id);
                CREATE TABLE refresh_tokens (
                    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
                    family_id uuid NOT NULL,
                    token_hash bytea NOT NULL,
                    successor_sealed text,
                    expires_at timestamptz NOT NULL,
                    rotated_at timestamptz,
                    revoked_at timestamptz,
                    created_at timestamptz NOT NULL DEFAULT now(),
                    CONSTRAINT refresh_tokens_token_hash_key UNIQUE (token_hash)
                );
                CREATE INDEX refresh_tokens_user_id_index ON refresh_tokens (user_id);
                CREATE INDEX refresh_tokens_session_id_index ON refresh_tokens (session_id);
                CREATE INDEX refresh_tokens_family_id_index ON refresh_tokens (family_id);
                CREATE INDEX refresh_tokens_expires_at_index ON refresh_tokens (expires_at);
                CREATE TABLE signing_keys (
                    id text PRIMARY KEY,
                    algorithm text NOT NULL,
                    public_key jsonb NOT NULL,
                    private_sealed text NOT NULL,
                    created_at timestamptz NOT NULL DEFAULT now(),
                    retired_at timestamptz
                );
                """,
            down: """
                DROP TABLE signing_keys;
                DROP TABLE refresh_tokens;
                DROP TABLE oauth_accounts;
                DROP TABLE sessions;
                """))
}
