import Values

/// Every bound of realtime, with its default and what happens when it is passed.
package struct RealtimeLimits: Hashable, Sendable {
    /// A message of a client. 1009.
    package var messageBytes = 64 * 1024
    /// Messages of one client within `window`. More are not read; ten times as many: 1008.
    package var messages = 100
    package var window: Duration = .seconds(10)
    /// Topics of one connection. An error.
    package var subscriptions = 100
    /// Connections of one user on a node, or of one organization's keys. 4429, or 429 for a stream.
    package var userConnections = 100
    /// What is kept for a client that does not read. Above it, it is dropped: 1013.
    package var pendingBytes = 256 * 1024
    /// How long a connection may stay that is nobody's and listens to nothing. 4401.
    package var signInTime: Duration = .seconds(10)
    /// How often connections are looked at, whose session may have expired or whose key was revoked.
    package var checkInterval: Duration = .seconds(10)
    /// A stopping server sends its clients away for a time up to this, each for another.
    package var reconnectTime: Duration = .seconds(5)
    /// Changes that a node keeps in memory for who was away for a moment.
    package var recentChanges = 4096
    /// Messages that are kept of one topic of an app, and for how long.
    package var topicMessages = 1000
    package var topicAge: Duration = .days(1)

    /// Who reads what the memory has not any more, so many at a time.
    static let readersMax = 4
    /// A quiet stream of events is written a comment so often.
    static let commentInterval: Duration = .seconds(15)

    package init() {}
}
