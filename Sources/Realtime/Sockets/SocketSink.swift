import HTTP

/// A WebSocket that is told of events.
final class SocketSink: EventSink {
    private let socket: any WebSocket

    init(_ socket: any WebSocket) { self.socket = socket }

    var isOpen: Bool { socket.isOpen }

    func offer(_ event: EventFrame) -> Bool { socket.offer(event.webSocket) }

    func send(_ event: EventFrame) async throws(WriteError) {
        try await socket.send(event.webSocket)
    }

    func say(_ message: ServerMessage) async throws(WriteError) {
        try await socket.send(WebSocketFrame(message))
    }

    func mention(_ message: ServerMessage) {
        if !socket.offer(WebSocketFrame(message)) { cut(.slow) }
    }

    func cut(_ farewell: Farewell) { socket.cut(farewell.code, farewell.reason) }

    /// The HTTP engine pings.
    func keepAlive() {}
}
