/// One HTTP/1.1 connection as seen from the server, without its socket: bytes and times go in, what
/// to do comes out.
///
/// It reads one request at a time. A body that has come with its head is handed over whole, any
/// other as a stream while the handler runs. The next request is read when the answer to this one is
/// on its way, so that answers keep the order of their requests. Times are nanoseconds of any
/// monotonic clock.
package final class ConnectionState {
    /// What the bytes ask the connection to do.
    package enum Step {
        /// Nothing until more bytes come, or until the answer is there.
        case wait
        /// A handler can start.
        case request(RequestHead, BodyStart)
        /// More of the running request's body, as a range of the bytes given.
        case body(Range<Int>)
        case bodyEnd
        /// Some bytes were used for nothing. Call again.
        case again
        /// Answer so, then call `refused`. The running handler, if any, is cancelled.
        case refuse(Status)
        /// Close the socket.
        case close
    }

    /// How much of a body is there when its head is read.
    package enum BodyStart: Equatable {
        case none
        case whole([UInt8])
        case stream(declaredLength: Int?)
    }

    /// What to do after an answer.
    package enum Next: Equatable, Sendable {
        /// Go on with `next`.
        case read
        /// Send what is pending, shut down the sending half, read and drop until `close`.
        case linger
        /// Send what is pending and close.
        case close
    }

    /// What time has brought about.
    package enum Expiry: Equatable, Sendable {
        case none
        /// Answer so and cancel the handler, as with `Step.refuse`.
        case refuse(Status)
        /// Close at once.
        case close
    }

    enum Phase: Equatable {
        /// Before or within a head.
        case head
        case body(BodyReader)
        /// The request is read, its answer is not there yet.
        case answering
        /// The answer is there, the rest of the body is read away.
        case discarding(BodyReader)
        /// All that comes is dropped.
        case lingering(budget: Int)
    }

    enum Answer { case none, due, begun }

    private let rules: ConnectionRules
    var phase = Phase.head
    var answer = Answer.none
    var deadlines: Deadlines
    /// Bytes of an unfinished head that were judged already, and how often more have come.
    private var seen = 0
    private var looks = 0
    private var keepsAlive = true
    private var owesContinue = false
    private var isPaused = false

    /// The server stops: the next answer is the last.
    package var isDraining = false

    package init(rules: ConnectionRules, now: UInt64) {
        self.rules = rules
        deadlines = Deadlines(rules: rules)
        deadlines.becomeIdle(now)
    }

    private var limits: HTTPLimits { _read { yield rules.limits } }

    /// No request has begun to arrive and none is being answered.
    package var isIdle: Bool { phase == .head && seen == 0 }

    /// The request is read and nothing of its answer is written: it may become another protocol.
    package var canUpgrade: Bool { phase == .answering && answer == .due }

    /// Whether bytes are wanted from the socket.
    package var wantsBytes: Bool {
        switch phase {
        case .head, .discarding, .lingering: true
        case .body: !isPaused
        case .answering: false
        }
    }

    /// A body is being read, for a handler or to be dropped.
    package var isReadingBody: Bool {
        switch phase {
        case .body, .discarding: true
        case .head, .answering, .lingering: false
        }
    }

    /// When `expire` should be called next.
    package var deadline: UInt64 { deadlines.next }

    // MARK: Bytes in

    /// Looks at `bytes`: those not used by earlier steps, in order, then new ones. `used` says how
    /// many this step has used. Call it until it says `wait` or the connection ends.
    package func next(
        _ bytes: UnsafeBufferPointer<UInt8>, scratch: HeadScratch, now: UInt64, used: inout Int
    ) -> Step {
        used = 0
        switch phase {
        case .head: return readHead(bytes, scratch, now, &used)
        case .body(var reader): return readBody(bytes, &reader, now, &used)
        case .answering: return .wait
        case .discarding(var reader): return discard(bytes, &reader, now, &used)
        case .lingering(let budget):
            used = bytes.count
            phase = .lingering(budget: budget - min(budget, used))
            return used > budget ? .close : .wait
        }
    }

    private func readHead(
        _ bytes: UnsafeBufferPointer<UInt8>, _ scratch: HeadScratch, _ now: UInt64,
        _ used: inout Int
    ) -> Step {
        guard isWorthParsing(bytes) else { return .wait }
        if seen == 0 { deadlines.beginHead(now) }
        let outcome = HeadParser.parse(
            bytes.span, limits: limits, slots: scratch.slots, into: &scratch.head)
        switch outcome {
        case .incomplete:
            seen = bytes.count
            return .wait
        case .bad(let status):
            return .refuse(status)
        case .head:
            (seen, looks) = (0, 0)
            used = scratch.head.length
            return begin(scratch, bytes, now, &used)
        }
    }

    /// A head that comes in crumbs is not parsed anew for each, only when a line may have ended.
    private func isWorthParsing(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count > seen else { return false }
        looks += 1
        if looks <= Self.eagerLooks || bytes.count >= limits.headBytes { return true }
        if bytes[seen...].contains(.lineFeed) { return true }
        seen = bytes.count
        return false
    }

    private static let eagerLooks = 32

    private func begin(
        _ scratch: HeadScratch, _ bytes: UnsafeBufferPointer<UInt8>, _ now: UInt64,
        _ used: inout Int
    ) -> Step {
        let head = scratch.makeHead(from: bytes)
        keepsAlive = scratch.head.keepsAlive
        answer = .due
        deadlines.beginHandler(now)
        guard let reader = BodyReader(scratch.head.framing, limits: limits) else {
            phase = .answering
            return .request(head, .none)
        }
        let declaredLength = reader.declaredLength
        switch reader.whole(bytes, &used) {
        case .whole(let body):
            phase = .answering
            return .request(head, .whole(body))
        case .bad(let status): return .refuse(status)
        case .partial: break
        }
        owesContinue = scratch.head.expectsContinue && used == bytes.count
        phase = .body(reader)
        isPaused = false
        if !owesContinue { deadlines.beginBody(now) }
        return .request(head, .stream(declaredLength: declaredLength))
    }

    private func readBody(
        _ bytes: UnsafeBufferPointer<UInt8>, _ reader: inout BodyReader, _ now: UInt64,
        _ used: inout Int
    ) -> Step {
        if isPaused { return .wait }
        let step = reader.next(bytes, &used)
        phase = .body(reader)
        if used > 0 {
            owesContinue = false
            deadlines.bodyArrived(used, now)
        }
        switch step {
        case .more: return .wait
        case .data(let range): return .body(range)
        case .bad(let status): return answer == .begun ? .close : .refuse(status)
        case .end:
            endBody(now)
            return .bodyEnd
        }
    }

    private func endBody(_ now: UInt64) {
        owesContinue = false
        deadlines.endBody()
        if answer == .none {
            becomeReady(now)
        } else {
            phase = .answering
            if answer == .due { deadlines.beginHandler(now) }
        }
    }

    private func discard(
        _ bytes: UnsafeBufferPointer<UInt8>, _ reader: inout BodyReader, _ now: UInt64,
        _ used: inout Int
    ) -> Step {
        let step = reader.next(bytes, &used)
        phase = .discarding(reader)
        deadlines.bodyArrived(used, now)
        switch step {
        case .bad: return .close
        case .more: return .wait
        case .data: return .again
        case .end:
            endBody(now)
            return .again
        }
    }

    private func becomeReady(_ now: UInt64) {
        phase = .head
        (seen, looks) = (0, 0)
        deadlines.becomeIdle(now)
    }

    // MARK: The body's reader

    /// The handler has fallen behind: nothing is read until it resumes.
    package func pauseBody(_ now: UInt64) {
        guard case .body = phase else { return }
        isPaused = true
        deadlines.endBody()
        if answer == .due { deadlines.beginHandler(now) }
    }

    /// The handler wants bytes. True when the client waits to be told to send them: write
    /// `100 Continue`.
    package func resumeBody(_ now: UInt64) -> Bool {
        guard case .body = phase else { return false }
        isPaused = false
        deadlines.beginBody(now)
        defer { owesContinue = false }
        return owesContinue && answer == .due
    }

    // MARK: Answers out

    /// The head of the answer is about to be written. Whether the connection may be kept after it,
    /// which the head has to say.
    package func beginAnswer(mustClose: Bool = false) -> Bool {
        answer = .begun
        deadlines.endHandler()
        if mustClose || isDraining || owesContinue { keepsAlive = false }
        if case .body(let reader) = phase, !reader.canDiscard(limits.discardBytes) {
            keepsAlive = false
        }
        return keepsAlive
    }

    /// The last byte of the answer is written or pending.
    package func endAnswer(_ now: UInt64) -> Next {
        answer = .none
        guard case .body(let reader) = phase else {
            if keepsAlive {
                becomeReady(now)
                return .read
            }
            return isDraining ? linger(now) : .close
        }
        guard keepsAlive else { return linger(now) }
        phase = .discarding(reader)
        isPaused = false
        deadlines.beginBody(now)
        return .read
    }

    /// The answer to a refusal is written or pending.
    package func refused(_ now: UInt64) -> Next { linger(now) }

    private func linger(_ now: UInt64) -> Next {
        answer = .none
        phase = .lingering(budget: limits.lingerBytes)
        deadlines.beginLinger(now)
        return .linger
    }

    // MARK: Time

    /// Bytes wait because the client does not read. Call again whenever some could be sent.
    package func outputWaits(_ now: UInt64) { deadlines.beginWrite(now) }

    package func outputIsSent() { deadlines.endWrite() }

    package func expire(_ now: UInt64) -> Expiry {
        if deadlines.write <= now || deadlines.linger <= now { return .close }
        if deadlines.handler <= now {
            deadlines.endHandler()
            return .refuse(.gatewayTimeout)
        }
        if deadlines.body <= now {
            if deadlines.bodyIsFastEnough(now) { return .none }
            return answer == .due ? .refuse(.requestTimeout) : .close
        }
        if deadlines.head <= now { return seen > 0 ? .refuse(.requestTimeout) : .close }
        return .none
    }
}
