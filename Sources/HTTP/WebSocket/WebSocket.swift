/// One open WebSocket, as handlers and whoever has something to tell its client hold it.
///
/// Everything may be called from any thread. What is accepted is sent in the order in which it was
/// accepted; nothing is accepted after a close. Whoever keeps a socket lets go of it when its handler
/// is told that it closed.
package protocol WebSocket: AnyObject, Sendable {
    /// What was agreed on in the handshake.
    var subprotocol: String? { get }
    /// Whether frames are still accepted.
    var isOpen: Bool { get }
    /// What was accepted and the client has not taken yet.
    var pendingBytes: Int { get }

    /// Accepts a frame, or refuses it because the limit of pending output would be passed or the
    /// socket closes. Never waits: this is how one event goes to thousands of sockets. Of those that
    /// refuse, `cut` is the end.
    func offer(_ frame: WebSocketFrame) -> Bool

    /// Waits until the frame is accepted. Throws when the socket closes first.
    func send(_ frame: WebSocketFrame) async throws(WriteError)

    /// Says that the server closes, after all that was accepted. The reason has at most 123 bytes
    /// and is for developers to read.
    func close(_ code: WebSocketCloseCode, _ reason: String)

    /// Closes at once: of what was accepted only a frame that has begun to be sent is finished. For
    /// clients that do not keep up, and for those who may hear nothing more.
    func cut(_ code: WebSocketCloseCode, _ reason: String)
}

/// What a route does with its WebSockets: one object for each, or one for all of them.
///
/// Each socket's calls come one after the other, on the event loop of the connection: `opened`,
/// `received` for each message in order, `closed` once at the end. While one runs, messages wait;
/// when too many wait, the client does. A task exists only while a call runs, so that a socket which
/// rests costs no more than a connection. When the client is gone, the task of a running call is
/// cancelled.
package protocol WebSocketHandler: AnyObject, Sendable {
    /// The handshake is answered.
    func opened(_ socket: any WebSocket) async

    /// A message came. Throwing is for what `send` throws: nothing follows from it but the end of
    /// the call.
    func received(_ message: WebSocketMessage, on socket: any WebSocket) async throws(WriteError)

    /// The connection has ended.
    func closed(_ socket: any WebSocket, _ end: WebSocketEnd) async

    /// What a stopping server says before it closes with 1001: when to come back, for instance.
    /// Called on the loop, so that it must not block.
    func farewell(to socket: any WebSocket) -> WebSocketFrame?
}

extension WebSocketHandler {
    package func opened(_ socket: any WebSocket) async {}
    package func closed(_ socket: any WebSocket, _ end: WebSocketEnd) async {}
    package func farewell(to socket: any WebSocket) -> WebSocketFrame? { nil }
}
