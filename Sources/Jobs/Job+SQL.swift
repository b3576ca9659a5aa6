import SQL
import Values

extension Job {
    static let insert = Statement(
        .write,
        """
        INSERT INTO jobs (id, kind, payload, state, tries, run_at, created_at)
        VALUES ($1, $2, $3, 'ready', 0, $4, $5)
        """, binds: ID<Job>.self, String.self, String.self, Instant.self, Instant.self)

    /// Takes the job that has waited longest, until `$3`. Many nodes take at once on PostgreSQL and
    /// pass over what another is taking; SQLite has one writer.
    static let claim = Statement(
        .write,
        sqlite: """
            UPDATE jobs SET lease = $1, run_at = $3, tries = tries + 1
            WHERE id = (SELECT id FROM jobs WHERE state = 'ready' AND run_at <= $2
                ORDER BY run_at, id LIMIT 1)
            RETURNING id, kind, payload, tries
            """,
        postgres: """
            WITH due AS MATERIALIZED (
                SELECT id FROM jobs WHERE state = 'ready' AND run_at <= $2
                ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            UPDATE jobs SET lease = $1, run_at = $3, tries = tries + 1
            FROM due WHERE jobs.id = due.id
            RETURNING jobs.id, kind, payload, tries
            """, binds: ID<Lease>.self, Instant.self, Instant.self, returns: Job.self)

    /// The end of a job that this lease still holds.
    static let end = Statement(
        .write,
        """
        UPDATE jobs SET state = $3, lease = NULL, ended_at = $4, error = $5
        WHERE id = $1 AND lease = $2 AND state = 'ready' RETURNING id
        """, binds: ID<Job>.self, ID<Lease>.self, JobState.self, Instant.self, String?.self,
        returns: Single<ID<Job>>.self)

    /// Takes out what the job was given.
    static let clear = Statement(
        .write, "UPDATE jobs SET payload = '' WHERE id = $1", binds: ID<Job>.self)

    /// Another try at `$3`.
    static let postpone = Statement(
        .write,
        """
        UPDATE jobs SET run_at = $3, lease = NULL, error = $4
        WHERE id = $1 AND lease = $2 AND state = 'ready'
        """, binds: ID<Job>.self, ID<Lease>.self, Instant.self, String.self)

    /// Gives back what a node that stops has not done: that was no try.
    static let giveBack = Statement(
        .write,
        """
        UPDATE jobs SET run_at = $3, lease = NULL, tries = tries - 1
        WHERE id = $1 AND lease = $2 AND state = 'ready'
        """, binds: ID<Job>.self, ID<Lease>.self, Instant.self)

    /// One step in the index of what is ready.
    static let nextDue = Statement(
        .scan, "SELECT run_at FROM jobs WHERE state = 'ready' ORDER BY run_at LIMIT 1",
        returns: Single<Instant>.self)

    static let list = Statement(
        .scan,
        """
        SELECT id, kind, state, lease IS NOT NULL, tries, run_at, created_at, error
        FROM jobs WHERE state = $1 ORDER BY created_at DESC, id DESC LIMIT $2
        """, binds: JobState.self, Int.self, returns: ListedJob.self)

    static let listAll = Statement(
        .scan,
        """
        SELECT id, kind, state, lease IS NOT NULL, tries, run_at, created_at, error
        FROM jobs ORDER BY created_at DESC, id DESC LIMIT $1
        """, binds: Int.self, returns: ListedJob.self)

    static let newest = Statement(
        .scan,
        """
        SELECT id, payload, state, created_at, error FROM jobs
        WHERE kind = $1 ORDER BY created_at DESC, id DESC LIMIT $2
        """, binds: String.self, Int.self, returns: RecordedJob.self)

    static let find = Statement(
        .point,
        "SELECT id, payload, state, created_at, error FROM jobs WHERE id = $1 AND kind = $2",
        binds: ID<Job>.self, String.self, returns: RecordedJob.self)

    static let retry = Statement(
        .write,
        """
        UPDATE jobs SET state = 'ready', tries = 0, run_at = $2, ended_at = NULL
        WHERE id = $1 AND state = 'dead' RETURNING id
        """, binds: ID<Job>.self, Instant.self, returns: Single<ID<Job>>.self)

    static let retryAll = Statement(
        .write,
        """
        UPDATE jobs SET state = 'ready', tries = 0, run_at = $1, ended_at = NULL
        WHERE state = 'dead' RETURNING id
        """, binds: Instant.self, returns: Single<ID<Job>>.self)

    static let deleteEnded = Statement(
        .write, "DELETE FROM jobs WHERE state = $1 AND ended_at < $2", binds: JobState.self,
        Instant.self)

    /// Whoever moves the moment on is the one that runs the interval.
    static let beginInterval = Statement(
        .write,
        """
        INSERT INTO job_schedule (kind, next_at) VALUES ($1, $3)
        ON CONFLICT (kind) DO UPDATE SET next_at = $3 WHERE job_schedule.next_at <= $2
        RETURNING kind
        """, binds: String.self, Instant.self, Instant.self, returns: Single<String>.self)

    package static let statements: [StatementCore] = [
        insert.core, claim.core, end.core, clear.core, postpone.core, giveBack.core, nextDue.core,
        list.core,
        listAll.core, newest.core, find.core, retry.core, retryAll.core, deleteEnded.core,
        beginInterval.core,
    ]
}
