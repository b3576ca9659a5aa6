import CSQLite
import Loop
import SQL
import Synchronization

/// The connection on which one event loop reads, inline and without a hop.
///
/// Under load (three events in a tick or more) all reads of a tick share one snapshot, which saves
/// SQLite the locks on its log for each. Whoever wrote reads what was written all the same: the
/// writer counts its commits before it answers, and a snapshot older than the last commit is
/// replaced at the next read.
// Safe because all state is touched under the lock, by the loop and by `close`.
final class LoopReader: @unchecked Sendable {
    /// Readers of one event: a lone request pays for no transaction.
    private static let eventsForSnapshot = 3
    /// Runs on the pool before a statement that was stopped is tried on the loop again.
    private static let detours: UInt16 = 256

    let loop: EventLoop
    private let commits: CommitCount
    private let begin: OpaquePointer
    private let end: OpaquePointer
    private let lock = ThreadCondition()
    private var connection: SQLiteConnection?
    /// The commit count that the open snapshot has seen.
    private var snapshot: Int?
    private var endsAfterTick = false
    /// By statement id: how many more times a slow one goes to the pool.
    private var slow: [UInt16] = []

    init(
        _ path: String, on loop: EventLoop, commits: CommitCount, _ options: SQLiteOptions
    ) throws(DatabaseError) {
        self.loop = loop
        self.commits = commits
        let connection = try SQLiteConnection(path, .reader, options)
        connection.budget = options.pointTimeMax.nanoseconds
        // A loop does not wait for locks: what finds one is run on the pool.
        sqlite3_busy_timeout(connection.handle, 0)
        begin = try connection.prepare("BEGIN")
        end = try connection.prepare("COMMIT")
        self.connection = connection
    }

    /// Runs a statement, or tells by `false` that it is one for the pool.
    func run(
        _ statement: StatementCore, bind: (any BindTarget) -> Void,
        decode: (inout Rows) throws(DatabaseError) -> Void
    ) throws(DatabaseError) -> Bool {
        try lock.locked { () throws(DatabaseError) -> Bool in
            guard let connection else { throw .closed }
            if isSlow(statement) { return false }
            openSnapshot()
            connection.deadline = 0
            do throws(DatabaseError) {
                try connection.run(statement, bind: bind, decode: decode)
                return true
            } catch  where error.code == .timeout || error.code == .busy {
                remember(statement)
                return false
            }
        }
    }

    func close() {
        lock.locked {
            endSnapshot()
            sqlite3_finalize(begin)
            sqlite3_finalize(end)
            connection = nil
        }
    }

    // MARK: Snapshot

    private func openSnapshot() {
        let now = commits.current
        if let snapshot {
            if snapshot == now { return }
            endSnapshot()
        } else if loop.eventsThisTick < Self.eventsForSnapshot {
            return
        }
        guard perform(begin) else { return }
        snapshot = now
        if !endsAfterTick {
            endsAfterTick = true
            loop.afterTick { self.tickEnds() }
        }
    }

    private func tickEnds() {
        lock.locked {
            endsAfterTick = false
            endSnapshot()
        }
    }

    private func endSnapshot() {
        guard snapshot != nil, connection != nil else { return }
        snapshot = nil
        _ = perform(end)
    }

    private func perform(_ control: OpaquePointer) -> Bool {
        defer { sqlite3_reset(control) }
        return sqlite3_step(control) == SQLITE_DONE
    }

    // MARK: Slow statements

    private func isSlow(_ statement: StatementCore) -> Bool {
        guard statement.isKept, statement.id < slow.count, slow[statement.id] > 0 else {
            return false
        }
        slow[statement.id] -= 1
        return true
    }

    private func remember(_ statement: StatementCore) {
        guard statement.isKept else { return }
        if statement.id >= slow.count {
            slow.append(contentsOf: repeatElement(0, count: statement.id + 16 - slow.count))
        }
        slow[statement.id] = Self.detours
    }
}

/// How many commits the writer has made. Raised before the replies to them are handed out.
final class CommitCount: Sendable {
    private let count = Atomic<Int>(0)

    var current: Int { count.load(ordering: .acquiring) }
    func raise() { count.add(1, ordering: .releasing) }
}

extension DatabaseError {
    static var closed: DatabaseError { DatabaseError(.connection, "the database is closed") }
}
