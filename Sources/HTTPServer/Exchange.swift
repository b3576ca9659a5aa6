import HTTP
import Loop

/// One request being answered: its handler's task, its body and whoever waits to write.
// Safe because all of it runs on the connection's loop, but for `cancel` of the task.
final class Exchange: @unchecked Sendable {
    let head: RequestHead
    fileprivate(set) var body: BodyStream?
    /// What the connection becomes when the answer is sent.
    var upgrade: WebSocketUpgrade?
    fileprivate var task: Task<Void, Never>?
    private var writers: [UnsafeContinuation<Bool, Never>] = []
    private var isCancelled = false

    init(_ head: RequestHead) { self.head = head }

    func cancel(_ reason: BodyError) {
        isCancelled = true
        body?.finish(.failure(reason))
        task?.cancel()
        resumeWriters()
    }

    // MARK: Writers

    /// Resumes `writer` when less is pending, with false when the exchange is over.
    fileprivate func wait(_ writer: UnsafeContinuation<Bool, Never>) {
        isCancelled ? writer.resume(returning: false) : writers.append(writer)
    }

    func resumeWriters() {
        let waiting = writers
        writers = []
        for writer in waiting { writer.resume(returning: !isCancelled) }
    }
}

extension Connection {
    /// Starts the handler, which may answer before this returns.
    func begin(_ head: RequestHead, _ start: ConnectionState.BodyStart) {
        worker.counts.requests.bump()
        let exchange = Exchange(head)
        self.exchange = exchange
        let request = Request(head: head, body: body(start, exchange), connection: info)
        let task = Task.immediate(executorPreference: worker.loop) { [self] in
            let response = await worker.shared.handler(request)
            if !answerAtOnce(response, exchange) { await answer(response, exchange) }
        }
        if self.exchange === exchange { exchange.task = task }
    }

    private func body(_ start: ConnectionState.BodyStart, _ exchange: Exchange) -> RequestBody {
        switch start {
        case .none: return .empty
        case .whole(let bytes): return RequestBody(bytes)
        case .stream(let declaredLength):
            let limits = worker.shared.rules.limits
            let stream = BodyStream(highWaterMark: limits.bodyBufferBytes) {
                [weak self, weak exchange] in
                if let self, let exchange { resumeBody(of: exchange) }
            }
            exchange.body = stream
            return RequestBody(declaredLength: declaredLength, stream: stream)
        }
    }

    /// Sends an answer whose body is there and short, which most are. False for all others.
    private func answerAtOnce(_ response: Response, _ exchange: Exchange) -> Bool {
        guard exchange === self.exchange else { return true }
        guard response.status.code >= 200 else { return false }
        switch response.body {
        case .empty: break
        case .bytes(let bytes) where bytes.count < ResponseCompression.minimumBytes: break
        default: return false
        }
        if beginAnswer(response, exchange) != nil, case .bytes(let bytes) = response.body {
            worker.output.append(bytes)
        }
        end(exchange)
        return true
    }

    private func answer(_ response: Response, _ exchange: Exchange) async {
        guard exchange === self.exchange else { return }
        if case .webSocket(let upgrade) = response.body {
            return accept(upgrade, response.fields, exchange)
        }
        let prepared = await prepare(response, exchange)
        guard exchange === self.exchange else { return }
        let response = prepared.response
        guard let framing = beginAnswer(response, exchange) else { return end(exchange) }
        switch response.body {
        case .empty: end(exchange)
        case .bytes(let bytes):
            append(bytes)
            end(exchange)
        case .pieces(let pieces):
            await send(exchange, framing) { [files = prepared.files] writer in
                try await self.write(pieces, files, to: writer)
            }
        case .stream(_, let produce): await send(exchange, framing, produce)
        case .webSocket: break
        }
    }

    /// Writes the head. Nil when no body follows it.
    private func beginAnswer(_ response: Response, _ exchange: Exchange) -> AnswerFraming? {
        let isHead = exchange.head.method == .head
        let isHTTP10 = exchange.head.isHTTP10
        let framing = AnswerFraming(of: response, toHEAD: isHead, isHTTP10: isHTTP10)
        let keepsAlive = state.beginAnswer(mustClose: framing == .close || response.asksToClose)
        worker.output.appendHead(
            response, framing: framing, keepsAlive: keepsAlive, isHTTP10: isHTTP10,
            date: worker.currentDate, common: worker.shared.common)
        worker.counts.countAnswer(response.status)
        return isHead || framing == .none ? nil : framing
    }

    /// Bodies above this are sent from where they are instead of being copied first.
    private static let copiedBytes = 32 * 1024

    private func append(_ bytes: [UInt8]) {
        if bytes.count <= Self.copiedBytes { return worker.output.append(bytes) }
        moveOutputToPending()
        enqueue(bytes)
    }

    private func moveOutputToPending() {
        enqueue(Array(worker.output.bytes))
        worker.output.removeAll()
    }

    private func end(_ exchange: Exchange) {
        self.exchange = nil
        proceed(state.endAnswer(now))
        if worker.reading == nil { goOn() }
    }

    // MARK: Streams

    /// Runs `produce` with a writer that frames its bytes and waits while too much is pending.
    private func send(
        _ exchange: Exchange, _ framing: AnswerFraming,
        _ produce: @Sendable (ResponseWriter) async throws -> Void
    ) async {
        moveOutputToPending()
        let stream = StreamedBody(framing)
        let writer = ResponseWriter { [self] bytes async throws(WriteError) in
            try await write(bytes, of: stream, exchange)
        }
        do {
            try await produce(writer)
            finish(stream, exchange, isWhole: true)
        } catch {
            finish(stream, exchange, isWhole: false)
        }
    }

    private func write(
        _ bytes: [UInt8], of stream: StreamedBody, _ exchange: Exchange
    ) async throws(WriteError) {
        let isAccepted = await withUnsafeContinuation { continuation in
            onLoop { [self] in
                guard exchange === self.exchange, let framed = stream.frame(bytes) else {
                    return continuation.resume(returning: false)
                }
                enqueue(framed)
                if pending.count > worker.shared.rules.limits.pendingOutputBytes {
                    exchange.wait(continuation)
                } else {
                    continuation.resume(returning: true)
                }
            }
        }
        if !isAccepted { throw WriteError() }
    }

    private func onLoop(_ work: @escaping @Sendable () -> Void) {
        if worker.loop.isCurrent { work() } else { worker.loop.post(work) }
    }

    private func finish(_ stream: StreamedBody, _ exchange: Exchange, isWhole: Bool) {
        guard exchange === self.exchange else { return }
        guard isWhole, let last = stream.end() else { return close() }
        enqueue(last)
        end(exchange)
    }
}

/// The framing of a streamed body, and how much of a declared length is left.
// Safe because it is used on the connection's loop only.
private final class StreamedBody: @unchecked Sendable {
    private let framing: AnswerFraming
    private var left: Int

    init(_ framing: AnswerFraming) {
        self.framing = framing
        if case .length(let length) = framing { left = length } else { left = 0 }
    }

    /// Nil when there is more than was declared.
    func frame(_ bytes: [UInt8]) -> [UInt8]? {
        switch framing {
        case .length:
            left -= bytes.count
            return left < 0 ? nil : bytes
        case .chunked:
            if bytes.isEmpty { return bytes }
            return Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [13, 10]
        case .none, .close: return bytes
        }
    }

    /// What ends the body; nil when bytes that were declared are missing.
    func end() -> [UInt8]? {
        if framing == .chunked { return Array("0\r\n\r\n".utf8) }
        return left == 0 ? [] : nil
    }
}

extension Response {
    /// Whether the handler wants this answer to be the connection's last.
    fileprivate var asksToClose: Bool {
        fields[.connection].map { equalsIgnoringCase($0, "close") } ?? false
    }
}
