import Loop
import SQL
import Values

/// The connections of one loop: one for short reads, some for all else.
///
/// The read link is always open, and shared: reads of a tick travel together. Every other statement
/// has a link to itself, and a transaction holds one from BEGIN to COMMIT. What finds no link waits
/// its turn, for a bounded time in a bounded queue.
// Safe because everything but `init` happens on the loop's thread.
final class LinkSet: @unchecked Sendable {
    let loop: EventLoop
    let options: PostgresOptions
    let parameters: ConnectionParameters
    let pool: BlockingPool
    private let randomness: Randomness
    private let binds = PostgresBinds()

    private var reader: Link?
    private var readerBackoff = Backoff()
    private var readerPause: Timer?
    private var readsWaiting = Queue<Waiting>()

    /// The ones that are up and the ones that connect.
    private var writers: [Link] = []
    private var writerBackoff = Backoff()
    /// While it runs no further link is opened: the last attempt failed.
    private var writerPause: Timer?
    private var writesWaiting = Queue<Waiting>()

    private var expiry: Timer?
    private var isClosed = false
    /// Why there is no connection.
    private(set) var lastFailure = "not connected yet"
    private var pastCounts = PostgresCounts()
    private var opening: UnsafeContinuation<DatabaseError?, Never>?
    private var closing: UnsafeContinuation<Void, Never>?

    init(
        on loop: EventLoop, _ options: PostgresOptions, _ parameters: ConnectionParameters,
        pool: BlockingPool, randomness: Randomness
    ) {
        self.loop = loop
        self.options = options
        self.parameters = parameters
        self.pool = pool
        self.randomness = randomness
    }

    var counts: PostgresCounts {
        var sum = links.reduce(pastCounts) { sum, link in sum + link.counts }
        sum.isUp = reader?.isUp ?? false
        sum.waiting = readsWaiting.count + writesWaiting.count
        return sum
    }
}

// MARK: Work

extension LinkSet {
    /// A short read. `alone` when others made it fail several times.
    func read(
        _ statement: StatementCore, _ bind: @escaping @Sendable (any BindTarget) -> Void,
        _ ticket: Link.Ticket, alone: Bool
    ) {
        guard let reader, reader.isUp, readsWaiting.isEmpty else {
            return wait(.statement(statement, bind: bind, ticket), in: \.readsWaiting)
        }
        guard reader.depth < options.queueLimit else {
            return ticket.resume(returning: .failed(Self.tooMuch))
        }
        reader.send(statement, bind, ticket, alone ? .alone : .batched)
    }

    /// A write or a long read.
    func write(
        _ statement: StatementCore, _ bind: @escaping @Sendable (any BindTarget) -> Void,
        _ ticket: Link.Ticket
    ) {
        guard writesWaiting.isEmpty, let link = writers.last(where: \.isFree) else {
            wait(.statement(statement, bind: bind, ticket), in: \.writesWaiting)
            return openWriter()
        }
        link.send(statement, bind, ticket, .alone)
    }

    /// A link for one's own use, until `unpin`.
    func pin(_ continuation: UnsafeContinuation<Result<Link, DatabaseError>, Never>) {
        guard writesWaiting.isEmpty, let link = writers.last(where: \.isFree) else {
            wait(.pin(continuation), in: \.writesWaiting)
            return openWriter()
        }
        link.isPinned = true
        continuation.resume(returning: .success(link))
    }

    /// Takes a link back. One that is not clean is closed.
    func unpin(_ link: Link) {
        link.isPinned = false
        if link.isClean { linkIsFree(link) } else { link.connection.end("left in a transaction") }
    }

    /// Two transactions that were in each other's way would meet again without it.
    func pause(before rerun: Int) async throws(CancellationError) {
        let microseconds = UInt64(5000) << UInt64(min(rerun, 4))
        try await loop.sleep(
            for: .microseconds(Int64(randomness.integer() % microseconds)))
    }

    private static let tooMuch = DatabaseError(.busy, "too many statements wait")
}

// MARK: Waiting

extension LinkSet {
    private func wait(
        _ work: Waiting.Work, in queue: ReferenceWritableKeyPath<LinkSet, Queue<Waiting>>
    ) {
        let waiting = Waiting(work: work, deadline: loop.now + options.waitTimeout)
        if isClosed { return waiting.fail(Self.closed) }
        guard self[keyPath: queue].count < options.queueLimit else {
            return waiting.fail(Self.tooMuch)
        }
        self[keyPath: queue].append(waiting)
        if expiry == nil { scheduleExpiry() }
    }

    private func scheduleExpiry() {
        let deadlines = [readsWaiting.first?.deadline, writesWaiting.first?.deadline]
        guard let next = deadlines.compactMap({ $0 }).min() else { return }
        expiry = loop.schedule(after: next - loop.now) { [weak self] in self?.expire() }
    }

    private func expire() {
        expiry = nil
        let isConnected = writers.contains(where: \.isUp)
        while let waiting = readsWaiting.first, waiting.deadline <= loop.now {
            readsWaiting.removeFirst()
            waiting.fail(unreachable)
        }
        while let waiting = writesWaiting.first, waiting.deadline <= loop.now {
            writesWaiting.removeFirst()
            waiting.fail(isConnected ? Self.allBusy : unreachable)
        }
        scheduleExpiry()
    }

    var unreachable: DatabaseError {
        DatabaseError(
            .connection, "PostgreSQL at \(parameters.place) does not answer: \(lastFailure)")
    }

    private static let closed = DatabaseError(.connection, "the store is closed")
    private static let allBusy = DatabaseError(.busy, "all connections are in use")

    private func serveReads() {
        while let reader, reader.isUp, let waiting = readsWaiting.removeFirst() {
            guard case .statement(let statement, let bind, let ticket) = waiting.work else {
                continue
            }
            reader.send(statement, bind, ticket, .batched)
        }
    }

    private func serveWrites() {
        while !writesWaiting.isEmpty, let link = writers.last(where: \.isFree) {
            switch writesWaiting.removeFirst()?.work {
            case .statement(let statement, let bind, let ticket):
                link.send(statement, bind, ticket, .alone)
            case .pin(let continuation):
                link.isPinned = true
                continuation.resume(returning: .success(link))
            case nil: return
            }
        }
        if !writesWaiting.isEmpty { openWriter() }
    }
}

// MARK: Connecting

extension LinkSet: LinkOwner {
    /// Opens the read link and a first one for writes, so that no loop of a node can take all the
    /// server has to give. Waits until the server lets us in. Nil, or why it does not.
    func open() async -> DatabaseError? {
        await withUnsafeContinuation { continuation in
            opening = continuation
            openReader()
            addWriter()
            loop.schedule(after: options.connectTimeout) { [weak self] in
                guard let self else { return }
                finishOpening(unreachable)
            }
        }
    }

    private func finishOpening(_ error: DatabaseError?) {
        opening?.resume(returning: error)
        opening = nil
    }

    /// A password that is wrong now is wrong in a second, too: the start need not wait.
    private static func isFinal(_ reason: String) -> Bool {
        reason.contains("FATAL:")
            && !["starting up", "shutting down", "recovery", "too many", "reserved"].contains {
                reason.contains($0)
            }
    }

    private func openReader() {
        if isClosed { return }
        reader = makeLink()
        reader?.connection.connect(parameters, within: options.connectTimeout, pool: pool)
    }

    /// Opens one more when all are in use and more may be had; those that connect count as help
    /// that is on its way.
    private func openWriter() {
        let connecting = writers.count { !$0.isUp }
        guard !isClosed, writerPause == nil, writers.count < options.writeLinksPerLoop,
            connecting < writesWaiting.count
        else { return }
        addWriter()
    }

    private func addWriter() {
        let link = makeLink()
        writers.append(link)
        link.connection.connect(parameters, within: options.connectTimeout, pool: pool)
    }

    private func makeLink() -> Link {
        let limit = options.statementTimeout
        return Link(
            on: loop, owner: self, binds: binds,
            silenceLimit: limit > .zero ? limit + .seconds(10) : nil)
    }

    func linkIsUp(_ link: Link) {
        if link === reader {
            readerBackoff.reset()
            serveReads()
            endPause(\.writerPause, reopenWriter)
        } else {
            writerBackoff.reset()
            serveWrites()
            endPause(\.readerPause, openReader)
        }
        if reader?.isUp == true && writers.contains(where: \.isUp) { finishOpening(nil) }
    }

    func linkIsFree(_ link: Link) {
        if isClosed { return link.connection.end("closed") }
        if link !== reader { serveWrites() }
    }

    func linkEnded(_ link: Link, _ reason: String) {
        lastFailure = reason
        pastCounts = pastCounts + link.counts
        if Self.isFinal(reason) { finishOpening(unreachable) }
        if link === reader {
            reader = nil
            reopenReader()
        } else {
            writers.removeAll { $0 === link }
            reopenWriters()
        }
        if isClosed && isEmpty { finishClosing() }
    }

    private func reopenReader() {
        if isClosed { return }
        readerPause = loop.schedule(after: readerBackoff.next(randomness)) { [weak self] in
            self?.readerPause = nil
            self?.openReader()
        }
    }

    private func reopenWriters() {
        guard !isClosed, writerPause == nil else { return }
        writerPause = loop.schedule(after: writerBackoff.next(randomness)) { [weak self] in
            self?.writerPause = nil
            self?.reopenWriter()
        }
    }

    /// When somebody waits, or none is left.
    private func reopenWriter() {
        if isClosed { return }
        if writers.isEmpty { addWriter() } else { serveWrites() }
    }

    /// One link is up: the server is there, so the other need not wait.
    private func endPause(
        _ pause: ReferenceWritableKeyPath<LinkSet, Timer?>, _ connect: () -> Void
    ) {
        guard let timer = self[keyPath: pause] else { return }
        timer.cancel()
        self[keyPath: pause] = nil
        connect()
    }
}

// MARK: Closing

extension LinkSet {
    /// Takes nothing new; what is out may come back for two seconds.
    func close() async {
        if isClosed { return }
        isClosed = true
        expiry?.cancel()
        writerPause?.cancel()
        readerPause?.cancel()
        for waiting in readsWaiting.removeAll() + writesWaiting.removeAll() {
            waiting.fail(Self.closed)
        }
        await withUnsafeContinuation { continuation in
            closing = continuation
            for link in links where link.isFree || !link.isUp { link.connection.end("closed") }
            loop.schedule(after: .seconds(2)) { [weak self] in self?.finishClosing() }
            if isEmpty { finishClosing() }
        }
    }

    private var links: [Link] { [reader].compactMap { $0 } + writers }
    private var isEmpty: Bool { reader == nil && writers.isEmpty }

    private func finishClosing() {
        guard let closing else { return }
        self.closing = nil
        finishOpening(Self.closed)
        for link in links { link.connection.end("closed") }
        closing.resume()
    }
}
