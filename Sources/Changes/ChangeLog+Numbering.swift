import SQL
import Values

/// How far numbering has come, as a look finds it.
package struct NumberingState: RowDecodable, Hashable {
    /// The highest number given.
    package let newest: Int64
    /// When the first change was made that has no number; nil when all have.
    package let oldestWaiting: Instant?

    package init(row: inout Row) throws(DatabaseError) {
        newest = try row.next()
        oldestWaiting = try row.next()
    }
}

/// What numbering did: how many changes have a number now, and the highest, unless there were none.
struct Numbered: RowDecodable, Hashable {
    let count: Int
    let newest: Int64?

    init(row: inout Row) throws(DatabaseError) {
        count = try row.next()
        newest = try row.next()
    }
}

extension ChangeLog {
    /// Nil when another is numbering. On SQLite there is nothing left to number.
    ///
    /// The lock has a statement to itself: the next one then sees all that its last holder has
    /// committed, of which the highest number matters.
    func number(atMost limit: Int) async throws -> Numbered? {
        try await database.transaction { transaction in
            guard try await transaction.first(Change.lock)?.isHeld == true else { return nil }
            return try await transaction.first(Change.number, limit)
        }
    }

    package var numberingState: NumberingState? {
        get async throws(DatabaseError) { try await database.first(Change.numberingState) }
    }
}

/// Whether the lock was to be had.
struct NumberingLock: RowDecodable {
    let isHeld: Bool

    init(row: inout Row) throws(DatabaseError) {
        _ = try row.next(String.self)
        isHeld = try row.next()
    }
}

extension Change {
    static let numberingState = Statement(
        .point,
        sqlite: """
            SELECT max(deleted_through, coalesce((SELECT max(id) FROM changes), 0)), NULL
            FROM change_retention WHERE name = 'changes'
            """,
        postgres: """
            SELECT greatest(deleted_through, (SELECT max(seq) FROM changes)),
                (SELECT at FROM changes WHERE seq IS NULL ORDER BY id LIMIT 1)
            FROM change_retention WHERE name = 'changes'
            """, returns: NumberingState.self)

    /// A node that hangs while it has the lock, or that has lost its network, would hold up all
    /// others until its connection is missed: it loses it after five seconds.
    static let lock = Statement(
        .write,
        sqlite: "SELECT '', TRUE",
        postgres: """
            SELECT set_config('idle_in_transaction_session_timeout', '5000', TRUE),
                pg_try_advisory_xact_lock(7238641156)
            """, returns: NumberingLock.self)

    static let number = Statement(
        .write,
        sqlite: "SELECT 0, NULL LIMIT $1",
        postgres: """
            WITH waiting AS MATERIALIZED (
                SELECT id FROM changes WHERE seq IS NULL ORDER BY id LIMIT $1),
            numbers AS (
                SELECT id, row_number() OVER (ORDER BY id) + (
                    SELECT greatest(deleted_through, (SELECT max(seq) FROM changes))
                    FROM change_retention WHERE name = 'changes') AS seq
                FROM waiting),
            numbered AS (
                UPDATE changes SET seq = numbers.seq FROM numbers
                WHERE changes.id = numbers.id AND changes.seq IS NULL RETURNING changes.seq)
            SELECT count(*), max(seq) FROM numbered
            """, binds: Int.self, returns: Numbered.self)
}
