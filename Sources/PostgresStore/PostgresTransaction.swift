import CPostgres
import Loop
import SQL

/// A transaction on a link that nobody else uses until it is over.
///
/// BEGIN travels with the first statement. After a statement has failed PostgreSQL takes no more, so
/// all further ones fail with the same error, and so does the commit, whatever the body does.
// Safe because its state is touched on its link's loop only.
final class PostgresTransaction: Transaction, @unchecked Sendable {
    private let link: Link
    private let limit: Duration
    private let pool: BlockingPool
    private var hasBegun = false
    private var isOver = false
    private var isExpired = false
    private var failure: DatabaseError?
    /// Statements without an answer.
    private var out = 0
    private var timer: Timer?
    /// What the time limit has started.
    private var interruption: Task<Void, Never>?

    init(on link: Link, limit: Duration, pool: BlockingPool) {
        self.link = link
        self.limit = limit
        self.pool = pool
        startTimer()
    }

    var engine: Engine { .postgres }
    private var loop: EventLoop { link.connection.loop }

    private static func command(_ text: String) -> StatementCore {
        StatementCore(
            .write, sqlite: text, postgres: text, binds: [], isKept: false, columns: { [] })
    }

    private static let begin = command("BEGIN")
    private static let commit = command("COMMIT")
    private static let rollback = command("ROLLBACK")
}

// MARK: Statements

extension PostgresTransaction {
    func run<Output: Sendable>(
        _ statement: StatementCore,
        bind: @escaping @Sendable (any BindTarget) -> Void,
        decode: @escaping @Sendable (inout Rows) throws(DatabaseError) -> Output
    ) async throws(DatabaseError) -> Output {
        guard loop.isCurrent else {
            return try await loop.result { () async throws(DatabaseError) in
                try await self.run(statement, bind: bind, decode: decode)
            }
        }
        if let refusal { throw refusal }
        let mode: Link.Mode = hasBegun ? .alone : .opening
        hasBegun = true
        let reply = await send(statement, bind, mode)
        guard case .rows(let result) = reply else { throw note(reply).naming(statement) }
        return try result.decode(decode, of: statement)
    }

    func runScript(_ text: String) async throws(DatabaseError) {
        guard loop.isCurrent else {
            return try await loop.result { () async throws(DatabaseError) in
                try await self.runScript(text)
            }
        }
        if let refusal { throw refusal }
        guard out == 0 else { throw Self.scriptAmongStatements }
        stopTimer()
        defer { startTimer() }
        try await beginForScript()
        out += 1
        let reply = await withUnsafeContinuation { link.sendScript(text, $0) }
        out -= 1
        guard case .finished = reply else { throw note(reply) }
        if !link.isInTransaction { throw note(.failed(Self.scriptEndedTransaction)) }
    }

    private func beginForScript() async throws(DatabaseError) {
        if hasBegun { return }
        hasBegun = true
        let reply = await send(Self.begin, { _ in }, .alone)
        guard case .rows = reply else { throw note(reply) }
    }

    private func send(
        _ statement: StatementCore, _ bind: @Sendable (any BindTarget) -> Void, _ mode: Link.Mode
    ) async -> Link.Reply {
        out += 1
        defer { out -= 1 }
        return await withUnsafeContinuation { link.send(statement, bind, $0, mode) }
    }

    /// Why no statement may be sent.
    private var refusal: DatabaseError? {
        if isExpired { return Self.tookTooLong }
        if let failure { return failure }
        return isOver ? Self.isOverAlready : nil
    }

    /// Keeps the first failure, which is what the transaction failed of.
    private func note(_ reply: Link.Reply) -> DatabaseError {
        let error =
            switch reply {
            case .failed(let error): error
            case .stale: Self.stalePlan
            case .lost: Self.connectionLost
            case .rows, .finished, .aborted: Retries.neverRan
            }
        if failure == nil { failure = error }
        return isExpired ? Self.tookTooLong : error
    }

    private static let tookTooLong = DatabaseError(
        .busy, "the transaction took too long and was rolled back")
    private static let isOverAlready = DatabaseError(.statement, "the transaction is over")
    private static let scriptAmongStatements = DatabaseError(
        .statement, "a script runs while no other statement of the transaction does")
    private static let scriptEndedTransaction = DatabaseError(
        .statement, "the script ended the transaction")
    private static let stalePlan = DatabaseError(
        .serialization, "the schema changed under a prepared statement")
    private static let connectionLost = DatabaseError(
        .connection, "the connection was lost; the transaction was rolled back")
}

// MARK: The end

extension PostgresTransaction {
    /// Whether a new attempt may go better. Nothing of this one was kept.
    var mayRunAgain: Bool {
        guard !isExpired, let failure else { return false }
        return failure.code == .serialization || failure.code == .connection
    }

    /// What the caller is told when the body or the commit threw `error`.
    func outcome(of error: any Error) -> any Error {
        isExpired && error is DatabaseError ? Self.tookTooLong : error
    }

    func commit() async throws(DatabaseError) {
        stopTimer()
        if let refusal { throw refusal }
        isOver = true
        guard hasBegun else { return }
        switch await send(Self.commit, { _ in }, .alone) {
        case .rows(let result) where result.commandStatus == "COMMIT": return
        case .lost:
            failure = Retries.unknownOutcome
            throw Retries.unknownOutcome
        case let reply: throw note(reply)
        }
    }

    /// Ends what is left of it. The link is clean afterwards, or of no use.
    func rollBack() async {
        stopTimer()
        isOver = true
        await interruption?.value
        if hasBegun && !link.isClean { await sendRollback() }
    }

    private func sendRollback() async {
        _ = await send(Self.rollback, { _ in }, .alone)
    }

    // MARK: Time

    private func startTimer() {
        if isOver { return }
        timer = loop.schedule(after: limit) { [weak self] in self?.expire() }
    }

    private func stopTimer() {
        timer?.cancel()
        timer = nil
    }

    /// Gives back what it holds at once: a body that hangs elsewhere must not keep rows locked. A
    /// statement that runs is cancelled; if the server does not even do that, the link is given up.
    private func expire() {
        isExpired = true
        if out == 0 {
            if hasBegun { interruption = loop.spawn { await self.sendRollback() } }
            return
        }
        interruption = loop.spawn { await self.cancel() }
        timer = loop.schedule(after: Self.patience) { [weak self] in self?.giveUp() }
    }

    private func cancel() async {
        guard let cancellation = link.makeCancellation() else { return }
        _ = try? await pool.run(cancellation)
    }

    private func giveUp() {
        if out > 0 { link.connection.end("a statement could not be cancelled") }
    }

    private static let patience: Duration = .seconds(2)
}
