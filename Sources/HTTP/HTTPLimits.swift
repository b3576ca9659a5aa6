/// Every bound of the server, with its default and the answer when it is passed.
package struct HTTPLimits: Hashable, Sendable {
    /// Request line and fields of one request, and the fields of a trailer. 431.
    package var headBytes = 32 * 1024
    /// The request target. 414.
    package var targetBytes = 8 * 1024
    /// Fields of one head. 431.
    package var fields = 100
    /// What is kept of a body that the handler has not read yet; above it the socket waits.
    package var bodyBufferBytes = 256 * 1024
    /// Bytes of a chunk's size line with its extensions, and of all extensions of one body. 400.
    package var chunkLineBytes = 256
    package var chunkExtensionBytes = 4 * 1024
    /// From the first byte of a head to its last. 408.
    package var headTime: Duration = .seconds(10)
    /// Within each of these spans at least `bodyBytesPerSpan` of an unfinished body arrive. 408.
    package var bodySpan: Duration = .seconds(10)
    package var bodyBytesPerSpan = 5 * 1024
    /// Between requests. The connection is closed.
    package var idleTime: Duration = .seconds(75)
    /// From a head's end to the handler's answer. 504, and the handler is cancelled.
    package var handlerTime: Duration = .seconds(60)
    /// How long a client may read nothing of a waiting answer. The connection is cut.
    package var writeTime: Duration = .seconds(30)
    /// Answer bytes that wait for one client; above it a streaming handler waits.
    package var pendingOutputBytes = 256 * 1024
    /// Open connections. 503 and closed.
    package var connections = 10_000
    /// How long, and how many bytes, an answered client is heard out before its connection is
    /// closed, so that it can read why.
    package var lingerTime: Duration = .seconds(2)
    package var lingerBytes = 256 * 1024
    /// The rest of an unread body that is read away to keep the connection. More closes it.
    package var discardBytes = 64 * 1024

    package init() {}
}
