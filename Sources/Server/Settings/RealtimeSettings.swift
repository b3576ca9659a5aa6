import Coding
import Realtime
import Values

/// The `realtime` section: what one connection for live events may cost, and what is kept for those
/// who come back. `http.webSocket` holds for its sockets as for all others.
package struct RealtimeSettings: Codable, Sendable {
    /// A message of a client. More is closed with 1009.
    package var messageBytes: ByteSize = "64KiB"
    /// Messages of one client within `window`. More are not read; ten times as many are closed with
    /// 1008.
    package var messages: PositiveCount = 100
    /// How long a client's messages are counted together.
    package var window: TimeSpan = "10s"
    /// Topics that one connection may listen to.
    package var subscriptions: PositiveCount = 100
    /// Connections that one user may have on a node, by his sessions and keys together; so many have
    /// an organization's keys. A WebSocket more is closed with 4429, a stream more answered with 429.
    package var userConnections: PositiveCount = 100
    /// What is kept for a client that does not read; above it, it is dropped with 1013.
    package var pendingBytes: ByteSize = "256KiB"
    /// How long a connection may stay that is nobody's and listens to nothing.
    package var signInTime: TimeSpan = "10s"
    /// How often connections are looked at whose session may have expired, or whose API key was
    /// revoked. Sessions that are ended are told of at once.
    package var checkInterval: TimeSpan = "10s"
    /// A stopping server asks its clients to come back within this time, each at another moment.
    package var reconnectTime: TimeSpan = "5s"
    /// Changes that a node keeps in memory for clients that were away for a moment; 8 MiB of them at
    /// most. Older ones are read from the database.
    package var recentChanges: PositiveCount = 4096
    /// Events that are kept of one topic of an app.
    package var topicMessages: PositiveCount = 1000
    /// A topic of an app of which nothing was told for so long is forgotten.
    package var topicKeepFor: TimeSpan = "1d"

    init() {}
}

extension RealtimeLimits {
    init(_ settings: RealtimeSettings) {
        self.init()
        messageBytes = settings.messageBytes.bytes
        messages = settings.messages.value
        window = settings.window.duration
        subscriptions = settings.subscriptions.value
        userConnections = settings.userConnections.value
        pendingBytes = settings.pendingBytes.bytes
        signInTime = settings.signInTime.duration
        checkInterval = settings.checkInterval.duration
        reconnectTime = settings.reconnectTime.duration
        recentChanges = settings.recentChanges.value
        topicMessages = settings.topicMessages.value
        topicAge = settings.topicKeepFor.duration
    }
}
