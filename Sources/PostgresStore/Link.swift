import CPostgres
import Loop
import SQL

/// Who owns a link. Called on its loop.
protocol LinkOwner: AnyObject {
    func linkIsUp(_ link: Link)
    /// Nothing is out on it any more, and nobody holds it.
    func linkIsFree(_ link: Link)
    func linkEnded(_ link: Link, _ reason: String)
}

/// One connection in pipeline mode with what is out on it: the shell around `Pipeline`.
// Safe because everything happens on the loop's thread.
final class Link: ConnectionUser, @unchecked Sendable {
    typealias Reply = LinkReply<PostgresResult>
    typealias Ticket = UnsafeContinuation<Reply, Never>

    let connection: Connection
    private weak var owner: (any LinkOwner)?
    private let binds: PostgresBinds
    private let silenceLimit: Duration?
    private var pipeline = Pipeline<Ticket, PostgresResult>()
    private var isDirty = false
    private var isInScript = false
    private var silence: Timer?
    private var hasHeard = false
    /// A transaction holds it.
    var isPinned = false
    private(set) var counts = PostgresCounts()

    /// `silenceLimit` is how long a server that owes an answer may say nothing.
    init(
        on loop: EventLoop, owner: any LinkOwner, binds: PostgresBinds, silenceLimit: Duration?
    ) {
        connection = Connection(on: loop)
        self.owner = owner
        self.binds = binds
        self.silenceLimit = silenceLimit
        connection.user = self
    }

    var isUp: Bool { connection.isUp }
    var isFree: Bool { isUp && !isPinned && pipeline.isIdle }
    /// Results that are waited for.
    var depth: Int { pipeline.depth }

    /// Whether it is outside of a transaction, with nothing out.
    var isClean: Bool {
        guard isUp, pipeline.isIdle, let handle = connection.handle else { return false }
        return PQtransactionStatus(handle) == PQTRANS_IDLE
    }

    var isInTransaction: Bool {
        connection.handle.map { PQtransactionStatus($0) == PQTRANS_INTRANS } ?? false
    }
}

// MARK: Sending

extension Link {
    typealias Mode = Pipeline<Ticket, PostgresResult>.Mode

    /// Sends a statement, or lets it wait for the end of the tick. The ticket is resumed later, or
    /// at once when it cannot be sent.
    func send(
        _ statement: StatementCore, _ bind: (any BindTarget) -> Void, _ ticket: Ticket, _ mode: Mode
    ) {
        binds.reset()
        bind(binds)
        if let problem = binds.problem { return ticket.resume(returning: .failed(problem)) }
        guard let handle = connection.handle else { return ticket.resume(returning: .lost) }
        let sending = pipeline.send(ticket, statement: statement.id, mode: mode)
        counts.statements += 1
        guard transmit(statement, sending, on: handle) else {
            return connection.end(connection.lastError)
        }
        if sending.syncsAfter {
            connection.flush()
        } else if !isDirty {
            isDirty = true
            connection.loop.afterTick { self.endTick() }
        }
        watchForSilence()
    }

    private func transmit(
        _ statement: StatementCore, _ sending: Pipeline<Ticket, PostgresResult>.Sending,
        on handle: OpaquePointer
    ) -> Bool {
        if sending.syncsBefore && !sync(handle) { return false }
        let name = statement.preparedName(sending.generation)
        if sending.prepares && !(prepare(statement, name, on: handle) && sync(handle)) {
            return false
        }
        if sending.begins && !begin(handle) { return false }
        let isSent = binds.withArguments { count, values, lengths, formats in
            if statement.isKept {
                PQsendQueryPrepared(handle, name, count, values, lengths, formats, 1)
            } else {
                PQsendQueryParams(
                    handle, statement.postgresText, count, statement.oids, values, lengths,
                    formats, 1)
            }
        }
        return isSent == 1 && (!sending.syncsAfter || sync(handle))
    }

    private func prepare(
        _ statement: StatementCore, _ name: String, on handle: OpaquePointer
    ) -> Bool {
        counts.prepares += 1
        let count = Int32(truncatingIfNeeded: statement.oids.count)
        return PQsendPrepare(handle, name, statement.postgresText, count, statement.oids) == 1
    }

    private func begin(_ handle: OpaquePointer) -> Bool {
        PQsendQueryParams(handle, "BEGIN", 0, nil, nil, nil, nil, 1) == 1
    }

    private func sync(_ handle: OpaquePointer) -> Bool {
        counts.syncs += 1
        return PQpipelineSync(handle) == 1
    }

    private func endTick() {
        isDirty = false
        guard let handle = connection.handle, pipeline.closeBatch() else { return }
        if sync(handle) { connection.flush() } else { connection.end(connection.lastError) }
    }

    /// Runs a script in the simple protocol, which pipeline mode does not know.
    func sendScript(_ text: String, _ ticket: Ticket) {
        guard let handle = connection.handle else { return ticket.resume(returning: .lost) }
        pipeline.sendScript(ticket)
        isInScript = true
        guard PQexitPipelineMode(handle) == 1, PQsendQuery(handle, text) == 1 else {
            return connection.end(connection.lastError)
        }
        connection.flush()
    }

    /// Asks the server, over a connection of its own, to give up what it does. Blocks: for a pool.
    func makeCancellation() -> (@Sendable () -> Void)? {
        guard let handle = connection.handle, let cancel = PQgetCancel(handle) else { return nil }
        return { [cancellation = Cancellation(pointer: cancel)] in cancellation.run() }
    }

    // Safe because one thread runs it, once.
    private struct Cancellation: @unchecked Sendable {
        let pointer: OpaquePointer

        func run() {
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
                _ = PQcancel(pointer, message.baseAddress, 256)
            }
            PQfreeCancel(pointer)
        }
    }
}

// MARK: Receiving

extension Link {
    func connectionIsUp() {
        guard let handle = connection.handle, PQenterPipelineMode(handle) == 1 else {
            return connection.end("no pipeline mode")
        }
        counts.connections += 1
        owner?.linkIsUp(self)
    }

    func connectionHasInput() {
        hasHeard = true
        guard drain() else { return connection.end(connection.lastError) }
        guard let handle = connection.handle else { return }
        if isInScript && pipeline.isIdle {
            isInScript = false
            guard PQenterPipelineMode(handle) == 1 else {
                return connection.end("no pipeline mode")
            }
        }
        if pipeline.unsynced > 0 && !isDirty {
            isDirty = true
            connection.loop.afterTick { self.endTick() }
        }
        if isFree { owner?.linkIsFree(self) }
    }

    /// Takes all results that are there. False when the connection is of no use any more.
    private func drain() -> Bool {
        var nulls = 0
        while let handle = connection.handle, PQisBusy(handle) == 0, pipeline.depth > 0 {
            let event = nextEvent(handle)
            if case .ended? = event { nulls += 1 } else { nulls = 0 }
            // libpq has nothing more to give, whatever we expect.
            if nulls > 2 { return PQstatus(handle) != CONNECTION_BAD }
            guard let event, pipeline.receive(event, answer: { $0.resume(returning: $1) }) else {
                return false
            }
        }
        return true
    }

    /// Nil when what came ends the connection.
    private func nextEvent(
        _ handle: OpaquePointer
    ) -> Pipeline<Ticket, PostgresResult>.Event? {
        guard let result = PQgetResult(handle) else { return .ended }
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            return .rows(PostgresResult(result))
        default: break
        }
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_PIPELINE_SYNC: return .synced
        case PGRES_PIPELINE_ABORTED: return .aborted
        case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR:
            let error = DatabaseError(result: result)
            return error.endsConnection ? nil : .failed(error)
        default: return nil
        }
    }

    func connectionEnded(_ reason: String) {
        silence?.cancel()
        silence = nil
        pipeline.lose { $0.resume(returning: $1) }
        owner?.linkEnded(self, reason)
    }

    /// A server that has vanished without a word must not keep tasks waiting for ever.
    private func watchForSilence() {
        guard silence == nil, let silenceLimit else { return }
        hasHeard = false
        silence = connection.loop.schedule(after: silenceLimit) { [weak self] in
            self?.endSilence()
        }
    }

    private func endSilence() {
        silence = nil
        if pipeline.isIdle || isInScript { return }
        if hasHeard { watchForSilence() } else { connection.end("the server says nothing") }
    }
}

extension StatementCore {
    /// A statement that had to be prepared anew gets another name: the old one is still taken.
    func preparedName(_ generation: UInt32) -> String {
        generation == 0 ? name : "\(name)_\(generation)"
    }
}
