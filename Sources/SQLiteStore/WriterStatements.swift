import CSQLite
import SQL
import Synchronization

/// The writer's own statements: they begin and end transactions.
struct WriterStatements {
    let begin: OpaquePointer
    let commit: OpaquePointer
    let rollback: OpaquePointer
    let savepoint: OpaquePointer
    let release: OpaquePointer
    let rollbackToSavepoint: OpaquePointer

    init(_ connection: SQLiteConnection) throws(DatabaseError) {
        begin = try connection.prepare("BEGIN IMMEDIATE")
        commit = try connection.prepare("COMMIT")
        rollback = try connection.prepare("ROLLBACK")
        savepoint = try connection.prepare("SAVEPOINT job")
        release = try connection.prepare("RELEASE job")
        rollbackToSavepoint = try connection.prepare("ROLLBACK TO job")
    }

    func step(_ statement: OpaquePointer) -> Int32 {
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        return code
    }

    func finish() {
        for statement in [begin, commit, rollback, savepoint, release, rollbackToSavepoint] {
            sqlite3_finalize(statement)
        }
    }
}

/// What the writer has done, for metrics and tests.
final class WriterCounts: Sendable {
    private let jobs = Atomic<Int>(0)
    private let commits = Atomic<Int>(0)
    private let checkpoints = Atomic<Int>(0)

    func note(jobs count: Int) {
        jobs.add(count, ordering: .relaxed)
        commits.add(1, ordering: .relaxed)
    }

    func noteCheckpoint() { checkpoints.add(1, ordering: .relaxed) }

    var current: SQLiteCounts {
        SQLiteCounts(
            writes: jobs.load(ordering: .relaxed), commits: commits.load(ordering: .relaxed),
            checkpoints: checkpoints.load(ordering: .relaxed))
    }
}

/// What a store has written since it was opened.
package struct SQLiteCounts: Hashable, Sendable {
    /// Statements and transactions, failed ones included.
    package var writes: Int
    package var commits: Int
    package var checkpoints: Int
}
