import CLinux
import CSQLite
import Glibc
import Loop
import SQL
import Synchronization

/// The one thread that writes.
///
/// It takes what waits, runs each job, commits once and then answers all: many writers share one
/// fsync. A batch closes when nothing more waits, so a lone writer is not kept waiting for company;
/// batches form by themselves while a commit runs.
// Safe because all state is touched on the writer's thread only, after it has started.
final class SQLiteWriter: @unchecked Sendable {
    let connection: SQLiteConnection
    let queue: WriterQueue
    let commits: CommitCount
    let counts = WriterCounts()

    private let options: SQLiteOptions
    private let control: WriterStatements
    private var thread: pthread_t?
    /// Jobs taken from the queue; those before `nextIndex` have run.
    private var waiting: [WriteJob] = []
    private var nextIndex = 0
    /// Bodies that have not ended, some of them given up.
    private var bodies = 0
    private var isCommitting = false
    private var logPages = 0
    private var checkpointAt: Int

    init(
        _ path: String, commits: CommitCount, _ options: SQLiteOptions
    ) throws(DatabaseError) {
        connection = try SQLiteConnection(path, .writer, options)
        control = try WriterStatements(connection)
        queue = WriterQueue(limit: options.writesMax)
        checkpointAt = options.checkpointPages
        self.commits = commits
        self.options = options
        watchCommits()
        watchLog()
    }

    /// `atEnd` runs on the thread when the queue is closed and all is answered. Bodies that were
    /// given up and have not ended keep the thread, not the file.
    func start(atEnd: @escaping @Sendable () -> Void) {
        let started = startThread(named: "sqlite-write") {
            self.thread = pthread_self()
            self.work()
            atEnd()
            self.queue.runParts { self.bodies == 0 }
        }
        pthread_detach(started)
    }

    var isCurrentThread: Bool {
        thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false
    }

    private func work() {
        while true {
            if nextIndex == waiting.count {
                (waiting, nextIndex) = ([], 0)
                waiting = queue.waitForJobs()
            }
            if waiting.isEmpty { return }
            runBatch()
            checkpointIfLong()
        }
    }

    // MARK: A batch

    private func runBatch() {
        let code = control.step(control.begin)
        guard code == SQLITE_DONE else { return refuseAll(code) }
        let last = linux_monotonic_nanoseconds() + options.batchTimeMax.nanoseconds
        var batch: [WriteJob] = []
        while batch.count < options.batchJobsMax, let job = nextJob() {
            batch.append(job)
            perform(job)
            if !connection.isInTransaction { return abandon(batch, because: job) }
            if linux_monotonic_nanoseconds() > last { break }
        }
        commit(batch)
    }

    private func nextJob() -> WriteJob? {
        if nextIndex == waiting.count {
            waiting = queue.takeJobs()
            nextIndex = 0
        }
        guard nextIndex < waiting.count else { return nil }
        defer { nextIndex += 1 }
        return waiting[nextIndex]
    }

    private func perform(_ job: WriteJob) {
        job.attempts += 1
        guard job.isGuarded else { return performAlone(job) }
        guard isDone(control.savepoint, for: job) else { return }
        job.run(on: self)
        if job.error == nil && hasOpenReferences { job.fail(DatabaseError.openReference) }
        let isUndone = job.error == nil || isDone(control.rollbackToSavepoint, for: job)
        let isReleased = isUndone && isDone(control.release, for: job)
        // Without its savepoint a job can be undone only together with the others.
        if !isReleased && connection.isInTransaction { _ = control.step(control.rollback) }
    }

    private func isDone(_ statement: OpaquePointer, for job: WriteJob) -> Bool {
        let code = control.step(statement)
        if code == SQLITE_DONE { return true }
        if job.error == nil { job.fail(DatabaseError(sqlite: code, on: connection.handle)) }
        return false
    }

    private func performAlone(_ job: WriteJob) {
        connection.deadline = 0
        job.run(on: self)
        if job.error == nil && hasOpenReferences {
            job.fail(DatabaseError.openReference)
            _ = control.step(control.rollback)
        }
    }

    /// Whether a deferred foreign key points nowhere. At the commit it would fail the others, too.
    private var hasOpenReferences: Bool {
        var (current, highest): (Int32, Int32) = (0, 0)
        sqlite3_db_status(
            connection.handle, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0)
        return current != 0
    }

    private func commit(_ batch: [WriteJob]) {
        isCommitting = true
        let code = control.step(control.commit)
        isCommitting = false
        if code != SQLITE_DONE {
            let error = DatabaseError(sqlite: code, on: connection.handle)
            if connection.isInTransaction { _ = control.step(control.rollback) }
            for job in batch where job.error == nil { job.fail(error) }
        }
        commits.raise()
        counts.note(jobs: batch.count)
        answer(batch)
    }

    /// A COMMIT that is not the writer's own becomes a ROLLBACK: it would keep half a batch, whose
    /// other half then ran twice.
    private func watchCommits() {
        sqlite3_commit_hook(
            connection.handle,
            { pointer in
                Unmanaged<SQLiteWriter>.fromOpaque(pointer!)
                    ._withUnsafeGuaranteedRef { $0.isCommitting } ? 0 : 1
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// A job ended the whole transaction: its statement was stopped, or the disk is full. A bad disk
    /// fails all; otherwise the others run again, without it.
    private func abandon(_ batch: [WriteJob], because culprit: WriteJob) {
        if culprit.error == nil { culprit.fail(DatabaseError(.busy, "the transaction was ended")) }
        let error = culprit.error as? DatabaseError ?? DatabaseError(.busy, "the batch was undone")
        var again: [WriteJob] = []
        for job in batch where job.error == nil {
            if error.code == .storage || job.attempts >= 3 {
                job.fail(error)
            } else {
                again.append(job)
            }
        }
        waiting.replaceSubrange(..<nextIndex, with: again)
        nextIndex = 0
        answer(batch.filter { $0.error != nil })
    }

    private func refuseAll(_ code: Int32) {
        let error = DatabaseError(sqlite: code, on: connection.handle)
        var refused: [WriteJob] = []
        while let job = nextJob() { refused.append(job) }
        for job in refused { job.fail(error) }
        answer(refused)
    }

    private func answer(_ jobs: [WriteJob]) {
        queue.answered(jobs.count)
        for job in jobs { job.answer() }
    }

    // MARK: A transaction's body

    /// Runs a body here, as a task of its own. When it awaits something else than its transaction,
    /// all writers wait for it: until its time is over and it is given up.
    func run<Output: Sendable>(
        _ body: @escaping @Sendable (any Transaction) async throws -> Output
    ) -> Result<Output, any Error> {
        let transaction = SQLiteTransaction(self)
        let attempt = BodyAttempt<Output>()
        connection.deadline = linux_monotonic_nanoseconds() + options.bodyTimeMax.nanoseconds
        bodies += 1
        let task = Task.immediate(executorPreference: queue) {
            do {
                attempt.outcome = .success(try await body(transaction))
            } catch {
                attempt.outcome = .failure(error)
            }
            self.bodies -= 1
        }
        queue.runParts(until: { attempt.outcome != nil }, deadline: { connection.deadline })
        let isLate = linux_monotonic_nanoseconds() > connection.deadline
        transaction.close()
        connection.deadline = 0
        guard let outcome = attempt.outcome else {
            task.cancel()
            return .failure(DatabaseError.bodyTooLong)
        }
        if isLate, case .success = outcome { return .failure(DatabaseError.bodyTooLong) }
        return outcome
    }

    // MARK: The log

    private func watchLog() {
        // This hook takes the place of SQLite's own checkpoints, which run before the answers.
        sqlite3_wal_hook(
            connection.handle,
            { pointer, _, _, pages in
                Unmanaged<SQLiteWriter>.fromOpaque(pointer!)
                    ._withUnsafeGuaranteedRef { $0.logPages = Int(pages) }
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Moves the log's pages into the database. A reader with an old snapshot may keep some back;
    /// then it is tried again a quarter later.
    private func checkpointIfLong() {
        guard logPages >= checkpointAt else { return }
        var (total, moved): (Int32, Int32) = (0, 0)
        sqlite3_wal_checkpoint_v2(
            connection.handle, nil, SQLITE_CHECKPOINT_PASSIVE, &total, &moved)
        counts.noteCheckpoint()
        let isComplete = moved >= total
        checkpointAt =
            options.checkpointPages
            + (isComplete ? 0 : max(0, Int(total) - options.checkpointPages * 3 / 4))
        logPages = 0
    }

    /// Empties the log and gives the file back. When nothing else uses the database.
    func close() {
        sqlite3_wal_checkpoint_v2(
            connection.handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        control.finish()
        connection.close()
    }
}

/// Where a body's outcome is put. One for each attempt: a body that was given up may end later.
// Safe because it is touched on the writer's thread only.
private final class BodyAttempt<Output: Sendable>: @unchecked Sendable {
    var outcome: Result<Output, any Error>?
}

extension DatabaseError {
    static var openReference: DatabaseError {
        DatabaseError(.foreignKey, "FOREIGN KEY constraint failed", engineCode: "787")
    }
}
