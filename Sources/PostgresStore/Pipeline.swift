import SQL

/// What is out on one pipelined connection, who gets the next result, and when a sync may follow.
///
/// A value without I/O: `Link` sends what `send` and `closeBatch` say, in that order, and tells
/// `receive` what libpq returns. Reads of one tick share a sync. The next batch gets its sync when
/// the last one has come back, so that batches form by themselves as in a group commit. Anything
/// else has a sync of its own and is answered when that has come back, because a deferred
/// constraint fails only there.
struct Pipeline<Ticket, Rows> {
    typealias Reply = LinkReply<Rows>

    enum Mode {
        /// Shares a sync with others of the tick. For reads only.
        case batched
        /// In a sync of its own.
        case alone
        /// As `alone`, after a BEGIN in the same sync: without it, it does not run.
        case opening
    }

    /// What is to be sent, in this order, around the statement itself.
    struct Sending: Equatable {
        var syncsBefore = false
        /// Prepares the statement under `name`, followed by a sync.
        var prepares = false
        var begins = false
        var syncsAfter = false
        /// Counts how often the statement had to be prepared anew: part of its name.
        var generation: UInt32 = 0
    }

    /// What libpq returned.
    enum Event {
        case rows(Rows)
        case failed(DatabaseError)
        case aborted
        case synced
        /// The null that ends a command's results.
        case ended
    }

    private enum Entry {
        case prepare(statement: Int, isDone: Bool)
        case begin(isDone: Bool)
        /// The ticket is nil once it is answered.
        case query(Ticket?, statement: Int, isHeld: Bool)
        case script(Ticket)
        case sync
    }

    private struct Prepared {
        var isPrepared = false
        var generation: UInt32 = 0
    }

    private var entries = Queue<Entry>()
    private var held: [(ticket: Ticket, reply: Reply)] = []
    private var prepared: [Prepared] = []
    private var prepareFailures: [Int: DatabaseError] = [:]
    private var groupFailure: DatabaseError?
    private let batchLimit: Int

    /// Statements sent since the last sync.
    private(set) var unsynced = 0
    private(set) var syncsOut = 0

    init(batchLimit: Int = 64) {
        self.batchLimit = batchLimit
    }

    var isIdle: Bool { entries.isEmpty && held.isEmpty }
    /// Entries that wait for results, syncs included.
    var depth: Int { entries.count }
}

// MARK: Sending

extension Pipeline {
    /// Takes a statement in and says what to send. A `statement` below 0 is not kept prepared.
    mutating func send(_ ticket: Ticket, statement: Int, mode: Mode) -> Sending {
        var sending = Sending()
        let isBatched = mode == .batched
        let mustPrepare = statement >= 0 && !isPrepared(statement)
        if unsynced > 0 && (mustPrepare || !isBatched) {
            sending.syncsBefore = true
            sync()
        }
        if mustPrepare {
            sending.prepares = true
            prepared[statement].isPrepared = true
            entries.append(.prepare(statement: statement, isDone: false))
            sync()
        }
        if statement >= 0 { sending.generation = prepared[statement].generation }
        if mode == .opening {
            sending.begins = true
            entries.append(.begin(isDone: false))
        }
        entries.append(.query(ticket, statement: statement, isHeld: !isBatched))
        unsynced += 1
        if !isBatched || unsynced >= batchLimit {
            sending.syncsAfter = true
            sync()
        }
        return sending
    }

    /// At the end of a tick: true when the batch gets its sync now.
    mutating func closeBatch() -> Bool {
        guard unsynced > 0, syncsOut == 0 else { return false }
        sync()
        return true
    }

    /// A script in the simple protocol, on a connection that is idle and out of pipeline mode.
    mutating func sendScript(_ ticket: Ticket) {
        entries.append(.script(ticket))
    }

    private mutating func sync() {
        entries.append(.sync)
        syncsOut += 1
        unsynced = 0
    }

    private mutating func isPrepared(_ statement: Int) -> Bool {
        if statement >= prepared.count {
            let missing = statement + 32 - prepared.count
            prepared.append(contentsOf: repeatElement(Prepared(), count: missing))
        }
        return prepared[statement].isPrepared
    }
}

// MARK: Receiving

extension Pipeline {
    /// False when the result cannot be: the connection is then of no use.
    mutating func receive(_ event: Event, answer: (Ticket, Reply) -> Void) -> Bool {
        guard let head = entries.first else { return false }
        switch head {
        case .sync: return receive(event, atSync: answer)
        case .prepare(let statement, let isDone):
            return receive(event, preparing: statement, isDone: isDone)
        case .begin(let isDone): return receive(event, beginning: isDone)
        case .query(let ticket, let statement, let isHeld):
            return receive(
                event, ticket: ticket, statement: statement, isHeld: isHeld, answer: answer)
        case .script(let ticket): return receive(event, script: ticket, answer: answer)
        }
    }

    /// The connection has ended: everybody is answered. What failed before has failed.
    mutating func lose(answer: (Ticket, Reply) -> Void) {
        for (ticket, reply) in held {
            if case .failed = reply { answer(ticket, reply) } else { answer(ticket, .lost) }
        }
        held = []
        for entry in entries.removeAll() {
            switch entry {
            case .query(let ticket?, _, _), .script(let ticket): answer(ticket, .lost)
            default: break
            }
        }
        unsynced = 0
        syncsOut = 0
    }

    private mutating func receive(_ event: Event, atSync answer: (Ticket, Reply) -> Void) -> Bool {
        switch event {
        case .synced:
            entries.removeFirst()
            syncsOut -= 1
            for (ticket, reply) in held { answer(ticket, settled(reply)) }
            held.removeAll(keepingCapacity: true)
            groupFailure = nil
        case .failed(let error): groupFailure = error
        case .ended: break
        case .rows, .aborted: return false
        }
        return true
    }

    /// A statement that ran is undone when its commit fails.
    private func settled(_ reply: Reply) -> Reply {
        if case .rows = reply, let groupFailure { return .failed(groupFailure) }
        return reply
    }

    private mutating func receive(_ event: Event, preparing statement: Int, isDone: Bool) -> Bool {
        switch event {
        case .rows: prepareFailures[statement] = nil
        case .failed(let error):
            prepared[statement].isPrepared = false
            prepareFailures[statement] = error
        case .aborted: prepared[statement].isPrepared = false
        case .ended:
            if isDone { entries.removeFirst() }
            return true
        case .synced: return false
        }
        entries.first = .prepare(statement: statement, isDone: true)
        return true
    }

    private mutating func receive(_ event: Event, beginning isDone: Bool) -> Bool {
        switch event {
        case .rows, .aborted: break
        case .failed(let error): groupFailure = error
        case .ended:
            if isDone { entries.removeFirst() }
            return true
        case .synced: return false
        }
        entries.first = .begin(isDone: true)
        return true
    }

    private mutating func receive(
        _ event: Event, ticket: Ticket?, statement: Int, isHeld: Bool,
        answer: (Ticket, Reply) -> Void
    ) -> Bool {
        if case .ended = event {
            if ticket == nil { entries.removeFirst() }
            return true
        }
        guard let ticket, let reply = reply(to: event, statement: statement) else { return false }
        entries.first = .query(nil, statement: statement, isHeld: isHeld)
        if isHeld { held.append((ticket, reply)) } else { answer(ticket, reply) }
        return true
    }

    private mutating func reply(to event: Event, statement: Int) -> Reply? {
        switch event {
        case .rows(let rows): .rows(rows)
        case .aborted: groupFailure.map { .failed($0) } ?? .aborted
        case .failed(let error): reply(to: error, statement: statement)
        case .synced, .ended: nil
        }
    }

    /// What a failed prepare said is the failure of the statement that needed it, instead of the
    /// "does not exist" that follows.
    private mutating func reply(to error: DatabaseError, statement: Int) -> Reply {
        if statement < 0 { return .failed(error) }
        if let failure = prepareFailures[statement] { return .failed(failure) }
        guard error.isStalePlan else { return .failed(error) }
        prepared[statement].isPrepared = false
        prepared[statement].generation &+= 1
        return .stale
    }

    private mutating func receive(
        _ event: Event, script ticket: Ticket, answer: (Ticket, Reply) -> Void
    ) -> Bool {
        switch event {
        case .rows: break
        case .failed(let error): groupFailure = error
        case .ended:
            entries.removeFirst()
            answer(ticket, groupFailure.map { .failed($0) } ?? .finished)
            groupFailure = nil
        case .aborted, .synced: return false
        }
        return true
    }
}
