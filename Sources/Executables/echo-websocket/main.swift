import Glibc
import HTTP
import HTTPServer
import Loop

// A server whose sockets say what they hear: `echo-websocket PORT LOOPS`. Port 0 lets the system
// choose; the first line it writes is the port. Other clients test it, and idle sockets are held at it.
//
// `/echo` speaks the subprotocols `echo` and `chat`. `/close?4001` closes with that code when it
// hears anything. `/push?100` sends so many numbered messages at once.

nonisolated private func serve() {
    let words = CommandLine.arguments.dropFirst()
    let port = words.first.flatMap { Int($0) } ?? 9200
    let group = EventLoopGroup(count: words.dropFirst().first.flatMap { Int($0) } ?? 1)
    var configuration = ServerConfiguration(
        addresses: [ListenAddress(host: "127.0.0.1", port: port)])
    // Descriptors are what ends first.
    configuration.limits.connections = 1_000_000
    raiseDescriptorLimit()
    let server = HTTPServer(configuration, group: group, handler: answer)
    do {
        group.start()
        try server.start()
    } catch {
        say("\(error)\n", on: 2)
        exit(1)
    }
    say("\(server.addresses[0].port)\n", on: 1)
    while true { pause() }
}

@Sendable nonisolated private func answer(_ request: Request) async -> Response {
    let number = request.query.flatMap { Int($0) } ?? 0
    do {
        let handshake = try WebSocketHandshake(request)
        switch request.path {
        case "/echo":
            return .webSocket(
                WebSocketUpgrade(
                    handshake, Echo.shared,
                    subprotocol: handshake.subprotocol(among: ["echo", "chat"])))
        case "/close": return .webSocket(WebSocketUpgrade(handshake, Closer(number)))
        case "/push": return .webSocket(WebSocketUpgrade(handshake, Pusher(number)))
        default: return Response(.notFound)
        }
    } catch {
        return error.response
    }
}

/// Says what it hears. One for all sockets: there is nothing to remember.
private final class Echo: WebSocketHandler {
    static let shared = Echo()

    func received(_ message: WebSocketMessage, on socket: any WebSocket) async throws(WriteError) {
        try await socket.send(WebSocketFrame(message))
    }
}

/// Closes with a code when it hears anything.
private final class Closer: WebSocketHandler {
    private let code: WebSocketCloseCode

    init(_ number: Int) {
        code = UInt16(exactly: number).flatMap(WebSocketCloseCode.init(onWire:)) ?? .normal
    }

    func received(_ message: WebSocketMessage, on socket: any WebSocket) async throws(WriteError) {
        socket.close(code, message.text ?? "")
    }
}

/// Sends without being asked.
private final class Pusher: WebSocketHandler {
    private let count: Int

    init(_ count: Int) { self.count = count }

    func opened(_ socket: any WebSocket) async {
        do throws(WriteError) {
            for number in 0..<max(0, count) { try await socket.send(.text("\(number)")) }
            socket.close(.normal, "that was all")
        } catch {
            // The client has left.
        }
    }

    func received(_ message: WebSocketMessage, on socket: any WebSocket) async throws(WriteError) {}
}

nonisolated private func raiseDescriptorLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

nonisolated private func say(_ line: String, on descriptor: Int32) {
    let bytes = Array(line.utf8)
    _ = write(descriptor, bytes, bytes.count)
}

serve()
