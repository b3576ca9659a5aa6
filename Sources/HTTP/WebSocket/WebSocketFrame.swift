/// A message as it goes over the wire to clients: made once, sent to any number of sockets without
/// being copied, since a server does not mask (RFC 6455 §5.1).
///
/// A message is one frame, however long it is: fragments are for senders that do not know the end.
package struct WebSocketFrame: Hashable, Sendable {
    package let bytes: [UInt8]

    package static func text(_ text: String) -> WebSocketFrame {
        var text = text
        return text.withUTF8 { WebSocketFrame(.text, UnsafeRawBufferPointer($0)) }
    }

    package static func binary(_ bytes: [UInt8]) -> WebSocketFrame {
        WebSocketFrame(.binary, bytes)
    }

    /// `bytes` are UTF-8: what a JSON coder wrote, or the text of a message that came in.
    package static func text(utf8 bytes: [UInt8]) -> WebSocketFrame {
        WebSocketFrame(.text, bytes)
    }

    /// Sends a message back as it came.
    package init(_ message: WebSocketMessage) {
        self.init(message.kind == .text ? .text : .binary, message.bytes)
    }

    // MARK: Control frames

    package static func ping() -> WebSocketFrame { WebSocketFrame(.ping, []) }

    package static func pong(_ payload: [UInt8]) -> WebSocketFrame {
        WebSocketFrame(.pong, payload)
    }

    /// A reason that is too long for a control frame is cut between two characters.
    package static func close(
        _ code: WebSocketCloseCode?, _ reason: String = ""
    ) -> WebSocketFrame {
        guard let code, WebSocketCloseCode(onWire: code.code) != nil else {
            return WebSocketFrame(.close, [])
        }
        var payload = [UInt8(code.code >> 8), UInt8(code.code & 0xff)]
        for character in reason {
            guard payload.count + character.utf8.count <= Self.controlBytes else { break }
            payload += character.utf8
        }
        return WebSocketFrame(.close, payload)
    }

    /// The longest payload of a control frame.
    static let controlBytes = 125

    // MARK: Bytes

    private init(_ opcode: WebSocketOpcode, _ payload: [UInt8]) {
        self = payload.withUnsafeBytes { WebSocketFrame(opcode, $0) }
    }

    /// The header in the shortest form, then the payload (RFC 6455 §5.2).
    private init(_ opcode: WebSocketOpcode, _ payload: UnsafeRawBufferPointer) {
        let count = payload.count
        let lengthBytes = count <= Self.controlBytes ? 0 : count <= 0xffff ? 2 : 8
        bytes = [UInt8](unsafeUninitializedCapacity: 2 + lengthBytes + count) { buffer, filled in
            buffer[0] = 0x80 | opcode.rawValue
            buffer[1] = lengthBytes == 0 ? UInt8(count) : lengthBytes == 2 ? 126 : 127
            for index in 0..<lengthBytes {
                let shift = 8 * (lengthBytes - 1 - index)
                buffer[2 + index] = UInt8(truncatingIfNeeded: count >> shift)
            }
            let rest = UnsafeMutableRawBufferPointer(
                rebasing: UnsafeMutableRawBufferPointer(buffer)[(2 + lengthBytes)...])
            rest.copyMemory(from: payload)
            filled = 2 + lengthBytes + count
        }
    }
}

/// What a frame is (RFC 6455 §5.2); all other numbers are reserved.
enum WebSocketOpcode: UInt8, Sendable {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10

    /// Control frames are short, whole and may come between the fragments of a message.
    var isControl: Bool { rawValue >= 8 }
}
