import HTTP

/// The frames of a client, right or wrong, written by other hands than the server's.
enum ClientFrame {
    /// How many bytes say the length.
    enum LengthForm { case shortest, two, eight }

    static func bytes(
        _ opcode: UInt8, _ payload: [UInt8] = [], final: Bool = true, reserved: UInt8 = 0,
        mask: [UInt8]? = [0x37, 0xfa, 0x21, 0x3d], form: LengthForm = .shortest,
        length: UInt64? = nil
    ) -> [UInt8] {
        let count = length ?? UInt64(payload.count)
        let first = (final ? 0x80 : 0) | reserved << 4 | opcode
        let masked: UInt8 = mask == nil ? 0 : 0x80
        var bytes = [first]
        switch (form, count) {
        case (.shortest, ..<126): bytes.append(masked | UInt8(count))
        case (.two, _), (.shortest, ..<65_536): bytes += [masked | 126] + bigEndian(count, 2)
        default: bytes += [masked | 127] + bigEndian(count, 8)
        }
        guard let mask else { return bytes + payload }
        return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
    }

    private static func bigEndian(_ number: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * (count - 1 - $0))) }
    }

    static func text(_ text: String, final: Bool = true) -> [UInt8] {
        bytes(1, Array(text.utf8), final: final)
    }

    static func more(_ text: String, final: Bool) -> [UInt8] {
        bytes(0, Array(text.utf8), final: final)
    }

    static func ping(_ text: String = "") -> [UInt8] { bytes(9, Array(text.utf8)) }
    static func pong(_ text: String = "") -> [UInt8] { bytes(10, Array(text.utf8)) }

    static func close(_ code: UInt16? = nil, _ reason: [UInt8] = []) -> [UInt8] {
        guard let code else { return bytes(8) }
        return bytes(8, [UInt8(code >> 8), UInt8(code & 0xff)] + reason)
    }
}

/// A WebSocket without a socket: feeds bytes and time to the state and writes down what it asks for.
struct WebSocketExchange {
    private(set) var state: WebSocketState
    private(set) var log: [String] = []
    private var now: UInt64 = 0

    init(_ adjust: (inout WebSocketLimits) -> Void = { _ in }) {
        var limits = WebSocketLimits()
        adjust(&limits)
        state = WebSocketState(rules: WebSocketRules(limits), now: 0)
    }

    mutating func feed(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while true {
                switch state.next(bytes, &index, now: now) {
                case .wait: return
                case .again: break
                case .message(let message): log.append(Self.line(message))
                case .pong(let payload): log.append("pong \(Self.line(payload))")
                case .finish(let frame): finish(frame)
                }
            }
        }
    }

    mutating func feed(_ bytes: [UInt8], inPiecesOf size: Int) {
        for start in stride(from: 0, to: bytes.count, by: size) {
            feed(Array(bytes[start..<min(start + size, bytes.count)]))
        }
    }

    /// The server closes.
    mutating func close(_ code: WebSocketCloseCode, _ reason: String = "") {
        state.beginClosing(WebSocketEnd(code, reason, isClean: false), now)
    }

    mutating func pause() { state.pause() }
    mutating func resume() { state.resume(now) }
    mutating func outputWaits() { state.outputWaits(now) }
    mutating func outputIsSent() { state.outputIsSent() }

    mutating func pass(_ seconds: Int) {
        now += UInt64(seconds) * 1_000_000_000
        switch state.expire(now) {
        case .none: break
        case .ping: log.append("ping")
        case .finish(let frame): finish(frame)
        case .close: log.append("cut")
        }
    }

    private mutating func finish(_ frame: WebSocketFrame?) {
        guard let payload = frame?.bytes.dropFirst(2) else { return log.append("over") }
        guard payload.count > 1 else { return log.append("close") }
        let code = Int(payload[2]) << 8 | Int(payload[3])
        let reason = String(decoding: payload.dropFirst(2), as: UTF8.self)
        log.append(reason.isEmpty ? "close \(code)" : "close \(code) \(reason)")
    }

    private static func line(_ message: WebSocketMessage) -> String {
        switch message.kind {
        case .text: "text \(line(message.bytes))"
        case .binary: "binary \(line(message.bytes))"
        }
    }

    private static func line(_ bytes: [UInt8]) -> String {
        if bytes.count > 60 { return "of \(bytes.count)" }
        return String(validating: bytes, as: UTF8.self) ?? "\(bytes)"
    }
}
