import SQL

extension Job {
    /// Never edited once released.
    package static let migrations: [Migration] = [
        Migration(
            "jobs/0001_jobs",
            sqlite: .init(
                up: """
                    CREATE TABLE jobs (
                        id TEXT PRIMARY KEY,
                        kind TEXT NOT NULL,
                        payload TEXT NOT NULL,
                        state TEXT NOT NULL CHECK (state IN ('ready', 'done', 'dead')),
                        tries INTEGER NOT NULL,
                        lease TEXT,
                        error TEXT,
                        run_at INTEGER NOT NULL,
                        created_at INTEGER NOT NULL,
                        ended_at INTEGER
                    ) STRICT;
                    CREATE INDEX jobs_run_at_index ON jobs (run_at, id) WHERE state = 'ready';
                    CREATE INDEX jobs_kind_index ON jobs (kind, created_at, id);
                    CREATE INDEX jobs_ended_at_index ON jobs (state, ended_at);
                    CREATE TABLE job_schedule (
                        kind TEXT PRIMARY KEY,
                        next_at INTEGER NOT NULL
                    ) STRICT;
                    """,
                down: """
                    DROP TABLE job_schedule;
                    DROP TABLE jobs;
                    """),
            postgres: .init(
                up: """
                    CREATE TABLE jobs (
                        id uuid PRIMARY KEY,
                        kind text NOT NULL,
                        payload text NOT NULL,
                        state text NOT NULL CHECK (state IN ('ready', 'done', 'dead')),
                        tries bigint NOT NULL,
                        lease uuid,
                        error text,
                        run_at timestamptz NOT NULL,
                        created_at timestamptz NOT NULL,
                        ended_at timestamptz
                    );
                    CREATE INDEX jobs_run_at_index ON jobs (run_at, id) WHERE state = 'ready';
                    CREATE INDEX jobs_kind_index ON jobs (kind, created_at, id);
                    CREATE INDEX jobs_ended_at_index ON jobs (state, ended_at);
                    CREATE TABLE job_schedule (
                        kind text PRIMARY KEY,
                        next_at timestamptz NOT NULL
                    );
                    """,
                down: """
                    DROP TABLE job_schedule;
                    DROP TABLE jobs;
                    """))
    ]
}
