import CLinux
import SQL

/// A transaction while its body runs on the writer's thread.
// Safe because it works on the writer's thread only and refuses every other.
final class SQLiteTransaction: Transaction, @unchecked Sendable {
    private let writer: SQLiteWriter
    private var isOpen = true

    init(_ writer: SQLiteWriter) { self.writer = writer }

    var engine: Engine { .sqlite }

    func run<Output: Sendable>(
        _ statement: StatementCore, bind: @escaping @Sendable (any BindTarget) -> Void,
        decode: @escaping @Sendable (inout Rows) throws(DatabaseError) -> Output
    ) async throws(DatabaseError) -> Output {
        try check()
        do throws(DatabaseError) {
            return try writer.connection.run(statement, bind: bind, decode: decode)
        } catch  where error.code == .timeout {
            throw .bodyTooLong
        }
    }

    func runScript(_ text: String) async throws(DatabaseError) {
        try check()
        let connection = writer.connection
        let (deadline, started) = (connection.deadline, linux_monotonic_nanoseconds())
        connection.deadline = 0
        defer { connection.deadline = deadline + (linux_monotonic_nanoseconds() - started) }
        try connection.execute(text)
        try checkTransaction()
    }

    /// From now on every use is an error: the writer has other work.
    func close() { isOpen = false }

    private func check() throws(DatabaseError) {
        guard writer.isCurrentThread else {
            throw DatabaseError(.other, "a transaction is used outside of its body's task")
        }
        guard isOpen else { throw .bodyTooLong }
        if linux_monotonic_nanoseconds() > writer.connection.deadline { throw .bodyTooLong }
        try checkTransaction()
    }

    /// Without this, what a body does after SQLite gave the transaction up would be kept.
    private func checkTransaction() throws(DatabaseError) {
        if !writer.connection.isInTransaction {
            throw DatabaseError(.busy, "the transaction was ended before its body")
        }
    }
}

extension DatabaseError {
    static var bodyTooLong: DatabaseError {
        DatabaseError(.busy, "a transaction's body took too long and was rolled back")
    }
}
