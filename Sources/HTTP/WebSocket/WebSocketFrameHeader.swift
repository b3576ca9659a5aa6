/// The header of a client's frame, read byte by byte (RFC 6455 §5.2), so that it does not matter how
/// it arrives.
struct WebSocketFrameHeader: Sendable {
    /// What is known after a byte.
    enum Outcome { case incomplete, complete, bad }

    private(set) var opcode = WebSocketOpcode.continuation
    private(set) var isFinal = false
    private(set) var length: UInt64 = 0
    /// As it lies in memory: the first byte of the mask is the lowest.
    private(set) var mask: UInt32 = 0

    /// Bytes read, and where the parts after the first two begin.
    private var count = 0
    private var lengthBytes = 0

    mutating func take(_ byte: UInt8) -> Outcome {
        defer { count += 1 }
        switch count {
        case 0: return takeKind(byte)
        case 1: return takeShortLength(byte)
        case 2..<2 + lengthBytes: return takeLength(byte)
        default: return takeMask(byte)
        }
    }

    /// No extension is negotiated, so that all reserved bits are zero.
    private mutating func takeKind(_ byte: UInt8) -> Outcome {
        guard byte & 0x70 == 0, let opcode = WebSocketOpcode(rawValue: byte & 0x0f) else {
            return .bad
        }
        self.opcode = opcode
        isFinal = byte & 0x80 != 0
        return opcode.isControl && !isFinal ? .bad : .incomplete
    }

    /// A client masks every frame (RFC 6455 §5.1).
    private mutating func takeShortLength(_ byte: UInt8) -> Outcome {
        let short = byte & 0x7f
        guard byte & 0x80 != 0, !opcode.isControl || short <= WebSocketFrame.controlBytes else {
            return .bad
        }
        switch short {
        case 126: lengthBytes = 2
        case 127: lengthBytes = 8
        default: length = UInt64(short)
        }
        return .incomplete
    }

    /// 63 bits, and no longer form than the number needs.
    private mutating func takeLength(_ byte: UInt8) -> Outcome {
        if lengthBytes == 8, count == 2, byte & 0x80 != 0 { return .bad }
        length = length << 8 | UInt64(byte)
        guard count == 1 + lengthBytes else { return .incomplete }
        return length <= (lengthBytes == 2 ? 125 : 0xffff) ? .bad : .incomplete
    }

    private mutating func takeMask(_ byte: UInt8) -> Outcome {
        let place = count - 2 - lengthBytes
        mask |= UInt32(byte) << UInt32(8 * place)
        return place == 3 ? .complete : .incomplete
    }
}
