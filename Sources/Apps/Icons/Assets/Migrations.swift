import SQL

extension Icons {
    /// Never edited once released. The tables are there whether or not the app is served, so that it
    /// can be switched on and off.
    static let migrations: [Migration] = [
        Migration(
            "icons/0001_assets",
            sqlite: .init(
                up: """
                    CREATE TABLE assets (
                        id TEXT PRIMARY KEY,
                        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                        prompt TEXT NOT NULL CHECK (trim(prompt) <> ''),
                        search_text TEXT NOT NULL,
                        variants TEXT NOT NULL,
                        chosen_id TEXT NOT NULL,
                        intent TEXT NOT NULL CHECK (intent IN ('create', 'refine')),
                        color_mode TEXT NOT NULL CHECK (color_mode IN ('dark', 'light')),
                        generator TEXT NOT NULL,
                        model TEXT,
                        version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
                        deleted_at INTEGER,
                        created_at INTEGER NOT NULL,
                        updated_at INTEGER NOT NULL
                    ) STRICT;
                    CREATE INDEX assets_user_id_index ON assets (user_id, created_at, id);
                    CREATE INDEX assets_deleted_at_index ON assets (deleted_at);
                    CREATE TABLE icon_usage (
                        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                        day INTEGER NOT NULL,
                        count INTEGER NOT NULL CHECK (count >= 0),
                        PRIMARY KEY (user_id, day)
                    ) STRICT;
                    CREATE INDEX icon_usage_day_index ON icon_usage (day);
                    """,
                down: """
                    DROP TABLE icon_usage;
                    DROP TABLE assets;
                    """),
            postgres: .init(
                up: """
                    CREATE TABLE assets (
                        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                        prompt text NOT NULL CHECK (trim(prompt) <> ''),
                        search_text text NOT NULL,
                        variants jsonb NOT NULL,
                        chosen_id uuid NOT NULL,
                        intent text NOT NULL CHECK (intent IN ('create', 'refine')),
                        color_mode text NOT NULL CHECK (color_mode IN ('dark', 'light')),
                        generator text NOT NULL,
                        model text,
                        version bigint NOT NULL DEFAULT 1 CHECK (version > 0),
                        deleted_at timestamptz,
                        created_at timestamptz NOT NULL DEFAULT now(),
                        updated_at timestamptz NOT NULL DEFAULT now()
                    );
                    CREATE INDEX assets_user_id_index ON assets (user_id, created_at, id);
                    CREATE INDEX assets_deleted_at_index ON assets (deleted_at);
                    CREATE TABLE icon_usage (
                        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                        day timestamptz NOT NULL,
                        count bigint NOT NULL CHECK (count >= 0),
                        PRIMARY KEY (user_id, day)
                    );
                    CREATE INDEX icon_usage_day_index ON icon_usage (day);
                    """,
                down: """
                    DROP TABLE icon_usage;
                    DROP TABLE assets;
                    """))
    ]
}
