import SQL

extension Files {
    /// Never edited once released.
    static let migrations: [Migration] = [
        Migration(
            "files/0001_files",
            sqlite: .init(
                up: """
                    CREATE TABLE files (
                        id TEXT PRIMARY KEY,
                        owner_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                        holder TEXT,
                        name TEXT NOT NULL CHECK (name <> ''),
                        media_type TEXT NOT NULL,
                        bytes INTEGER NOT NULL CHECK (bytes >= 0),
                        sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
                        created_at INTEGER NOT NULL,
                        claimed_at INTEGER,
                        released_at INTEGER
                    ) STRICT;
                    CREATE INDEX files_owner_id_index ON files (owner_id, created_at, id);
                    CREATE INDEX files_waiting_index ON files (created_at)
                        WHERE holder IS NULL AND released_at IS NULL;
                    CREATE INDEX files_released_at_index ON files (released_at)
                        WHERE released_at IS NOT NULL;
                    CREATE TABLE file_usage (
                        user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
                        bytes INTEGER NOT NULL CHECK (bytes >= 0),
                        files INTEGER NOT NULL CHECK (files >= 0)
                    ) STRICT;
                    """,
                down: """
                    DROP TABLE file_usage;
                    DROP TABLE files;
                    """),
            postgres: .init(
                up: """
                    CREATE TABLE files (
                        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                        owner_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                        holder text,
                        name text NOT NULL CHECK (name <> ''),
                        media_type text NOT NULL,
                        bytes bigint NOT NULL CHECK (bytes >= 0),
                        sha256 bytea NOT NULL CHECK (length(sha256) = 32),
                        created_at timestamptz NOT NULL DEFAULT now(),
                        claimed_at timestamptz,
                        released_at timestamptz
                    );
                    CREATE INDEX files_owner_id_index ON files (owner_id, created_at, id);
                    CREATE INDEX files_waiting_index ON files (created_at)
                        WHERE holder IS NULL AND released_at IS NULL;
                    CREATE INDEX files_released_at_index ON files (released_at)
                        WHERE released_at IS NOT NULL;
                    CREATE TABLE file_usage (
                        user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
                        bytes bigint NOT NULL CHECK (bytes >= 0),
                        files bigint NOT NULL CHECK (files >= 0)
                    );
                    """,
                down: """
                    DROP TABLE file_usage;
                    DROP TABLE files;
                    """)),
        Migration(
            "files/0002_directory",
            sqlite: .init(
                up: """
                    CREATE TABLE file_directory (
                        id INT PRIMARY KEY CHECK (id = 1),
                        mark TEXT NOT NULL,
                        created_at INTEGER NOT NULL
                    ) STRICT;
                    """,
                down: "DROP TABLE file_directory;"),
            postgres: .init(
                up: """
                    CREATE TABLE file_directory (
                        id bigint PRIMARY KEY CHECK (id = 1),
                        mark uuid NOT NULL,
                        created_at timestamptz NOT NULL
                    );
                    """,
                down: "DROP TABLE file_directory;")),
    ]
}
