import CLinux
import Glibc
import HTTP
import Loop
import Synchronization

/// One WebSocket: the shell of socket, buffers and tasks around `WebSocketState`.
///
/// At rest it holds no buffer and no task. It reads into the worker's buffer, as HTTP connections do;
/// only what the socket or the handler does not take is kept here.
// Safe because all but `outbox`, which has a lock, is touched on the worker's loop only.
final class WebSocketConnection: FileDescriptorHandler, @unchecked Sendable {
    let worker: Worker
    let handler: any WebSocketHandler
    let subprotocol: String?
    let rules: WebSocketRules
    /// Its place among the worker's WebSockets.
    var index: Int
    private let socket: Int32

    var state: WebSocketState
    let outbox = Mutex(WebSocketOutbox())
    var pending = PendingOutput()
    /// The latest ping that could not be answered yet; earlier ones need no answer (RFC 6455
    /// §5.5.3), so that a client which only asks cannot fill memory.
    var owedPong: [UInt8]?

    // What the handler has not had yet: `WebSocketConnection+Handler`.
    var backlog: [WebSocketMessage] = []
    var backlogBytes = 0
    var isBacklogFull = false
    var hasOpened = false
    var isHandling = false
    var handling: Task<Void, Never>?

    private(set) var isOver = false
    /// Bytes are being taken apart; whatever is sent meanwhile leaves afterwards.
    private(set) var isReading = false
    private var hasShutDown = false
    private var watcher: FileDescriptorWatcher?
    private var timer: Timer?
    private var timerDeadline = UInt64.max
    /// Bytes that came while too many messages waited.
    private var input: [UInt8] = []

    init(_ socket: Int32, _ upgrade: WebSocketUpgrade, worker: Worker, index: Int) {
        self.socket = socket
        self.worker = worker
        self.index = index
        handler = upgrade.handler
        subprotocol = upgrade.subprotocol
        rules = upgrade.rules ?? worker.shared.webSocketRules
        state = WebSocketState(rules: rules, now: worker.loop.nanoseconds)
    }

    /// `bytes` came behind the handshake.
    func start(_ watcher: FileDescriptorWatcher, _ bytes: [UInt8]) {
        self.watcher = watcher
        watcher.pass(to: self)
        timerDeadline = state.deadline
        timer = worker.loop.schedule(after: worker.loop.delay(to: timerDeadline)) {
            [unowned self] in checkTime()
        }
        input = bytes
        runHandler()
        if worker.isDraining { goAway() }
        goOn()
    }

    var now: UInt64 { worker.loop.nanoseconds }

    // MARK: Reading

    func fileDescriptorIsReady(_ events: Interest) {
        if !events.isDisjoint(with: .failed) { return end() }
        if events.contains(.write) {
            flush()
            if isOver { return }
        }
        if events.contains(.read) { readSome() }
    }

    private func readSome() {
        guard !isBacklogFull else { return settle() }
        let buffer = worker.readBuffer
        let count = recv(socket, buffer.baseAddress, buffer.count, 0)
        guard count > 0 else {
            let mayRetry = count < 0 && (linux_errno() == EAGAIN || linux_errno() == EINTR)
            return mayRetry ? () : end()
        }
        worker.counts.bytesIn.bump(count)
        let bytes = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[..<count])
        let used = consume(bytes)
        if used < count, !isOver { input = Array(bytes[used...]) }
        flush()
    }

    /// After something else than bytes has changed what can be done.
    func goOn() {
        if !isBacklogFull {
            state.resume(now)
            consumeInput()
        }
        flush()
    }

    private func consumeInput() {
        if input.isEmpty { return }
        let bytes = input
        input = []
        let used = bytes.withUnsafeBufferPointer { consume($0) }
        if used < bytes.count, !isOver { input = Array(bytes[used...]) }
    }

    /// Does what the bytes ask for. How many were used.
    private func consume(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        isReading = true
        defer { isReading = false }
        var index = 0
        while !isOver, !isBacklogFull {
            switch state.next(bytes, &index, now: now) {
            case .wait: return index
            case .again: break
            case .message(let message): deliver(message)
            case .pong(let payload): answer(ping: payload)
            case .finish(let frame): finish(frame)
            }
        }
        return index
    }

    // MARK: What follows

    /// Asks the loop for what is wanted next, and shuts down what is done with.
    func settle() {
        if isOver { return }
        if state.isLingering, pending.isEmpty, !hasShutDown {
            hasShutDown = true
            shutdown(socket, Int32(SHUT_WR))
        }
        if isBacklogFull { state.pause() }
        var interest: Interest = isBacklogFull ? .none : .read
        if !pending.isEmpty { interest.insert(.write) }
        watcher?.change(to: interest)
        setTimer()
    }

    /// As much of what is pending as the socket takes. False when the client is gone.
    func send() -> Bool {
        let sent = pending.send(to: socket)
        if sent < 0 { return false }
        worker.counts.bytesOut.bump(sent)
        if pending.isEmpty {
            state.outputIsSent()
        } else if sent > 0 || !isWaitingToWrite {
            state.outputWaits(now)
        }
        return true
    }

    private var isWaitingToWrite: Bool { watcher?.interest.contains(.write) ?? false }

    // MARK: Time

    /// Sets the timer anew only when it would come too late; too early does no harm.
    private func setTimer() {
        let deadline = state.deadline
        guard deadline < timerDeadline else { return }
        timerDeadline = deadline
        timer?.reschedule(after: worker.loop.delay(to: deadline))
    }

    private func checkTime() {
        timerDeadline = .max
        switch state.expire(now) {
        case .none: break
        case .ping: pending.append(WebSocketFrame.ping().bytes)
        case .finish(let frame): finish(frame)
        case .close: return end()
        }
        flush()
    }

    // MARK: Ending

    /// The server stops.
    func goAway() {
        if let frame = handler.farewell(to: self) { _ = offer(frame) }
        close(.goingAway, "")
    }

    /// Closes the socket now and tells the handler.
    func end() {
        if isOver { return }
        isOver = true
        timer?.cancel()
        watcher?.remove()
        Glibc.close(socket)
        pending.removeAll()
        input = []
        for sender in outbox.withLock({ $0.shut() }) { sender.resume(returning: false) }
        worker.remove(self)
        endHandler()
    }
}

extension EventLoop {
    fileprivate func delay(to deadline: UInt64) -> Duration {
        .nanoseconds(Int64(clamping: deadline > nanoseconds ? deadline - nanoseconds : 0))
    }
}
