import Coding
import DatabaseTesting
import Glibc
import Testing

/// A WebSocket to a server on this machine, frame by frame: it can say what no honest client would.
final class LiveSocket {
    /// A frame as it came.
    struct Frame {
        let opcode: UInt8
        let payload: [UInt8]

        var json: JSON? { opcode == 1 ? try? JSON(parsing: payload) : nil }

        /// `1008 RATE_LIMITED: …` of a close frame.
        var closing: (code: Int, reason: String)? {
            guard opcode == 8, payload.count > 1 else { return nil }
            return (
                Int(payload[0]) << 8 | Int(payload[1]),
                String(decoding: payload[2...], as: UTF8.self)
            )
        }
    }

    private let socket: LoopbackSocket
    private var buffer: [UInt8] = []
    private var position = 0

    /// `receives` bounds what the kernel keeps for a client that does not read.
    init(port: Int, bearer token: String? = nil, receives: Int32? = nil) throws {
        socket = try LoopbackSocket(port: port, receives: receives)
        let authorization = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        try send(
            Array(
                ("GET /api/websocket HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\(authorization)\r\n").utf8))
        try readHead()
    }

    private func readHead() throws {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual([13, 10, 13, 10]) { head.append(try byte()) }
        let text = String(decoding: head, as: UTF8.self)
        guard text.hasPrefix("HTTP/1.1 101 ") else { throw LoopbackSocket.Broken(call: text) }
    }

    // MARK: Saying

    func send(_ bytes: [UInt8]) throws { try socket.send(bytes) }

    func say(_ json: JSON) throws { try send(Self.frame(1, json.bytes())) }

    /// A masked frame, or one as told by its first byte.
    static func frame(
        _ opcode: UInt8, _ payload: [UInt8] = [], isLast: Bool = true, isMasked: Bool = true
    ) -> [UInt8] {
        let mask: [UInt8] = [1, 2, 3, 4]
        let high: UInt8 = isMasked ? 0x80 : 0
        var bytes = [(isLast ? 0x80 : 0) | opcode]
        switch payload.count {
        case ..<126: bytes.append(high | UInt8(payload.count))
        case ..<65_536:
            bytes += [high | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xff)]
        default:
            bytes.append(high | 127)
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
        }
        guard isMasked else { return bytes + payload }
        return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
    }

    // MARK: Hearing

    /// Throws when the connection has ended.
    func next() throws -> Frame {
        let head = [try byte(), try byte()]
        var count = Int(head[1] & 0x7f)
        if count > 125 {
            let lengthBytes = count == 126 ? 2 : 8
            count = 0
            for _ in 0..<lengthBytes { count = count << 8 | Int(try byte()) }
        }
        var payload: [UInt8] = []
        payload.reserveCapacity(count)
        while payload.count < count {
            if position == buffer.count { try fill() }
            let some = min(count - payload.count, buffer.count - position)
            payload += buffer[position..<position + some]
            position += some
        }
        return Frame(opcode: head[0] & 0x0f, payload: payload)
    }

    /// The next message of a type; pings are passed over, and the end is thrown.
    func next(_ type: String) throws -> JSON {
        while true {
            let frame = try next()
            if let closing = frame.closing { throw LoopbackSocket.Broken(call: "\(closing)") }
            if let json = frame.json, json["type"]?.asString == type { return json }
        }
    }

    /// How the server closes it; all before that is passed over.
    func closing() throws -> (code: Int, reason: String) {
        while true {
            if let closing = try next().closing { return closing }
        }
    }

    /// Whether something came that was not read yet.
    var hasSome: Bool {
        var byte: UInt8 = 0
        return position < buffer.count
            || recv(socket.descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) > 0
    }

    private func byte() throws -> UInt8 {
        if position == buffer.count { try fill() }
        position += 1
        return buffer[position - 1]
    }

    private func fill() throws { (buffer, position) = (try socket.receive(), 0) }
}
