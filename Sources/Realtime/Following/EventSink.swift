import HTTP

/// Where the messages of one connection go, a WebSocket's or a stream's of events.
protocol EventSink: AnyObject, Sendable {
    var isOpen: Bool { get }

    /// Accepts an event, or refuses it because too much waits already. Never waits.
    func offer(_ event: EventFrame) -> Bool

    /// Waits until the event is accepted.
    func send(_ event: EventFrame) async throws(WriteError)

    /// The same for what is no event.
    func say(_ message: ServerMessage) async throws(WriteError)

    /// As `say`, for whoever does not wait: what there is no room for is dropped with the connection.
    func mention(_ message: ServerMessage)

    /// Ends the connection at once, with the reason.
    func cut(_ farewell: Farewell)

    /// Keeps proxies from closing a quiet connection, where nothing else does.
    func keepAlive()
}

/// Why the server ends a connection.
enum Farewell: Hashable, Sendable {
    /// It does not take what it is told as fast as that comes.
    case slow
    /// It could not be led to where it would hear of everything.
    case brokenOff
    /// The session or key that opened it is no more.
    case sessionEnded
    /// It has not said whose it is, and listens to nothing.
    case nobody
    /// Whoever opened it has as many as one may have.
    case tooMany
    /// The server stops.
    case goingAway

    var code: WebSocketCloseCode {
        switch self {
        case .slow, .brokenOff: .tryAgainLater
        case .sessionEnded, .nobody: .application(4401)
        case .tooMany: .application(4429)
        case .goingAway: .goingAway
        }
    }

    /// For programs and developers.
    var reason: String {
        switch self {
        case .slow: "SLOW_CONSUMER: resume with since"
        case .brokenOff: "SERVICE_UNAVAILABLE: resume with since"
        case .sessionEnded: "SESSION_ENDED: sign in again"
        case .nobody: "UNAUTHORIZED: send auth, or subscribe to something public"
        case .tooMany: "TOO_MANY_CONNECTIONS: close another one first"
        case .goingAway: "GOING_AWAY: connect again"
        }
    }
}

extension WebSocketFrame {
    init(_ message: ServerMessage) { self = .text(utf8: message.json.bytes()) }
}
