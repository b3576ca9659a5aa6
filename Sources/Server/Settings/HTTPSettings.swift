import Coding
import HTTP
import Values

/// The `http` section: where the server listens and whom it believes.
package struct HTTPSettings: Codable, Sendable {
    /// Addresses and ports to listen on, each `HOST:PORT`. Without a host: every address of the
    /// machine.
    package var listen: [ListenPlace] = [.standard]
    /// Proxies whose `Forwarded` and `X-Forwarded-*` fields are believed: addresses or networks
    /// such as `10.0.0.0/8`.
    package var trustedProxies: [ProxyNetwork] = []
    /// Origins whose pages may call the server with a user's cookies (CORS).
    package var allowedOrigins: [Origin]
    /// Event loops, each a thread. 0: one for each core.
    package var loops = LoopCount.perCore
    /// Whether answers are compressed for clients that can read it.
    package var compression = true
    /// How long a stopping server waits for requests under way.
    package var drainTime: TimeSpan = "20s"
    package var limits = HTTPLimitSettings()
    package var webSocket = WebSocketSettings()

    init(_ environment: RunEnvironment) {
        allowedOrigins = environment == .dev ? Origin.developmentServers : []
    }
}

/// The `http.limits` section: what one client may cost.
package struct HTTPLimitSettings: Codable, Sendable {
    /// The request line and all fields of a request. More is answered with 431.
    package var headBytes: ByteSize = "32KiB"
    /// The request target alone. More is answered with 414.
    package var targetBytes: ByteSize = "8KiB"
    /// Fields of one request. More is answered with 431.
    package var fields: PositiveCount = 100
    /// A body, where the operation names no bound of its own. More is answered with 413.
    package var bodyBytes: ByteSize = "1MiB"
    /// What is kept of a body that has not been read yet; above it the client has to wait.
    package var bodyBufferBytes: ByteSize = "256KiB"
    /// From the first byte of a request's head to its last. Longer is answered with 408.
    package var headTime: TimeSpan = "10s"
    /// In each such span `bodyBytesPerSpan` of an unfinished body must arrive, else it is answered
    /// with 408.
    package var bodySpan: TimeSpan = "10s"
    /// What must arrive of a body in each `bodySpan`.
    package var bodyBytesPerSpan: ByteSize = "5KiB"
    /// How long a connection may rest between requests.
    package var idleTime: TimeSpan = "75s"
    /// From a request's head to its answer. Longer is answered with 504.
    package var handlerTime: TimeSpan = "60s"
    /// How long a client may take nothing of an answer before its connection is cut.
    package var writeTime: TimeSpan = "30s"
    /// What is kept of an answer for a slow client; above it a streaming answer waits.
    package var pendingOutputBytes: ByteSize = "256KiB"
    /// Open connections. One more is answered with 503 and closed.
    package var connections: PositiveCount = 10_000

    init() {}
}

extension HTTPLimits {
    package init(_ settings: HTTPLimitSettings) {
        self.init()
        headBytes = settings.headBytes.bytes
        targetBytes = settings.targetBytes.bytes
        fields = settings.fields.value
        bodyBufferBytes = settings.bodyBufferBytes.bytes
        headTime = settings.headTime.duration
        bodySpan = settings.bodySpan.duration
        bodyBytesPerSpan = settings.bodyBytesPerSpan.bytes
        idleTime = settings.idleTime.duration
        handlerTime = settings.handlerTime.duration
        writeTime = settings.writeTime.duration
        pendingOutputBytes = settings.pendingOutputBytes.bytes
        connections = settings.connections.value
    }
}
