import Synchronization

/// Why a request's body could not be read to its end.
package enum BodyError: Error, Hashable, Sendable {
    /// Longer than the reader wants: 413.
    case tooLarge(limit: Int)
    /// The client left, or sent too slowly and was cut off.
    case disconnected
    /// Not a body by RFC 9112 §7: 400.
    case malformed
    /// The reading task was cancelled.
    case cancelled
    /// Two tasks read at once, or one reads what was already handed out.
    case alreadyRead
}

/// A request body on its way from the connection to the handler.
///
/// The connection pushes what arrives and stops reading from the socket above the high-water mark;
/// `resume` tells it, once, when the handler has taken enough or reads for the first time. One
/// reader at a time.
package final class BodyStream: Sendable {
    /// Called outside the lock, on the reader's thread, when more bytes are wanted.
    private let resume: @Sendable () -> Void
    private let state: Mutex<State>

    package init(highWaterMark: Int, resume: @escaping @Sendable () -> Void) {
        self.resume = resume
        state = Mutex(State(highWaterMark: highWaterMark))
    }

    /// A body that is there as a whole.
    package init(whole bytes: [UInt8]) {
        resume = {}
        state = Mutex(State(whole: bytes))
    }

    private typealias Outcome = Result<[UInt8]?, BodyError>

    private struct State {
        var chunks: [[UInt8]] = []
        var buffered = 0
        var highWaterMark: Int
        var end: Result<Void, BodyError>?
        var wasAsked = false
        var isPaused = false
        var reader: UnsafeContinuation<Outcome, Never>?

        init(highWaterMark: Int) { self.highWaterMark = highWaterMark }

        init(whole bytes: [UInt8]) {
            highWaterMark = .max
            chunks = bytes.isEmpty ? [] : [bytes]
            end = .success(())
        }

        mutating func take() -> Outcome? {
            guard !chunks.isEmpty else { return end.map { $0.map { nil } } }
            let chunk = chunks.removeFirst()
            buffered -= chunk.count
            return .success(chunk)
        }

        mutating func takeReader() -> UnsafeContinuation<Outcome, Never>? {
            defer { reader = nil }
            return reader
        }

        /// Whether the connection must be told to go on reading.
        mutating func wantsMore() -> Bool {
            guard end == nil, !wasAsked || isPaused, buffered <= highWaterMark / 2 else {
                return false
            }
            (wasAsked, isPaused) = (true, false)
            return true
        }
    }

    // MARK: Reading

    /// The next bytes, or nil at the end.
    func next() async throws(BodyError) -> [UInt8]? {
        let ready = state.withLock { state in
            let outcome = state.take()
            return (outcome, state.wantsMore())
        }
        if ready.1 { resume() }
        if let outcome = ready.0 { return try outcome.get() }
        let outcome = await withTaskCancellationHandler {
            await wait()
        } onCancel: {
            abandonReader()
        }
        return try outcome.get()
    }

    private func wait() async -> Outcome {
        await withUnsafeContinuation { continuation in
            let outcome: Outcome? = state.withLock { state in
                if let outcome = state.take() { return outcome }
                if Task.isCancelled { return .failure(.cancelled) }
                if state.reader != nil { return .failure(.alreadyRead) }
                state.reader = continuation
                return nil
            }
            if let outcome { continuation.resume(returning: outcome) }
        }
    }

    private func abandonReader() {
        let reader = state.withLock { $0.takeReader() }
        reader?.resume(returning: .failure(.cancelled))
    }

    // MARK: Writing

    /// Adds bytes. False when the connection should stop reading until it is resumed.
    package func push(_ bytes: [UInt8]) -> Bool {
        let (reader, goesOn) = state.withLock { state in
            if let reader = state.takeReader() { return (Optional(reader), true) }
            state.chunks.append(bytes)
            state.buffered += bytes.count
            state.isPaused = state.buffered > state.highWaterMark
            return (nil, !state.isPaused)
        }
        reader?.resume(returning: .success(bytes))
        return goesOn
    }

    package func finish(_ end: Result<Void, BodyError> = .success(())) {
        let reader = state.withLock { state in
            if state.end == nil { state.end = end }
            return state.takeReader()
        }
        reader?.resume(returning: end.map { nil })
    }

    /// Whether the handler has asked for bytes yet, which a client that sent `Expect:
    /// 100-continue` waits for.
    package var wasAsked: Bool { state.withLock { $0.wasAsked } }
}
