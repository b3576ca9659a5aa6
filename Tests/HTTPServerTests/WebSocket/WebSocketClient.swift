import HTTP
import HTTPServer
import Synchronization
import Testing

/// What the tests' client says and hears when its connection is a WebSocket.
extension TestClient {
    /// The fields of a handshake but for `Host`.
    static func upgrade(version: String = "13") -> String {
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: \(version)\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    }

    static let handshake = "GET / HTTP/1.1\r\nHost: a\r\n\(upgrade())\r\n"

    /// A client whose handshake was taken.
    static func webSocket(_ port: Int) throws -> TestClient {
        let client = try TestClient(port)
        client.send(handshake)
        try #require(client.read(through: "\r\n\r\n").hasPrefix("HTTP/1.1 101 "))
        return client
    }

    static func frame(_ opcode: UInt8, _ payload: [UInt8] = []) -> [UInt8] {
        let mask: [UInt8] = [1, 2, 3, 4]
        var bytes = [0x80 | opcode]
        switch payload.count {
        case ..<126: bytes.append(0x80 | UInt8(payload.count))
        case ..<65_536: bytes += [0xfe, UInt8(payload.count >> 8), UInt8(payload.count & 0xff)]
        default:
            bytes.append(0xff)
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
        }
        return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
    }

    static let closeNormally = frame(8, [0x03, 0xe8])

    func send(frame opcode: UInt8, _ text: String = "") {
        send(Self.frame(opcode, Array(text.utf8)))
    }

    /// The next frame: `text hello`, `close 1000 bye`; `end` when there is none.
    func readFrame() -> String {
        let (opcode, payload) = readRawFrame()
        switch opcode {
        case 1: return "text " + String(decoding: payload, as: UTF8.self)
        case 2: return "binary of \(payload.count)"
        case 8 where payload.count > 1:
            let code = Int(payload[0]) << 8 | Int(payload[1])
            return "close \(code) " + String(decoding: payload[2...], as: UTF8.self)
        case 8: return "close"
        case 9: return "ping"
        case 10: return "pong " + String(decoding: payload, as: UTF8.self)
        default: return "end"
        }
    }

    private func readRawFrame() -> (opcode: UInt8?, payload: [UInt8]) {
        let head = readBytes(2)
        guard head.count == 2, head[0] & 0xf0 == 0x80, head[1] < 0x80 else { return (nil, []) }
        var count = Int(head[1])
        if count > 125 {
            count = readBytes(count == 126 ? 2 : 8).reduce(0) { $0 << 8 | Int($1) }
        }
        return (head[0] & 0x0f, readBytes(count))
    }
}

/// A handler whose parts a test gives. It writes down what it was told.
final class Scripted: WebSocketHandler {
    typealias Opened = @Sendable (any WebSocket) async -> Void
    typealias Received =
        @Sendable (WebSocketMessage, any WebSocket) async throws(WriteError) -> Void

    let hasOpened = Signal()
    let hasClosed = Signal()
    private let log = Mutex<[String]>([])
    private let socket = Mutex<(any WebSocket)?>(nil)
    private let onOpened: Opened
    private let onReceived: Received
    private let lastWords: String?

    init(
        farewell lastWords: String? = nil, opened: @escaping Opened = { _ in },
        received: @escaping Received = { message, socket async throws(WriteError) in
            try await socket.send(WebSocketFrame(message))
        }
    ) {
        self.lastWords = lastWords
        onOpened = opened
        onReceived = received
    }

    /// Answers handshakes, and all else by 426.
    @Sendable func answer(_ request: Request) async -> Response {
        answer(request, rules: nil)
    }

    func answer(_ request: Request, rules: WebSocketRules?) -> Response {
        do throws(WebSocketHandshake.Refusal) {
            let handshake = try WebSocketHandshake(request)
            return .webSocket(
                WebSocketUpgrade(
                    handshake, self, subprotocol: handshake.subprotocol(among: ["a", "b"]),
                    rules: rules))
        } catch {
            return error.response
        }
    }

    func opened(_ socket: any WebSocket) async {
        self.socket.withLock { $0 = socket }
        note("opened")
        hasOpened.fire()
        await onOpened(socket)
    }

    func received(_ message: WebSocketMessage, on socket: any WebSocket) async throws(WriteError) {
        note(message.text ?? "\(message.bytes.count) bytes")
        try await onReceived(message, socket)
    }

    func closed(_ socket: any WebSocket, _ end: WebSocketEnd) async {
        self.socket.withLock { $0 = nil }
        note("closed \(end.code) \(end.reason)\(end.isClean ? "" : " unclean")")
        hasClosed.fire()
    }

    func farewell(to socket: any WebSocket) -> WebSocketFrame? {
        lastWords.map { .text($0) }
    }

    private func note(_ line: String) { log.withLock { $0.append(line) } }

    var lines: [String] { log.withLock { $0 } }
    /// The open socket, held from outside.
    var open: (any WebSocket)? { socket.withLock { $0 } }
}

/// The usual limits but for what `adjust` says, and without pings: a test that a busy machine holds up
/// for half a minute must not find one between its messages.
func bounded(_ adjust: (inout WebSocketLimits) -> Void = { _ in }) -> WebSocketLimits {
    var limits = WebSocketLimits()
    limits.pingInterval = .seconds(3600)
    limits.writeTime = .seconds(600)
    adjust(&limits)
    return limits
}

/// A server whose only route is `handler`.
func withWebSockets(
    _ handler: Scripted = Scripted(), rules: WebSocketRules? = nil,
    limits: WebSocketLimits = bounded(),
    _ body: (HTTPServer, Int) async throws -> Void
) async throws {
    let configuration = configured { $0.webSocketLimits = limits }
    try await withServer(
        configuration, handler: { handler.answer($0, rules: rules) }, body)
}
