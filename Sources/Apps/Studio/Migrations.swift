import SQL

extension Studio {
    /// Never edited once released. The tables are there whether or not the app is served, so that it
    /// can be switched on and off.
    static let migrations: [Migration] = [
        Migration(
            "studio/0001_creators",
            sqlite: .init(
                up: """
                    CREATE TABLE creators (
                        id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
                        email TEXT NOT NULL UNIQUE,
                        display_name TEXT NOT NULL,
                        subscription_tier TEXT NOT NULL CHECK (subscription_tier IN
                            ('free', 'creator', 'professional', 'enterprise')),
                        settings TEXT NOT NULL,
                        created_at INTEGER NOT NULL,
                        updated_at INTEGER NOT NULL
                    ) STRICT;
                    CREATE TABLE brand_kits (
                        id TEXT PRIMARY KEY,
                        creator_id TEXT NOT NULL REFERENCES creators (id) ON DELETE CASCADE,
                        name TEXT NOT NULL,
                        color_palette TEXT NOT NULL,
                        typography TEXT NOT NULL,
                        motion_intensity INTEGER NOT NULL
                            CHECK (motion_intensity BETWEEN 1 AND 5),
                        allowed_categories TEXT NOT NULL,
                        version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
                        created_at INTEGER NOT NULL,
                        updated_at INTEGER NOT NULL
                    ) STRICT;
                    CREATE INDEX brand_kits_creator_id_index
                        ON brand_kits (creator_id, created_at, id);
                    CREATE TABLE stream_sessions (
                        id TEXT PRIMARY KEY,
                        creator_id TEXT NOT NULL REFERENCES creators (id) ON DELETE CASCADE,
                        platform TEXT NOT NULL,
                        status TEXT NOT NULL CHECK (status IN ('active', 'paused', 'ended')),
                        brand_kit_id TEXT REFERENCES brand_kits (id) ON DELETE SET NULL,
                        start_time INTEGER NOT NULL,
                        end_time INTEGER,
                        paused_at INTEGER,
                        metrics TEXT NOT NULL,
                        overlay_seen_at INTEGER,
                        overlay_shown INTEGER NOT NULL DEFAULT 0 CHECK (overlay_shown >= 0),
                        overlay_frames REAL NOT NULL DEFAULT 0 CHECK (overlay_frames >= 0),
                        created_at INTEGER NOT NULL,
                        updated_at INTEGER NOT NULL,
                        CHECK ((status = 'ended') = (end_time IS NOT NULL))
                    ) STRICT;
                    CREATE INDEX stream_sessions_creator_id_index
                        ON stream_sessions (creator_id, start_time, id);
                    CREATE INDEX stream_sessions_status_index
                        ON stream_sessions (status, end_time);
                    CREATE INDEX stream_sessions_brand_kit_id_index
                        ON stream_sessions (brand_kit_id);
                    CREATE UNIQUE INDEX stream_sessions_running_index
                        ON stream_sessions (creator_id) WHERE status <> 'ended';
                    CREATE TABLE effects (
                        id TEXT PRIMARY KEY,
                        creator_id TEXT NOT NULL REFERENCES creators (id) ON DELETE CASCADE,
                        name TEXT NOT NULL,
                        description TEXT NOT NULL,
                        search_text TEXT NOT NULL,
                        category TEXT NOT NULL,
                        motion INTEGER NOT NULL CHECK (motion BETWEEN 1 AND 5),
                        duration_ms INTEGER NOT NULL CHECK (duration_ms > 0),
                        file_id TEXT NOT NULL UNIQUE REFERENCES files (id) ON DELETE CASCADE,
                        media_type TEXT NOT NULL,
                        bytes INTEGER NOT NULL CHECK (bytes >= 0),
                        created_at INTEGER NOT NULL
                    ) STRICT;
                    CREATE INDEX effects_creator_id_index ON effects (creator_id, created_at, id);
                    CREATE TABLE effect_activations (
                        id TEXT PRIMARY KEY,
                        session_id TEXT NOT NULL
                            REFERENCES stream_sessions (id) ON DELETE CASCADE,
                        effect_id TEXT NOT NULL,
                        text TEXT,
                        triggered_at INTEGER NOT NULL
                    ) STRICT;
                    CREATE INDEX effect_activations_session_id_index
                        ON effect_activations (session_id, triggered_at);
                    CREATE INDEX effect_activations_triggered_at_index
                        ON effect_activations (triggered_at);
                    """,
                down: """
                    DROP TABLE effect_activations;
                    DROP TABLE effects;
                    DROP TABLE stream_sessions;
                    DROP TABLE brand_kits;
                    DROP TABLE creators;
                    """),
            postgres: .init(
                up: """
                    CREATE TABLE creators (
                        id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
                        email text NOT NULL UNIQUE,
                        display_name text NOT NULL,
                        subscription_tier text NOT NULL CHECK (subscription_tier IN
                            ('free', 'creator', 'professional', 'enterprise')),
                        settings jsonb NOT NULL,
                        created_at timestamptz NOT NULL DEFAULT now(),
                        updated_at timestamptz NOT NULL DEFAULT now()
                    );
                    CREATE TABLE brand_kits (
                        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                        creator_id uuid NOT NULL REFERENCES creators (id) ON DELETE CASCADE,
                        name text NOT NULL,
                        color_palette jsonb NOT NULL,
                        typography jsonb NOT NULL,
                        motion_intensity bigint NOT NULL
                            CHECK (motion_intensity BETWEEN 1 AND 5),
                        allowed_categories jsonb NOT NULL,
                        version bigint NOT NULL DEFAULT 1 CHECK (version > 0),
                        created_at timestamptz NOT NULL DEFAULT now(),
                        updated_at timestamptz NOT NULL DEFAULT now()
                    );
                    CREATE INDEX brand_kits_creator_id_index
                        ON brand_kits (creator_id, created_at, id);
                    CREATE TABLE stream_sessions (
                        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                        creator_id uuid NOT NULL REFERENCES creators (id) ON DELETE CASCADE,
                        platform text NOT NULL,
                        status text NOT NULL CHECK (status IN ('active', 'paused', 'ended')),
                        brand_kit_id uuid REFERENCES brand_kits (id) ON DELETE SET NULL,
                        start_time timestamptz NOT NULL,
                        end_time timestamptz,
                        paused_at timestamptz,
                        metrics jsonb NOT NULL,
                        overlay_seen_at timestamptz,
                        overlay_shown bigint NOT NULL DEFAULT 0 CHECK (overlay_shown >= 0),
                        overlay_frames double precision NOT NULL DEFAULT 0
                            CHECK (overlay_frames >= 0),
                        created_at timestamptz NOT NULL DEFAULT now(),
                        updated_at timestamptz NOT NULL DEFAULT now(),
                        CHECK ((status = 'ended') = (end_time IS NOT NULL))
                    );
                    CREATE INDEX stream_sessions_creator_id_index
                        ON stream_sessions (creator_id, start_time, id);
                    CREATE INDEX stream_sessions_status_index
                        ON stream_sessions (status, end_time);
                    CREATE INDEX stream_sessions_brand_kit_id_index
                        ON stream_sessions (brand_kit_id);
                    CREATE UNIQUE INDEX stream_sessions_running_index
                        ON stream_sessions (creator_id) WHERE status <> 'ended';
                    CREATE TABLE effects (
                        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                        creator_id uuid NOT NULL REFERENCES creators (id) ON DELETE CASCADE,
                        name text NOT NULL,
                        description text NOT NULL,
                        search_text text NOT NULL,
                        category text NOT NULL,
                        motion bigint NOT NULL CHECK (motion BETWEEN 1 AND 5),
                        duration_ms bigint NOT NULL CHECK (duration_ms > 0),
                        file_id uuid NOT NULL UNIQUE REFERENCES files (id) ON DELETE CASCADE,
                        media_type text NOT NULL,
                        bytes bigint NOT NULL CHECK (bytes >= 0),
                        created_at timestamptz NOT NULL DEFAULT now()
                    );
                    CREATE INDEX effects_creator_id_index ON effects (creator_id, created_at, id);
                    CREATE TABLE effect_activations (
                        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                        session_id uuid NOT NULL
                            REFERENCES stream_sessions (id) ON DELETE CASCADE,
                        effect_id text NOT NULL,
                        text text,
                        triggered_at timestamptz NOT NULL
                    );
                    CREATE INDEX effect_activations_session_id_index
                        ON effect_activations (session_id, triggered_at);
                    CREATE INDEX effect_activations_triggered_at_index
                        ON effect_activations (triggered_at);
                    """,
                down: """
                    DROP TABLE effect_activations;
                    DROP TABLE effects;
                    DROP TABLE stream_sessions;
                    DROP TABLE brand_kits;
                    DROP TABLE creators;
                    """)),
        overlayNumber,
    ]
}
