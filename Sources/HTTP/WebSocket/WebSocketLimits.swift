/// Every bound of a WebSocket, with its default and what happens when it is passed.
package struct WebSocketLimits: Hashable, Sendable {
    /// A message of a client, all its fragments together. 1009.
    package var messageBytes = 1 << 20
    /// From the first frame of a message to its last. 1008.
    package var messageTime: Duration = .seconds(60)
    /// Messages that wait for their handler, each with `messageCost` on top; above it the socket is
    /// not read, so that TCP holds the client back.
    package var backlogBytes = 256 * 1024
    /// What was sent and the client has not taken yet. Above it `offer` refuses and `send` waits.
    package var pendingOutputBytes = 256 * 1024
    /// Silence after which a client is pinged.
    package var pingInterval: Duration = .seconds(30)
    /// How long it may then stay silent. The connection is cut.
    package var pongTime: Duration = .seconds(20)
    /// How long a client may take nothing of what waits for it. The connection is cut.
    package var writeTime: Duration = .seconds(30)
    /// How long a client may take to answer a close frame, and to close its connection. It is cut.
    package var closeTime: Duration = .seconds(5)

    /// What the smallest message costs while it waits.
    package static let messageCost = 64

    package init() {}
}

/// The limits of many WebSockets, in a form that is quick to use: made once, not for each socket.
package final class WebSocketRules: Sendable {
    package let limits: WebSocketLimits
    let message: UInt64
    let ping: UInt64
    let pong: UInt64
    let write: UInt64
    let close: UInt64

    package init(_ limits: WebSocketLimits) {
        self.limits = limits
        message = limits.messageTime.nanoseconds
        ping = limits.pingInterval.nanoseconds
        pong = limits.pongTime.nanoseconds
        write = limits.writeTime.nanoseconds
        close = limits.closeTime.nanoseconds
    }
}
