import CLinux
import DatabaseTesting
import Glibc
import Measuring

/// Many WebSockets that listen to one topic, and when each of them hears of what is written.
final class Subscribers {
    static let count = 10_000

    private let port: Int
    private let topic: String
    private let epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    private var sockets: [Int32: LoopbackSocket] = [:]

    init(port: Int, topic: String) {
        (self.port, self.topic) = (port, topic)
    }

    deinit { close(epoll) }

    /// Opens so many, each of which has been told that it listens.
    func open(_ count: Int) throws {
        for number in 0..<count {
            if number % 500 == 0 { try Interruption.check() }
            let socket = try LoopbackSocket(port: port, patience: .seconds(30))
            let id = socket.descriptor
            sockets[id] = socket
            try socket.send(greeting)
            var text = ""
            while !text.contains(#""type":"ack""#) {
                guard let more = Self.read(socket) else {
                    throw Problem("subscriber \(number + 1) of \(count) is not served: \(text)")
                }
                text += more
            }
            linux_epoll_add(epoll, id, UInt32(EPOLLIN.rawValue), Self.pointer(to: id))
        }
    }

    /// Closes all that are open.
    func leave() { sockets = [:] }

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
                let id = Self.id(of: event)
                guard let more = sockets[id].flatMap(Self.read) else {
                    throw Problem("a subscriber was cut")
                }
                let text = texts.removeValue(forKey: id).map { $0 + more } ?? more
                if text.contains(marker) {
                    latencies.add(microseconds: Int((Stopwatch.moment - start) / 1000))
                } else {
                    texts[id] = text
                }
            }
        }
        return latencies
    }

    // MARK: One of them

    /// The handshake and the first message together.
    private var greeting: [UInt8] {
        let handshake =
            "GET /api/websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        let message = Array(#"{"type":"subscribe","topic":"\#(topic)"}"#.utf8)
        // Masked with zeros, which masks nothing.
        return Array(handshake.utf8) + [0x81, 0x80 | UInt8(message.count), 0, 0, 0, 0] + message
    }

    private static func read(_ socket: LoopbackSocket) -> String? {
        (try? socket.receive(16384)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The descriptor itself is what epoll gives back.
    private static func pointer(to id: Int32) -> UnsafeMutableRawPointer? {
        UnsafeMutableRawPointer(bitPattern: Int(id))
    }

    private static func id(of event: epoll_event) -> Int32 {
        Int32(truncatingIfNeeded: Int(bitPattern: event.data.ptr))
    }
}
