import SQL

extension APIKeys {
    /// After the core chain, whose users and organizations have the keys. Never edited once released.
    static let migrations: [Migration] = [
        Migration(
            "api-keys/0001_api_keys",
            sqlite: .init(
                up: """
                    CREATE TABLE api_keys (
                        id TEXT PRIMARY KEY,
                        user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
                        organization_id TEXT REFERENCES organizations (id) ON DELETE CASCADE,
                        name TEXT NOT NULL CHECK (length(name) <= 100),
                        start TEXT NOT NULL,
                        scopes TEXT NOT NULL,
                        is_enabled INTEGER NOT NULL DEFAULT 1 CHECK (is_enabled IN (0, 1)),
                        expires_at INTEGER,
                        last_used_at INTEGER,
                        created_at INTEGER NOT NULL,
                        updated_at INTEGER NOT NULL,
                        CHECK ((user_id IS NULL) <> (organization_id IS NULL))
                    ) STRICT;
                    CREATE INDEX api_keys_user_id_index ON api_keys (user_id);
                    CREATE INDEX api_keys_organization_id_index ON api_keys (organization_id);
                    CREATE TABLE api_key_secrets (
                        secret_hash BLOB NOT NULL PRIMARY KEY,
                        key_id TEXT NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
                        created_at INTEGER NOT NULL,
                        ends_at INTEGER
                    ) STRICT;
                    CREATE INDEX api_key_secrets_key_id_index ON api_key_secrets (key_id);
                    """,
                down: """
                    DROP TABLE api_key_secrets;
                    DROP TABLE api_keys;
                    """),
            postgres: .init(
                up: """
                    CREATE TABLE api_keys (
                        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                        user_id uuid REFERENCES users (id) ON DELETE CASCADE,
                        organization_id uuid REFERENCES organizations (id) ON DELETE CASCADE,
                        name varchar(100) NOT NULL,
                        start text NOT NULL,
                        scopes jsonb NOT NULL,
                        is_enabled boolean NOT NULL DEFAULT true,
                        expires_at timestamptz,
                        last_used_at timestamptz,
                        created_at timestamptz NOT NULL DEFAULT now(),
                        updated_at timestamptz NOT NULL DEFAULT now(),
                        CHECK ((user_id IS NULL) <> (organization_id IS NULL))
                    );
                    CREATE INDEX api_keys_user_id_index ON api_keys (user_id);
                    CREATE INDEX api_keys_organization_id_index ON api_keys (organization_id);
                    CREATE TABLE api_key_secrets (
                        secret_hash bytea PRIMARY KEY,
                        key_id uuid NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
                        created_at timestamptz NOT NULL DEFAULT now(),
                        ends_at timestamptz
                    );
                    CREATE INDEX api_key_secrets_key_id_index ON api_key_secrets (key_id);
                    """,
                down: """
                    DROP TABLE api_key_secrets;
                    DROP TABLE api_keys;
                    """))
    ]
}
