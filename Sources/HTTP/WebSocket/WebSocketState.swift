/// One WebSocket as seen from the server, without its socket: bytes and times go in, what to do comes
/// out. It begins when the handshake is answered.
///
/// Either side may begin to close; when both have sent a close frame the server stops sending and
/// hears the client out until it closes the connection (RFC 6455 §7). Times are nanoseconds of any
/// monotonic clock.
package struct WebSocketState: Sendable {
    /// What the bytes ask the connection to do.
    package enum Step: Equatable, Sendable {
        /// Nothing until more bytes come.
        case wait
        case message(WebSocketMessage)
        /// Send a pong with this payload.
        case pong([UInt8])
        /// Some bytes were used for nothing. Call again.
        case again
        /// Send the frame, if there is one, and nothing after it; shut down the sending half; read
        /// and drop until the client closes.
        case finish(WebSocketFrame?)
    }

    /// What time has brought about.
    package enum Expiry: Equatable, Sendable {
        case none
        /// Send a ping.
        case ping
        /// As with `Step.finish`.
        case finish(WebSocketFrame)
        /// Close at once.
        case close
    }

    private enum Phase: Sendable {
        case open
        /// Our close frame is on its way, the client's is awaited.
        case closing
        /// Nothing is said any more.
        case lingering
    }

    private let rules: WebSocketRules
    private var decoder: WebSocketDecoder
    private var phase = Phase.open
    private var isPinged = false
    private var isPaused = false

    // When patience ends, for each thing that may be waited for. `max` is never.
    private var silence = UInt64.max
    private var message = UInt64.max
    private var write = UInt64.max
    private var closing = UInt64.max

    /// How it ended, or would if it ended now.
    package private(set) var end = WebSocketEnd.abnormal

    package init(rules: WebSocketRules, now: UInt64) {
        self.rules = rules
        decoder = WebSocketDecoder(messageBytes: rules.limits.messageBytes)
        silence = now.later(rules.ping)
    }

    package var isOpen: Bool { phase == .open }
    package var isLingering: Bool { phase == .lingering }

    /// When `expire` should be called next.
    package var deadline: UInt64 { min(min(silence, message), min(write, closing)) }

    // MARK: Bytes in

    /// Goes on from `index`. Call it until it says `wait`.
    package mutating func next(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, now: UInt64
    ) -> Step {
        guard phase != .lingering else {
            index = bytes.count
            return .wait
        }
        let event = decoder.next(bytes, &index)
        if phase == .open { heard(now) }
        switch event {
        case .more: return .wait
        case .message(let message): return phase == .open ? .message(message) : .again
        case .ping(let payload): return phase == .open ? .pong(payload) : .again
        case .pong: return .again
        case .close(let code, let reason):
            let first = phase == .open ? WebSocketEnd(code ?? .none, reason, isClean: true) : end
            end = WebSocketEnd(first.code, first.reason, isClean: true)
            return finish(.close(code), now)
        case .fail(let code): return fail(code, now)
        }
    }

    /// Any byte shows that the client is there.
    private mutating func heard(_ now: UInt64) {
        isPinged = false
        silence = now.later(rules.ping)
        if !decoder.isWithinMessage {
            message = .max
        } else if message == .max {
            message = now.later(rules.message)
        }
    }

    private mutating func fail(_ code: WebSocketCloseCode, _ now: UInt64) -> Step {
        if phase == .open { end = WebSocketEnd(code, isClean: false) }
        return finish(.close(code), now)
    }

    private mutating func finish(_ frame: WebSocketFrame, _ now: UInt64) -> Step {
        let hasSaidSo = phase == .closing
        phase = .lingering
        (silence, message) = (.max, .max)
        closing = now.later(rules.close)
        return .finish(hasSaidSo ? nil : frame)
    }

    // MARK: The handler

    /// So many messages wait for the handler that no bytes are read: silence is not the client's.
    package mutating func pause() {
        isPaused = true
        (silence, message) = (.max, .max)
    }

    package mutating func resume(_ now: UInt64) {
        guard isPaused else { return }
        isPaused = false
        if phase == .open { heard(now) }
    }

    /// A close frame is on its way, and nothing will be after it.
    package mutating func beginClosing(_ end: WebSocketEnd, _ now: UInt64) {
        guard phase == .open else { return }
        self.end = end
        phase = .closing
        (silence, message) = (.max, .max)
        closing = now.later(rules.close)
    }

    // MARK: Time

    /// Bytes wait because the client does not read. Call again whenever some could be sent.
    package mutating func outputWaits(_ now: UInt64) { write = now.later(rules.write) }

    package mutating func outputIsSent() { write = .max }

    package mutating func expire(_ now: UInt64) -> Expiry {
        if write <= now || closing <= now { return .close }
        if message <= now {
            guard case .finish(let frame?) = fail(.policyViolation, now) else { return .close }
            return .finish(frame)
        }
        guard silence <= now else { return .none }
        if isPinged { return .close }
        isPinged = true
        silence = now.later(rules.pong)
        return .ping
    }
}
