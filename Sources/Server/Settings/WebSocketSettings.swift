import Coding
import HTTP
import Values

/// The `http.webSocket` section: what one WebSocket may cost.
package struct WebSocketSettings: Codable, Sendable {
    /// A message of a client, all its fragments together. More is closed with 1009.
    package var messageBytes: ByteSize = "1MiB"
    /// From the first frame of a message to its last. Longer is closed with 1008.
    package var messageTime: TimeSpan = "60s"
    /// What is kept of messages that have not been handled yet; above it the client has to wait.
    package var backlogBytes: ByteSize = "256KiB"
    /// What is kept for a client that does not read; above it nothing more is sent to it, and who
    /// publishes to many may close it with 1013.
    package var pendingOutputBytes: ByteSize = "256KiB"
    /// After so much silence a client is pinged.
    package var pingInterval: TimeSpan = "30s"
    /// How long a pinged client may stay silent before its connection is cut.
    package var pongTime: TimeSpan = "20s"
    /// How long a client may take nothing of what waits for it before its connection is cut.
    package var writeTime: TimeSpan = "30s"
    /// How long a client may take to answer a close before its connection is cut.
    package var closeTime: TimeSpan = "5s"

    init() {}
}

extension WebSocketLimits {
    package init(_ settings: WebSocketSettings) {
        self.init()
        messageBytes = settings.messageBytes.bytes
        messageTime = settings.messageTime.duration
        backlogBytes = settings.backlogBytes.bytes
        pendingOutputBytes = settings.pendingOutputBytes.bytes
        pingInterval = settings.pingInterval.duration
        pongTime = settings.pongTime.duration
        writeTime = settings.writeTime.duration
        closeTime = settings.closeTime.duration
    }
}
