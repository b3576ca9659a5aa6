import SQL
import Synchronization
import Values

/// A limit on guessing: exact, and shared by all nodes.
package struct GuardLimit: Sendable, Hashable {
    /// What is counted: part of the key.
    package let name: String
    package let tries: Int
    package let window: Duration

    package init(_ name: String, tries: Int, per window: Duration) {
        self.name = name
        self.tries = tries
        self.window = window
    }
}

extension GuardLimit {
    fileprivate var untouched: LimitState {
        LimitState(limit: tries, count: 0, resetsAfter: .zero)
    }
}

/// Counts tries. A try counts before its outcome is known, so that parallel guesses all count.
package protocol GuardLimiter: Sendable {
    /// Counts one more try of `subject`, such as an address or an account.
    func count(_ limit: GuardLimit, _ subject: String, at now: Instant) async throws -> LimitState
    /// Where a subject stands, without counting.
    func look(_ limit: GuardLimit, _ subject: String, at now: Instant) async throws -> LimitState
    /// Forgets the tries of a subject who has shown to be the right one.
    func clear(_ limit: GuardLimit, _ subject: String) async throws
    /// Deletes what counts no more. Called now and then.
    func sweep(at now: Instant) async throws
}

/// For one node: SQLite and tests. Bounded as `TrafficLimiter` is, but a subject that is over its
/// limit is never forgotten before its window ends.
package final class MemoryGuardLimiter: GuardLimiter {
    private static let subjectsMax = 100_000
    private let windows = Mutex<[String: (endsAt: Instant, count: Int)]>([:])

    package init() {}

    package func count(_ limit: GuardLimit, _ subject: String, at now: Instant) -> LimitState {
        windows.withLock { windows in
            if windows.count >= Self.subjectsMax {
                windows = windows.filter { $0.value.endsAt > now }
            }
            let key = limit.name + " " + subject
            var window = windows[key] ?? (now + limit.window, 0)
            if window.endsAt <= now { window = (now + limit.window, 0) }
            window.count += 1
            windows[key] = window
            return LimitState(
                limit: limit.tries, count: window.count, resetsAfter: window.endsAt - now)
        }
    }

    package func look(_ limit: GuardLimit, _ subject: String, at now: Instant) -> LimitState {
        let window = windows.withLock { $0[limit.name + " " + subject] }
        guard let window, window.endsAt > now else { return limit.untouched }
        return LimitState(
            limit: limit.tries, count: window.count, resetsAfter: window.endsAt - now)
    }

    package func clear(_ limit: GuardLimit, _ subject: String) {
        _ = windows.withLock { $0.removeValue(forKey: limit.name + " " + subject) }
    }

    package func sweep(at now: Instant) {
        windows.withLock { windows in windows = windows.filter { $0.value.endsAt > now } }
    }
}

/// For many nodes on one PostgreSQL: one upsert into an unlogged table.
package struct SQLGuardLimiter: GuardLimiter {
    let database: any Database

    package init(_ database: any Database) {
        self.database = database
    }

    package func count(
        _ limit: GuardLimit, _ subject: String, at now: Instant
    ) async throws -> LimitState {
        let window = try await database.first(
            GuardWindow.count, limit.name + " " + subject, now + limit.window, now)
        guard let window else { return limit.untouched }
        return LimitState(
            limit: limit.tries, count: window.count, resetsAfter: window.endsAt - now)
    }

    package func look(
        _ limit: GuardLimit, _ subject: String, at now: Instant
    ) async throws -> LimitState {
        let window = try await database.first(GuardWindow.find, limit.name + " " + subject, now)
        guard let window else { return limit.untouched }
        return LimitState(
            limit: limit.tries, count: window.count, resetsAfter: window.endsAt - now)
    }

    package func clear(_ limit: GuardLimit, _ subject: String) async throws {
        try await database.execute(GuardWindow.clear, limit.name + " " + subject)
    }

    package func sweep(at now: Instant) async throws {
        try await database.execute(GuardWindow.deleteEnded, now)
    }
}

/// A row of `rate_limits`.
package struct GuardWindow: RowDecodable {
    let count: Int
    let endsAt: Instant

    package init(row: inout Row) throws(DatabaseError) {
        count = try row.next()
        endsAt = try row.next()
    }

    static let count = Statement(
        .write,
        """
        INSERT INTO rate_limits (key, count, ends_at) VALUES ($1, 1, $2)
        ON CONFLICT (key) DO UPDATE SET
            count = CASE WHEN rate_limits.ends_at <= $3 THEN 1 ELSE rate_limits.count + 1 END,
            ends_at = CASE WHEN rate_limits.ends_at <= $3 THEN $2 ELSE rate_limits.ends_at END
        RETURNING count, ends_at
        """, binds: String.self, Instant.self, Instant.self, returns: GuardWindow.self)

    static let find = Statement(
        .point, "SELECT count, ends_at FROM rate_limits WHERE key = $1 AND ends_at > $2",
        binds: String.self, Instant.self, returns: GuardWindow.self)

    static let clear = Statement(
        .write, "DELETE FROM rate_limits WHERE key = $1", binds: String.self)

    static let deleteEnded = Statement(
        .write, "DELETE FROM rate_limits WHERE ends_at <= $1", binds: Instant.self)

    package static let statements: [StatementCore] = [
        count.core, find.core, clear.core, deleteEnded.core,
    ]

    package static let migration = Migration(
        "limits/0001_rate_limits",
        sqlite: .init(
            up: """
                CREATE TABLE rate_limits (
                    key TEXT PRIMARY KEY,
                    count INTEGER NOT NULL,
                    ends_at INTEGER NOT NULL
                ) STRICT
                """, down: "DROP TABLE rate_limits"),
        postgres: .init(
            up: """
                CREATE UNLOGGED TABLE rate_limits (
                    key text PRIMARY KEY,
                    count bigint NOT NULL,
                    ends_at timestamptz NOT NULL
                )
                """, down: "DROP TABLE rate_limits"))
}
