import HTTP
import Loop

extension WebSocketConnection: WebSocket {
    private var limit: Int { rules.limits.pendingOutputBytes }

    // MARK: Any thread

    var isOpen: Bool { outbox.withLock { !$0.isClosed } }
    var pendingBytes: Int { outbox.withLock { $0.bytes } }

    func offer(_ frame: WebSocketFrame) -> Bool {
        let offer = outbox.withLock { $0.offer(frame, limit: limit) }
        if offer == .acceptedFirst { scheduleFlush() }
        return offer != .refused
    }

    func send(_ frame: WebSocketFrame) async throws(WriteError) {
        if offer(frame) { return }
        let isAccepted = await withUnsafeContinuation { sender in
            guard let offer = outbox.withLock({ $0.send(frame, sender, limit: limit) }) else {
                return
            }
            if offer == .acceptedFirst { scheduleFlush() }
            sender.resume(returning: offer != .refused)
        }
        if !isAccepted { throw WriteError() }
    }

    func close(_ code: WebSocketCloseCode, _ reason: String) {
        close(code, reason, isUrgent: false)
    }

    func cut(_ code: WebSocketCloseCode, _ reason: String) {
        close(code, reason, isUrgent: true)
    }

    private func close(_ code: WebSocketCloseCode, _ reason: String, isUrgent: Bool) {
        let closing = WebSocketOutbox.Closing(code, reason, isUrgent: isUrgent)
        let (isFirst, senders) = outbox.withLock { $0.close(closing) }
        for sender in senders { sender.resume(returning: false) }
        if isFirst { scheduleFlush() }
    }

    /// One flush for all that is sent in a tick; none of its own for what is sent while bytes are
    /// read, since one follows.
    private func scheduleFlush() {
        guard worker.loop.isCurrent else {
            return worker.loop.post { [self] in flush() }
        }
        if !isReading { worker.loop.afterTick { [self] in flush() } }
    }

    // MARK: The loop

    /// Sends what was accepted, as far as the socket takes it.
    func flush() {
        repeat { takeOutbox() } while !isOver && sendPending()
        settle()
    }

    private func takeOutbox() {
        let (frames, closing) = outbox.withLock { $0.take() }
        if isOver { return }
        let hasForgotten = closing?.isUrgent == true && pending.removeUnbegun()
        for frame in frames { pending.append(whole: frame) }
        answerOwedPing()
        // What was forgotten may have been the close frame.
        guard let closing, state.isOpen || hasForgotten else { return }
        pending.append(closing.frame.bytes)
        state.beginClosing(closing.end, now)
    }

    /// True when more can be sent at once.
    private func sendPending() -> Bool {
        if pending.isEmpty { return false }
        guard send() else {
            end()
            return false
        }
        let bytes = pending.count
        let senders = outbox.withLock { $0.settle(takenBytes: bytes, limit: limit) }
        for sender in senders { sender.resume(returning: true) }
        return pending.isEmpty && (!senders.isEmpty || owedPong != nil)
    }

    /// The last frame, unless a close frame of ours is in the outbox, which the state cannot know.
    func finish(_ frame: WebSocketFrame?) {
        let (rest, senders) = outbox.withLock { ($0.take(), $0.shut()) }
        for sender in senders { sender.resume(returning: false) }
        for frame in rest.frames { pending.append(whole: frame) }
        owedPong = nil
        if let last = rest.closing?.frame ?? frame { pending.append(last.bytes) }
    }

    // MARK: Pings

    /// What answers to pings may add to what the client does not read.
    private static let pongBacklogBytes = 4096

    func answer(ping payload: [UInt8]) {
        guard pending.count < Self.pongBacklogBytes else { return owedPong = payload }
        pending.append(whole: WebSocketFrame.pong(payload).bytes)
    }

    private func answerOwedPing() {
        guard let payload = owedPong, pending.isEmpty, state.isOpen else { return }
        owedPong = nil
        pending.append(whole: WebSocketFrame.pong(payload).bytes)
    }
}
