import HTTP

/// What any thread has given to a WebSocket and its loop has not taken yet: frames in their order,
/// the senders that wait for room, and the wish to close.
///
/// A value without a lock of its own; the continuations that it returns are resumed outside the lock.
struct WebSocketOutbox {
    typealias Sender = UnsafeContinuation<Bool, Never>

    /// The wish to close, with the frame that says so.
    final class Closing: Sendable {
        let end: WebSocketEnd
        /// What is not on its way yet is not sent any more.
        let isUrgent: Bool

        init(_ code: WebSocketCloseCode, _ reason: String, isUrgent: Bool) {
            end = WebSocketEnd(code, reason, isClean: false)
            self.isUrgent = isUrgent
        }

        var frame: WebSocketFrame { .close(end.code, end.reason) }
    }

    /// What an offer came to.
    enum Offer {
        case refused
        /// The loop knows already that there is something.
        case accepted
        /// The first since the loop looked: it has to be told.
        case acceptedFirst
    }

    private var frames: [[UInt8]] = []
    private var frameBytes = 0
    /// What the loop has taken and the socket has not.
    private var takenBytes = 0
    private var senders: [(frame: WebSocketFrame, sender: Sender)] = []
    private(set) var isClosed = false
    private var closing: Closing?
    private var isKnown = false

    /// Accepted and not yet taken by the socket.
    var bytes: Int { frameBytes + takenBytes }

    // MARK: Any thread

    /// A frame that is longer than the limit by itself is accepted when nothing else waits.
    mutating func offer(_ frame: WebSocketFrame, limit: Int) -> Offer {
        guard !isClosed, senders.isEmpty, hasRoom(for: frame, limit) else { return .refused }
        return accept(frame)
    }

    /// Accepts the frame and lets `sender` go on, at once or when there is room. Nil: it waits.
    mutating func send(_ frame: WebSocketFrame, _ sender: Sender, limit: Int) -> Offer? {
        if isClosed { return .refused }
        if senders.isEmpty, hasRoom(for: frame, limit) { return accept(frame) }
        senders.append((frame, sender))
        return nil
    }

    private func hasRoom(for frame: WebSocketFrame, _ limit: Int) -> Bool {
        bytes == 0 || bytes + frame.bytes.count <= limit
    }

    private mutating func accept(_ frame: WebSocketFrame) -> Offer {
        frames.append(frame.bytes)
        frameBytes += frame.bytes.count
        return becomeKnown() ? .acceptedFirst : .accepted
    }

    private mutating func becomeKnown() -> Bool {
        defer { isKnown = true }
        return !isKnown
    }

    /// Accepts nothing more. Whether the loop has to be told, and the senders that waited in vain.
    mutating func close(_ closing: Closing) -> (isFirst: Bool, senders: [Sender]) {
        // An urgent wish is heard although a patient one was there first.
        if isClosed, !closing.isUrgent { return (false, []) }
        self.closing = closing
        if closing.isUrgent { (frames, frameBytes) = ([], 0) }
        return (becomeKnown(), shut())
    }

    // MARK: The loop

    /// All that there is, once. After that the wish to close is fulfilled by the loop.
    mutating func take() -> (frames: [[UInt8]], closing: Closing?) {
        isKnown = false
        takenBytes += frameBytes
        defer { (frames, frameBytes, closing) = ([], 0, nil) }
        return (frames, closing)
    }

    /// So much of what was taken is still there. The senders for whose frames there is room now.
    mutating func settle(takenBytes: Int, limit: Int) -> [Sender] {
        self.takenBytes = takenBytes
        var admitted = 0
        while admitted < senders.count, hasRoom(for: senders[admitted].frame, limit) {
            _ = accept(senders[admitted].frame)
            admitted += 1
        }
        defer { senders.removeFirst(admitted) }
        return senders[..<admitted].map(\.sender)
    }

    /// Accepts nothing more. The senders that waited in vain.
    mutating func shut() -> [Sender] {
        isClosed = true
        defer { senders = [] }
        return senders.map(\.sender)
    }
}
