import CLinux
import Glibc
import HTTP
import HTTPServer
import Loop
import Synchronization
import Testing

/// The configuration of a test: one address, a port that the system chose.
func configured(_ adjust: (inout ServerConfiguration) -> Void) -> ServerConfiguration {
    var configuration = ServerConfiguration(addresses: [ListenAddress(host: "127.0.0.1", port: 0)])
    adjust(&configuration)
    return configuration
}

/// Bounds of a test, all else by default.
func limited(_ adjust: (inout HTTPLimits) -> Void) -> ServerConfiguration {
    configured { adjust(&$0.limits) }
}

/// A server for one test, on one loop.
func withServer(
    _ configuration: ServerConfiguration = configured { _ in },
    handler: @escaping RequestHandler = { _ in .text("ok") },
    _ body: (HTTPServer, Int) async throws -> Void
) async throws {
    let group = EventLoopGroup(count: 1)
    let server = HTTPServer(configuration, group: group, handler: handler)
    group.start()
    try server.start()
    let outcome: Result<Void, any Error>
    do {
        outcome = .success(try await body(server, server.addresses[0].port))
    } catch {
        outcome = .failure(error)
    }
    await server.drain(within: .milliseconds(1))
    group.stop()
    group.join()
    try outcome.get()
}

/// A client that writes what it is told, right or wrong, and reads with patience.
final class TestClient {
    private let socket: Int32
    private var received: [UInt8] = []

    /// Long enough for any machine: no test waits so long unless it fails.
    private static let patienceSeconds = 10

    static func canConnect(_ port: Int) -> Bool {
        let probe = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(probe) }
        return connectFour(probe, port) == 0
    }

    init(_ port: Int, receiveBuffer: Int32? = nil, host: String = "127.0.0.1") throws {
        let isSix = host.contains(":")
        socket = Glibc.socket(
            isSix ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        setsockopt(
            socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        if var receiveBuffer {
            setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, 4)
        }
        let connected = isSix ? connectSix(port) : Self.connectFour(socket, port)
        try #require(connected == 0)
    }

    private static func connectFour(_ socket: Int32, _ port: Int) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private func connectSix(_ port: Int) -> Int32 {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = in_port_t(port).bigEndian
        address.sin6_addr = in6addr_loopback
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
    }

    deinit { close(socket) }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                linux_send(socket, bytes.baseAddress! + sent, bytes.count - sent)
            }
            if count <= 0 { return }
            sent += count
        }
    }

    func finishSending() { shutdown(socket, Int32(SHUT_WR)) }

    /// Bytes until `condition` holds, the end of the stream, or the end of patience.
    private func receive(until condition: ([UInt8]) -> Bool) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while !condition(received) {
            let count = recv(socket, &buffer, buffer.count, 0)
            if count <= 0 { return false }
            received += buffer[..<count]
        }
        return true
    }

    /// Everything until the server closes. Nil when it does not, or resets the connection.
    func readToEnd() -> String? {
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            if count == 0 { break }
            if count < 0 { return nil }
            received += buffer[..<count]
        }
        defer { received = [] }
        return String(decoding: received, as: UTF8.self)
    }

    func readBytes(_ count: Int) -> [UInt8] {
        _ = receive { $0.count >= count }
        defer { received.removeFirst(min(count, received.count)) }
        return Array(received.prefix(count))
    }

    func read(through text: String) -> String {
        let wanted = Array(text.utf8)
        var end = 0
        _ = receive { bytes in
            guard let found = firstIndex(of: wanted, in: bytes) else { return false }
            end = found + wanted.count
            return true
        }
        if end == 0 { end = received.count }
        defer { received.removeFirst(end) }
        return String(decoding: received[..<end], as: UTF8.self)
    }

    /// One answer with a `Content-Length` or chunks, or one that ends with its head.
    func readAnswer(toHEAD: Bool = false) -> TestAnswer {
        let head = read(through: "\r\n\r\n")
        var answer = TestAnswer(head: head)
        if toHEAD { return answer }
        if let length = answer["content-length"].flatMap({ Int($0) }) {
            answer.body = String(decoding: readBytes(length), as: UTF8.self)
        } else if answer["transfer-encoding"] == "chunked" {
            answer.body = readChunks()
        }
        return answer
    }

    private func readChunks() -> String {
        var body = ""
        while true {
            let line = read(through: "\r\n")
            guard let size = Int(line.dropLast(), radix: 16) else { return body + "<broken>" }
            body += String(decoding: readBytes(size), as: UTF8.self)
            _ = readBytes(2)
            if size == 0 { return body }
        }
    }

    func get(_ path: String, _ fields: String = "") -> TestAnswer {
        send("GET \(path) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n")
        return readAnswer()
    }
}

struct TestAnswer {
    let head: String
    var body = ""

    init(head: String) { self.head = head }

    var status: Int { Int(head.dropFirst(9).prefix(3)) ?? 0 }

    subscript(name: String) -> String? {
        for line in head.split(separator: "\r\n").dropFirst() where line.hasPrefix(name + ": ") {
            return String(line.dropFirst(name.count + 2))
        }
        return nil
    }
}

private func firstIndex(of part: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= part.count else { return nil }
    return (0...bytes.count - part.count).first { start in
        bytes[start] == part[0] && bytes[start...].starts(with: part)
    }
}

/// Something that happens once and can be waited for.
final class Signal: Sendable {
    private struct State {
        var hasHappened = false
        var waiters: [UnsafeContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func fire() {
        let waiters = state.withLock { state in
            state.hasHappened = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func wait() async {
        await withUnsafeContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.hasHappened { state.waiters.append(continuation) }
                return state.hasHappened
            }
            if isOver { continuation.resume() }
        }
    }
}
