import SQL

/// One thing for the writer to do: a statement or a transaction. It is answered after the commit.
// Safe because the queue hands it from the caller to the writer's thread, which alone touches it.
class WriteJob: @unchecked Sendable {
    /// How often it ran. It runs again when another job took the whole batch down.
    var attempts = 0

    /// A single statement undoes itself; a transaction needs a savepoint.
    var isGuarded: Bool { false }
    /// Why it failed, once it has run.
    var error: (any Error)? { nil }

    func run(on writer: SQLiteWriter) {}
    func fail(_ error: any Error) {}
    /// Hands the outcome to whoever waits for it. Once.
    func answer() {}
}

/// A statement for itself.
// Safe because it is a WriteJob, which the queue hands over.
final class StatementJob<Output: Sendable>: WriteJob, @unchecked Sendable {
    private let statement: StatementCore
    private let bind: @Sendable (any BindTarget) -> Void
    private let decode: @Sendable (inout Rows) throws(DatabaseError) -> Output
    private let continuation: UnsafeContinuation<Result<Output, DatabaseError>, Never>
    private var outcome: Result<Output, DatabaseError> = .failure(.closed)

    init(
        _ statement: StatementCore, _ bind: @escaping @Sendable (any BindTarget) -> Void,
        _ decode: @escaping @Sendable (inout Rows) throws(DatabaseError) -> Output,
        _ continuation: UnsafeContinuation<Result<Output, DatabaseError>, Never>
    ) {
        self.statement = statement
        self.bind = bind
        self.decode = decode
        self.continuation = continuation
    }

    override var error: (any Error)? {
        if case .failure(let error) = outcome { error } else { nil }
    }

    override func run(on writer: SQLiteWriter) {
        outcome = Result { () throws(DatabaseError) in
            try writer.connection.run(statement, bind: bind, decode: decode)
        }
    }

    override func fail(_ error: any Error) {
        outcome = .failure(error as? DatabaseError ?? DatabaseError(.other, "\(error)"))
    }

    override func answer() { continuation.resume(returning: outcome) }
}

/// A transaction's body.
// Safe because it is a WriteJob, which the queue hands over.
final class TransactionJob<Output: Sendable>: WriteJob, @unchecked Sendable {
    private let body: @Sendable (any Transaction) async throws -> Output
    private let continuation: UnsafeContinuation<Output, any Error>
    private var outcome: Result<Output, any Error> = .failure(DatabaseError.closed)

    init(
        _ body: @escaping @Sendable (any Transaction) async throws -> Output,
        _ continuation: UnsafeContinuation<Output, any Error>
    ) {
        self.body = body
        self.continuation = continuation
    }

    override var isGuarded: Bool { true }
    override var error: (any Error)? {
        if case .failure(let error) = outcome { error } else { nil }
    }

    override func run(on writer: SQLiteWriter) { outcome = writer.run(body) }
    override func fail(_ error: any Error) { outcome = .failure(error) }
    override func answer() { continuation.resume(with: outcome) }
}
