import CLinux
import Glibc
import HTTP
import Loop

/// One connection: the shell of sockets, buffers and tasks around `ConnectionState`.
///
/// Idle, it holds no buffer. Bytes are read into the worker's buffer and parsed there; only what is
/// left over is copied. Answers of one batch of reads are written to the worker's output and sent
/// with one call; only what the socket does not take is kept here.
// Safe because all of it runs on the worker's loop: what comes from elsewhere is posted there.
final class Connection: FileDescriptorHandler, @unchecked Sendable {
    let worker: Worker
    let info: ConnectionInfo
    /// Its place among the worker's connections.
    var index: Int
    let socket: Int32

    let state: ConnectionState
    var pending = PendingOutput()
    var exchange: Exchange?
    private(set) var isClosed = false

    private var watcher: FileDescriptorWatcher?
    private var timer: Timer?
    /// Bytes that came but could not be used yet.
    private var input: [UInt8] = []
    private var ending = Ending.none
    private var isReadPaused = false
    private var isFlushScheduled = false
    /// An answer of this tick is among the worker's held ones, before all that comes later.
    private var isHeld = false
    /// The client has closed its half; told once, since the event would come again and again.
    private var hasHeardOfEnd = false

    /// What happens when all output is sent.
    private enum Ending { case none, close, linger, upgrade }

    init(_ socket: Int32, _ info: ConnectionInfo, worker: Worker, index: Int) {
        self.socket = socket
        self.info = info
        self.worker = worker
        self.index = index
        state = ConnectionState(rules: worker.shared.rules, now: worker.loop.nanoseconds)
    }

    func start() {
        watcher = worker.loop.watch(socket, for: [.read, .readClosed], self)
        guard watcher != nil else { return close() }
        timer = worker.loop.schedule(after: worker.shared.rules.delay(to: state.deadline, now)) {
            [unowned self] in checkTime()
        }
    }

    var now: UInt64 { worker.loop.nanoseconds }

    private var limits: HTTPLimits { _read { yield worker.shared.rules.limits } }

    // MARK: Reading

    func fileDescriptorIsReady(_ events: Interest) {
        if !events.isDisjoint(with: .failed) { return close() }
        if events.contains(.write) {
            sendPending()
            if isClosed { return }
        }
        if events.contains(.readClosed) {
            if !state.wantsBytes { return close() }
            hasHeardOfEnd = true
        }
        if events.contains(.read) { readSome() }
    }

    private var mayRead: Bool {
        state.wantsBytes && ending != .close && pending.count <= limits.pendingOutputBytes
    }

    private func readSome() {
        guard mayRead else {
            isReadPaused = true
            return updateInterest()
        }
        let buffer = worker.readBuffer
        let count = recv(socket, buffer.baseAddress, buffer.count, 0)
        guard count > 0 else {
            let mayRetry = count < 0 && (linux_errno() == EAGAIN || linux_errno() == EINTR)
            return mayRetry ? () : inputEnded()
        }
        worker.counts.bytesIn.bump(count)
        let bytes = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[..<count])
        if input.isEmpty {
            let used = consume(bytes)
            if used < count && !isClosed { input = Array(bytes[used...]) }
        } else {
            input.append(contentsOf: bytes)
            consumeInput()
        }
        if worker.loop.eventsThisTick >= HeldOutput.eventsMin && mayHold { hold() } else { flush() }
    }

    /// The client will send no more. What it has asked for it may still get.
    private func inputEnded() {
        if !pending.isEmpty && state.isIdle {
            ending = .close
            isReadPaused = true
            updateInterest()
        } else {
            close()
        }
    }

    private func consumeInput() {
        let bytes = input
        input = []
        let used = bytes.withUnsafeBufferPointer { consume($0) }
        guard used < bytes.count, !isClosed else { return }
        input = used == 0 ? bytes : Array(bytes[used...])
    }

    /// Does what the bytes ask for, request by request. How many were used.
    private func consume(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        worker.reading = self
        defer { worker.reading = nil }
        var offset = 0
        while !isClosed && ending != .close {
            if worker.output.count > limits.pendingOutputBytes { flushOutput() }
            if pending.count > limits.pendingOutputBytes { break }
            var used = 0
            let rest = UnsafeBufferPointer(rebasing: bytes[offset...])
            let step = state.next(rest, scratch: worker.scratch, now: now, used: &used)
            offset += used
            switch step {
            case .wait: return offset
            case .again: break
            case .request(let head, let body): begin(head, body)
            case .body(let range): pushBody(Array(rest[range]))
            case .bodyEnd: exchange?.body?.finish()
            case .refuse(let status): refuse(status)
            case .close: close()
            }
        }
        return offset
    }

    private func pushBody(_ bytes: [UInt8]) {
        guard let body = exchange?.body, !body.push(bytes) else { return }
        state.pauseBody(now)
    }

    /// The handler wants more of the body. From any thread.
    func resumeBody(of exchange: Exchange) {
        guard worker.loop.isCurrent, worker.reading == nil || worker.reading === self else {
            return worker.loop.post { self.resumeBody(of: exchange) }
        }
        guard exchange === self.exchange, !isClosed else { return }
        if state.resumeBody(now) { worker.output.appendContinue() }
        if worker.reading == nil { goOn() }
    }

    /// After something else than bytes has changed what can be done.
    func goOn() {
        if !input.isEmpty && mayRead { consumeInput() }
        if mayHold { hold() } else { flush() }
    }

    // MARK: Sending

    /// Sends the worker's output, which is this connection's.
    func flush() {
        flushOutput()
        if !isClosed { settle() }
    }

    private func flushOutput() {
        let output = worker.output
        guard output.count > 0 else { return }
        defer { output.removeAll() }
        if isHeld { worker.held.send() }
        send(output.bytes)
    }

    private func send(_ bytes: UnsafeBufferPointer<UInt8>) {
        if isClosed { return }
        guard pending.isEmpty else { return pending.append(bytes) }
        var sent = linux_send(socket, bytes.baseAddress!, bytes.count)
        if sent < 0 {
            guard linux_errno() == EAGAIN || linux_errno() == EINTR else { return close() }
            sent = 0
        }
        worker.counts.bytesOut.bump(sent)
        guard sent < bytes.count else { return }
        pending.append(UnsafeBufferPointer(rebasing: bytes[sent...]))
        state.outputWaits(now)
    }

    /// Whether an answer can wait for the end of the tick, to go out with those of others: it is
    /// short, and nothing is to be done after it.
    private var mayHold: Bool {
        let count = worker.output.count
        return count > 0 && count <= HeldOutput.answerBytesMax && !isHeld && !isClosed
            && pending.isEmpty && ending == .none
    }

    private func hold() {
        isHeld = true
        worker.held.append(worker.output.bytes, of: self)
        worker.output.removeAll()
        settle()
    }

    /// Sends what was held.
    func sendHeld(_ bytes: UnsafeBufferPointer<UInt8>) {
        isHeld = false
        send(bytes)
        if !isClosed && !pending.isEmpty { updateInterest() }
    }

    /// Adds to what is pending; sent at the end of the tick, with all else that came by then.
    func enqueue(_ bytes: [UInt8]) {
        if isHeld { worker.held.send() }
        pending.append(bytes)
        if isFlushScheduled || isClosed { return }
        isFlushScheduled = true
        worker.loop.afterTick { [self] in
            isFlushScheduled = false
            if !isClosed { sendPending() }
        }
    }

    private func sendPending() {
        let sent = pending.send(to: socket)
        guard sent >= 0 else { return close() }
        worker.counts.bytesOut.bump(sent)
        if pending.isEmpty {
            state.outputIsSent()
        } else if sent > 0 || !isWaitingToWrite {
            state.outputWaits(now)
        }
        if pending.count <= limits.pendingOutputBytes / 2 {
            exchange?.resumeWriters()
            if !input.isEmpty && mayRead { return goOn() }
        }
        settle()
    }

    private var isWaitingToWrite: Bool { watcher?.interest.contains(.write) ?? false }

    /// Ends the connection if that is due, and asks the loop for what is wanted next.
    private func settle() {
        if pending.isEmpty && !isFlushScheduled {
            switch ending {
            case .none: break
            case .close: return close()
            case .linger:
                ending = .none
                shutdown(socket, Int32(SHUT_WR))
            case .upgrade: return becomeWebSocket()
            }
        }
        updateInterest()
    }

    private func updateInterest() {
        var interest = Interest.none
        if mayRead { isReadPaused = false }
        if !isReadPaused { interest.insert(.read) }
        // While a body is read, its end comes after its bytes, and in their order.
        if !state.isReadingBody && !hasHeardOfEnd { interest.insert(.readClosed) }
        if !pending.isEmpty && !isFlushScheduled { interest.insert(.write) }
        watcher?.change(to: interest)
    }

    // MARK: Ending

    /// Carries out what follows an answer.
    func proceed(_ next: ConnectionState.Next) {
        switch next {
        case .read: break
        case .linger: ending = .linger
        case .close: ending = .close
        }
    }

    /// Becomes a WebSocket when all output is sent; what comes by then is not read as requests.
    func endWithUpgrade() { ending = .upgrade }

    /// Lets go of the socket, which stays open. Its watcher, and the bytes that were not used.
    func release() -> (FileDescriptorWatcher, [UInt8])? {
        guard let watcher, !isClosed else { return nil }
        isClosed = true
        timer?.cancel()
        exchange = nil
        defer { input = [] }
        return (watcher, input)
    }

    /// The server's own answer to what it will not or cannot serve.
    func refuse(_ status: Status) {
        let isHead = exchange?.head.method == .head
        exchange?.cancel(status == .badRequest ? .malformed : .disconnected)
        exchange = nil
        let response = worker.configuration.refusal(status)
        worker.output.append(
            refusal: response, date: worker.currentDate, common: worker.shared.common,
            withBody: !isHead)
        worker.counts.countAnswer(status)
        input = []
        proceed(state.refused(now))
    }

    /// No new request after this one.
    func drain() {
        state.isDraining = true
        if isHeld { worker.held.send() }
        if state.isIdle && pending.isEmpty { close() }
    }

    private func checkTime() {
        switch state.expire(now) {
        case .none: break
        case .refuse(let status):
            refuse(status)
            flush()
        case .close: close()
        }
        if !isClosed {
            timer?.reschedule(after: worker.shared.rules.delay(to: state.deadline, now))
        }
    }

    /// Closes the socket now. A running handler is cancelled.
    func close() {
        if isClosed { return }
        isClosed = true
        timer?.cancel()
        watcher?.remove()
        Glibc.close(socket)
        if worker.reading === self { worker.output.removeAll() }
        pending.removeAll()
        input = []
        exchange?.cancel(.disconnected)
        exchange = nil
        worker.remove(self)
    }
}

extension ConnectionRules {
    /// When to look at a connection again: at its deadline, but not after the shortest of all
    /// limits. A deadline that is set meanwhile is never before that, so that connections need not
    /// set their timers anew with each request.
    fileprivate func delay(to deadline: UInt64, _ now: UInt64) -> Duration {
        let wait = deadline > now ? deadline - now : 0
        return .nanoseconds(Int64(clamping: min(wait, shortestSpan)))
    }
}
