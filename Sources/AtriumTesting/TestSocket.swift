import Coding
import HTTP
import Synchronization

/// A WebSocket of a server in this process, as its client holds it: what it says goes straight to the
/// route's handler, and what it is told waits until it is read.
package final class TestSocket: WebSocket {
    private struct State {
        var frames: [[UInt8]] = []
        /// Read already by one who looked for something else.
        var kept: [JSON] = []
        var bytes = 0
        var end: WebSocketEnd?
        var readers: [UnsafeContinuation<Void, Never>] = []
        var senders: [UnsafeContinuation<Void, Never>] = []

        mutating func takeAll() -> [UnsafeContinuation<Void, Never>] {
            defer { (readers, senders) = ([], []) }
            return readers + senders
        }
    }

    package let subprotocol: String?
    private let handler: any WebSocketHandler
    private let limit: Int
    private let state = Mutex(State())

    private init(_ handler: any WebSocketHandler, _ subprotocol: String?, limit: Int) {
        (self.handler, self.subprotocol, self.limit) = (handler, subprotocol, limit)
    }

    // MARK: The client

    /// What the client has not read may have `limit` bytes.
    package static func open(
        _ handler: any WebSocketHandler, subprotocol: String? = nil, limit: Int = 1 << 24
    ) async -> TestSocket {
        let socket = TestSocket(handler, subprotocol, limit: limit)
        await handler.opened(socket)
        return socket
    }

    /// Returns when the server is done with the message.
    package func say(_ json: JSON) async { await say(WebSocketMessage(.text, json.bytes())) }

    package func say(_ message: WebSocketMessage) async {
        guard isOpen else { return }
        try? await handler.received(message, on: self)
    }

    /// The next message; nil when there is none any more.
    package func next() async -> JSON? {
        let kept = state.withLock { $0.kept.isEmpty ? nil : $0.kept.removeFirst() }
        if let kept { return kept }
        while true {
            let (frame, isOver) = state.withLock { state -> ([UInt8]?, Bool) in
                guard !state.frames.isEmpty else { return (nil, state.end != nil) }
                let frame = state.frames.removeFirst()
                state.bytes -= frame.count
                return (frame, false)
            }
            if let frame {
                let senders = state.withLock { state in
                    defer { state.senders = [] }
                    return state.senders
                }
                for sender in senders { sender.resume() }
                return try? JSON(parsing: Self.payload(of: frame))
            }
            if isOver { return nil }
            await waitToRead()
        }
    }

    /// The next message of a type; those before it are passed over.
    package func next(_ type: String) async -> JSON? {
        while let message = await next() {
            if message["type"]?.asString == type { return message }
        }
        return nil
    }

    /// Says something with an id, and gives what is answered to it; the rest can be read afterwards.
    package func ask(_ json: JSON) async -> JSON? {
        await say(json)
        var others: [JSON] = []
        defer { state.withLock { [others] in $0.kept = others + $0.kept } }
        while let message = await next() {
            if message["id"] == json["id"] { return message }
            others.append(message)
        }
        return nil
    }

    /// How the server ended it. Waits until it has.
    package var end: WebSocketEnd? {
        get async {
            while await next() != nil {}
            return state.withLock { $0.end }
        }
    }

    /// The client leaves.
    package func leave() async {
        close(WebSocketEnd(.goingAway, "", isClean: true))
    }

    /// Ends when the test is over its time.
    private func waitToRead() async {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let waits = state.withLock { state in
                    let waits = state.frames.isEmpty && state.end == nil
                    if waits { state.readers.append(continuation) }
                    return waits
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            close(WebSocketEnd(.abnormal, "the test ended", isClean: false))
        }
    }

    private func waitToSend() async {
        await withUnsafeContinuation { continuation in
            let waits = state.withLock { state in
                let waits = state.bytes > 0 && state.end == nil
                if waits { state.senders.append(continuation) }
                return waits
            }
            if !waits { continuation.resume() }
        }
    }

    /// A server's frame is whole and not masked.
    private static func payload(of frame: [UInt8]) -> [UInt8] {
        let lengthBytes = frame[1] < 126 ? 0 : frame[1] == 126 ? 2 : 8
        return Array(frame[(2 + lengthBytes)...])
    }

    // MARK: The server

    package var isOpen: Bool { state.withLock { $0.end == nil } }
    package var pendingBytes: Int { state.withLock { $0.bytes } }

    package func offer(_ frame: WebSocketFrame) -> Bool {
        let (isAccepted, readers) = state.withLock {
            state -> (Bool, [UnsafeContinuation<Void, Never>]) in
            let bytes = frame.bytes.count
            guard state.end == nil, state.bytes == 0 || state.bytes + bytes <= limit else {
                return (false, [])
            }
            state.frames.append(frame.bytes)
            state.bytes += bytes
            defer { state.readers = [] }
            return (true, state.readers)
        }
        for reader in readers { reader.resume() }
        return isAccepted
    }

    package func send(_ frame: WebSocketFrame) async throws(WriteError) {
        while !offer(frame) {
            if !isOpen { throw WriteError() }
            await waitToSend()
        }
    }

    package func close(_ code: WebSocketCloseCode, _ reason: String) {
        close(WebSocketEnd(code, reason, isClean: true))
    }

    package func cut(_ code: WebSocketCloseCode, _ reason: String) {
        close(WebSocketEnd(code, reason, isClean: false))
    }

    private func close(_ end: WebSocketEnd) {
        let waiting = state.withLock { state -> [UnsafeContinuation<Void, Never>]? in
            if state.end != nil { return nil }
            state.end = end
            if !end.isClean { (state.frames, state.bytes) = ([], 0) }
            return state.takeAll()
        }
        guard let waiting else { return }
        for one in waiting { one.resume() }
        Task { await handler.closed(self, end) }
    }
}

extension TestClient {
    /// The fields of a handshake.
    package static let handshake: Fields = [
        .upgrade: "websocket", .connection: "Upgrade", .secWebSocketVersion: "13",
        .secWebSocketKey: "dGhlIHNhbXBsZSBub25jZQ==",
    ]

    /// Opens a WebSocket, by a user's access token where there is one.
    package func socket(
        _ path: String = "/api/websocket", bearer: String? = nil, _ fields: Fields = [:],
        limit: Int = 1 << 24
    ) async throws -> TestSocket {
        var all = Self.handshake
        if let bearer { all[.authorization] = "Bearer " + bearer }
        for field in fields { all[field.name] = field.value }
        let answer = await get(path, all)
        guard case .webSocket(let upgrade) = answer.response.body else {
            throw UnexpectedAnswer(status: answer.status, text: answer.text)
        }
        return await TestSocket.open(
            upgrade.handler, subprotocol: upgrade.subprotocol, limit: limit)
    }
}
