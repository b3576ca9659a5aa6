import CSQLite
import Loop
import SQL

/// A few threads with a connection each: for reads that may take long, and for callers that are on
/// no event loop.
// Safe because the connections are handed out and taken back under the lock.
final class ReaderPool: @unchecked Sendable {
    private let path: String
    private let options: SQLiteOptions
    private let pool: BlockingPool
    private let lock = ThreadCondition()
    private var idle: [SQLiteConnection] = []
    private var busy: [SQLiteConnection] = []
    private var isClosed = false

    init(_ path: String, _ options: SQLiteOptions) {
        self.path = path
        self.options = options
        pool = BlockingPool(
            name: "sqlite-read", threads: options.readThreads, queueLimit: options.readsMax)
    }

    func run<Output: Sendable>(
        _ statement: StatementCore, bind: @escaping @Sendable (any BindTarget) -> Void,
        decode: @escaping @Sendable (inout Rows) throws(DatabaseError) -> Output
    ) async throws(DatabaseError) -> Output {
        try await use { connection throws(DatabaseError) in
            connection.budget = self.options.scanTimeMax.nanoseconds
            return try connection.run(statement, bind: bind, decode: decode)
        }
    }

    /// Gives `body` a connection without a limit of time.
    func use<Output: Sendable>(
        _ body: @escaping @Sendable (SQLiteConnection) throws(DatabaseError) -> Output
    ) async throws(DatabaseError) -> Output {
        let result: Result<Output, DatabaseError>
        do throws(PoolIsFull) {
            result = try await pool.run {
                Result { () throws(DatabaseError) in try self.lend(to: body) }
            }
        } catch {
            throw lock.locked { isClosed }
                ? .closed : DatabaseError(.busy, "too many reads wait")
        }
        return try result.get()
    }

    private func lend<Output>(
        to body: (SQLiteConnection) throws(DatabaseError) -> Output
    ) throws(DatabaseError) -> Output {
        let connection = try take()
        defer { give(connection) }
        connection.deadline = 0
        connection.budget = 0
        return try body(connection)
    }

    private func take() throws(DatabaseError) -> SQLiteConnection {
        if let known = lock.locked({ idle.popLast() }) { return lent(known) }
        return lent(try SQLiteConnection(path, .reader, options))
    }

    private func lent(_ connection: SQLiteConnection) -> SQLiteConnection {
        lock.locked { busy.append(connection) }
        return connection
    }

    private func give(_ connection: SQLiteConnection) {
        lock.locked {
            busy.removeAll { $0 === connection }
            idle.append(connection)
        }
    }

    /// Stops what runs, then ends threads and connections. What waits still runs.
    func close() {
        lock.locked {
            isClosed = true
            for connection in busy { sqlite3_interrupt(connection.handle) }
        }
        pool.stop()
        lock.locked { idle.removeAll() }
    }
}
