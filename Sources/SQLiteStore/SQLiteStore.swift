import CSQLite
import Glibc
import Loop
import SQL
import Synchronization

// Reads that are short (`.point`) run on the event loop that asks, on a connection of that loop.
// All others run on a pool. Writes go to one thread that commits many of them at once. Callers on
// no loop (commands, tests) read on the pool.

/// A database in an SQLite file: write-ahead log, `synchronous = FULL`, foreign keys on.
///
/// A write that has returned survives `kill -9` and power loss. Close it, or its thread stays.
package final class SQLiteStore: Database {
    package let path: String
    private let writer: SQLiteWriter
    private let readers: [LoopReader]
    private let pool: ReaderPool
    private let ending: Ending

    /// Opens the file at `path`, or makes it, readable for this user only. Its folder must exist.
    package static func open(
        path: String, loops: EventLoopGroup? = nil, options: SQLiteOptions = SQLiteOptions()
    ) throws(DatabaseError) -> SQLiteStore {
        try DatabaseFile(path).create()
        return try SQLiteStore(path, loops?.loops ?? [], options)
    }

    private init(
        _ path: String, _ loops: [EventLoop], _ options: SQLiteOptions
    ) throws(DatabaseError) {
        self.path = path
        let commits = CommitCount()
        let writer = try SQLiteWriter(path, commits: commits, options)
        var readers: [LoopReader] = []
        for loop in loops {
            readers.append(try LoopReader(path, on: loop, commits: commits, options))
        }
        (self.writer, self.readers) = (writer, readers)
        pool = ReaderPool(path, options)
        ending = Ending()
        start()
    }

    private func start() {
        writer.start { [writer, readers, pool, ending] in
            pool.close()
            for reader in readers { reader.close() }
            writer.close()
            ending.reach()
        }
    }

    package var engine: Engine { .sqlite }
    package var counts: SQLiteCounts { writer.counts.current }

    package func run<Output: Sendable>(
        _ statement: StatementCore, bind: @escaping @Sendable (any BindTarget) -> Void,
        decode: @escaping @Sendable (inout Rows) throws(DatabaseError) -> Output
    ) async throws(DatabaseError) -> Output {
        switch statement.kind {
        case .write:
            return try await write(statement, bind, decode)
        case .point, .scan:
            return try await pool.run(statement, bind: bind, decode: decode)
        }
    }

    package func runAtOnce(
        _ statement: StatementCore, bind: (any BindTarget) -> Void,
        decode: (inout Rows) throws(DatabaseError) -> Void
    ) throws(DatabaseError) -> Bool {
        guard statement.kind == .point, let loop = EventLoop.current,
            loop.index < readers.count, readers[loop.index].loop === loop
        else { return false }
        return try readers[loop.index].run(statement, bind: bind, decode: decode)
    }

    private func write<Output: Sendable>(
        _ statement: StatementCore, _ bind: @escaping @Sendable (any BindTarget) -> Void,
        _ decode: @escaping @Sendable (inout Rows) throws(DatabaseError) -> Output
    ) async throws(DatabaseError) -> Output {
        let result: Result<Output, DatabaseError> = await withUnsafeContinuation { continuation in
            submit(StatementJob(statement, bind, decode, continuation))
        }
        return try result.get()
    }

    package func transaction<Output: Sendable>(
        _ body: @escaping @Sendable (any Transaction) async throws -> Output
    ) async throws -> Output {
        try await withUnsafeThrowingContinuation { continuation in
            submit(TransactionJob(body, continuation))
        }
    }

    private func submit(_ job: WriteJob) {
        switch writer.queue.push(job) {
        case nil: return
        case .full: job.fail(DatabaseError(.busy, "too many writes wait"))
        case .closed: job.fail(DatabaseError.closed)
        }
        job.answer()
    }

    /// Writes what waits, empties the log and gives the file back. Later use is a `.connection`
    /// error. May be called more than once.
    package func close() async {
        writer.queue.close()
        await ending.wait()
    }

    /// Gives `body` a connection that only reads.
    func withReader<Output: Sendable>(
        _ body: @escaping @Sendable (SQLiteConnection) throws(DatabaseError) -> Output
    ) async throws(DatabaseError) -> Output {
        try await pool.use(body)
    }
}

/// Lets any number of tasks wait for the end of the writer's thread.
private final class Ending: Sendable {
    private enum State {
        case ahead([UnsafeContinuation<Void, Never>])
        case reached
    }

    private let state = Mutex<State>(.ahead([]))

    func wait() async {
        await withUnsafeContinuation { continuation in
            let isReached = state.withLock { state in
                guard case .ahead(let waiting) = state else { return true }
                state = .ahead(waiting + [continuation])
                return false
            }
            if isReached { continuation.resume() }
        }
    }

    func reach() {
        let waiting = state.withLock { state -> [UnsafeContinuation<Void, Never>] in
            guard case .ahead(let waiting) = state else { return [] }
            state = .reached
            return waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
