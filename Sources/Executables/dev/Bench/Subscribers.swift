import CLinux
import Glibc
import Measuring

/// Many WebSockets that listen to one topic, and when each of them hears of what is written.
final class Subscribers {
    static let count = 10_000

    private let port: Int
    private let topic: String
    private let epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    private var sockets: [Int32] = []

    init(port: Int, topic: String) {
        (self.port, self.topic) = (port, topic)
    }

    deinit {
        for socket in sockets { close(socket) }
        close(epoll)
    }

    /// Opens so many, each of which has been told that it listens.
    func open(_ count: Int) throws {
        for number in 0..<count {
            if number % 500 == 0 { try Interruption.check() }
            let socket = try connect()
            sockets.append(socket)
            try say(socket)
            var text = ""
            while !text.contains(#""type":"ack""#) {
                guard let more = Self.read(socket) else {
                    throw Problem("subscriber \(number + 1) of \(count) is not served: \(text)")
                }
                text += more
            }
            linux_epoll_add(epoll, socket, UInt32(EPOLLIN.rawValue), Self.pointer(to: socket))
        }
    }

    /// Closes all that are open.
    func leave() {
        for socket in sockets { close(socket) }
        sockets = []
    }

    /// How long after `start` each has read `marker`, which stands in one event.
    func hear(_ marker: String, since start: UInt64) throws -> Latencies {
        var latencies = Latencies()
        var events = [epoll_event](repeating: epoll_event(), count: 512)
        var texts: [Int32: String] = [:]
        while latencies.count < sockets.count {
            let ready = epoll_wait(epoll, &events, Int32(events.count), 10_000)
            guard ready > 0 else {
                throw Problem("only \(latencies.count) of \(sockets.count) heard of an event")
            }
            for event in events[..<Int(ready)] {
                let socket = Self.socket(of: event)
                guard let more = Self.read(socket) else { throw Problem("a subscriber was cut") }
                let text = texts.removeValue(forKey: socket).map { $0 + more } ?? more
                if text.contains(marker) {
                    latencies.add(microseconds: Int((Stopwatch.moment - start) / 1000))
                } else {
                    texts[socket] = text
                }
            }
        }
        return latencies
    }

    // MARK: One of them

    private func connect() throws -> Int32 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(
            socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Problem("atrium takes no connection") }
        return socket
    }

    /// The handshake and the first message together.
    private func say(_ socket: Int32) throws {
        let handshake =
            "GET /api/websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        let message = Array(#"{"type":"subscribe","topic":"\#(topic)"}"#.utf8)
        // Masked with zeros, which masks nothing.
        let frame = [0x81, 0x80 | UInt8(message.count), 0, 0, 0, 0] + message
        let bytes = Array(handshake.utf8) + frame
        guard Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw Problem("a subscriber cannot speak")
        }
    }

    private static func read(_ socket: Int32) -> String? {
        var bytes = [UInt8](repeating: 0, count: 16384)
        let count = recv(socket, &bytes, bytes.count, 0)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }

    /// The descriptor itself is what epoll gives back.
    private static func pointer(to socket: Int32) -> UnsafeMutableRawPointer? {
        UnsafeMutableRawPointer(bitPattern: Int(socket))
    }

    private static func socket(of event: epoll_event) -> Int32 {
        Int32(truncatingIfNeeded: Int(bitPattern: event.data.ptr))
    }
}
