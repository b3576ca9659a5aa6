import HTTP
import Values

/// What a client may say, with the frames it says it in and the steps that must come of them.
struct Conversation {
    private(set) var bytes: [UInt8] = []
    private(set) var steps: [WebSocketState.Step] = []

    private static let texts = [
        "", "a", "Hello", "κόσμε", "\u{7ff}\u{800}\u{ffff}\u{10000}\u{10ffff}",
        "{\"type\":\"ping\"}",
    ]
    private static let sizes = [0, 1, 7, 8, 9, 124, 125, 126, 127, 300, 65_535, 65_536, 70_000]

    init(_ random: inout SeededNumbers) {
        for _ in 0...random.below(4) { add(&random) }
        if random.below(3) == 0 {
            let payload: [UInt8] = random.below(2) == 0 ? [] : [0x03, 0xe8] + Array("bye".utf8)
            frame(8, payload, isFinal: true, &random)
            steps.append(.finish(payload.isEmpty ? .close(nil) : .close(.normal)))
        }
    }

    private mutating func add(_ random: inout SeededNumbers) {
        switch random.below(5) {
        case 0: ping(&random)
        case 1: frame(10, random.bytes(random.below(126)), isFinal: true, &random)
        case 2: message(.binary, random.bytes(size(&random)), &random)
        default:
            var text = Self.texts[random.below(Self.texts.count)]
            if random.below(8) == 0 { text = String(repeating: text, count: 60) }
            message(.text, Array(text.utf8), &random)
        }
    }

    private func size(_ random: inout SeededNumbers) -> Int {
        // The long ones cost the most time and differ the least.
        Self.sizes[random.below(random.below(16) == 0 ? Self.sizes.count : 9)]
    }

    private mutating func ping(_ random: inout SeededNumbers) {
        let payload = random.bytes(random.below(126))
        frame(9, payload, isFinal: true, &random)
        steps.append(.pong(payload))
    }

    /// In fragments that are cut anywhere, with control frames between them.
    private mutating func message(
        _ kind: WebSocketMessage.Kind, _ payload: [UInt8], _ random: inout SeededNumbers
    ) {
        var opcode: UInt8 = kind == .text ? 1 : 2
        var start = 0
        while random.below(3) == 0 {
            let end = start + random.below(payload.count - start + 1)
            frame(opcode, Array(payload[start..<end]), isFinal: false, &random)
            if random.below(3) == 0 { ping(&random) }
            (opcode, start) = (0, end)
        }
        frame(opcode, Array(payload[start...]), isFinal: true, &random)
        steps.append(.message(WebSocketMessage(kind, payload)))
    }

    private mutating func frame(
        _ opcode: UInt8, _ payload: [UInt8], isFinal: Bool, _ random: inout SeededNumbers
    ) {
        bytes.append(opcode | (isFinal ? 0x80 : 0))
        let count = payload.count
        if count < 126 {
            bytes.append(0x80 | UInt8(count))
        } else if count < 65_536 {
            bytes += [0xfe, UInt8(count >> 8), UInt8(count & 0xff)]
        } else {
            bytes += [0xff] + (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) }
        }
        let mask = random.bytes(4)
        bytes += mask
        bytes += payload.enumerated().map { $1 ^ mask[$0 % 4] }
    }
}
