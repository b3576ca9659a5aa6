/// Takes the frames of a client apart as they arrive and puts its messages together (RFC 6455 §5).
///
/// What may not be is told at the first byte that shows it: a reserved bit or opcode, a frame without
/// mask, a length in more bytes than it needs, a control frame that is long or in fragments, a
/// fragment without a beginning, text that is not UTF-8, a message beyond the limit.
package struct WebSocketDecoder: Sendable {
    /// What the bytes at hand turned out to be.
    package enum Event: Equatable, Sendable {
        /// All bytes are used up.
        case more
        case message(WebSocketMessage)
        case ping([UInt8])
        case pong([UInt8])
        /// The code is nil when the frame has none. What comes after it is ignored.
        case close(WebSocketCloseCode?, reason: String)
        /// Close with this code. What comes after it is ignored.
        case fail(WebSocketCloseCode)
    }

    private enum Place { case header, payload, over }

    private let messageBytes: Int
    private var place = Place.header
    private var header = WebSocketFrameHeader()
    /// Of the frame's payload; the mask turned so that its first byte is for the next.
    private var remaining = 0
    private var mask: UInt32 = 0

    /// The kind of the message that is not whole yet.
    private var kind: WebSocketMessage.Kind?
    private var message: [UInt8] = []
    private var check = UTF8Check()
    private var control: [UInt8] = []

    /// `messageBytes` is the longest message, all its fragments together.
    package init(messageBytes: Int) { self.messageBytes = messageBytes }

    /// Some of a message has come, but not all of it.
    package var isWithinMessage: Bool { kind != nil }

    /// Goes on from `index` to the next event or to where bytes run out.
    package mutating func next(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int
    ) -> Event {
        while index < bytes.count {
            let event: Event?
            switch place {
            case .header:
                event = readHeader(bytes[index])
                index += 1
            case .payload:
                let end = index + min(remaining, bytes.count - index)
                event = readPayload(UnsafeBufferPointer(rebasing: bytes[index..<end]))
                index = end
            case .over:
                index = bytes.count
                event = nil
            }
            if let event { return event }
        }
        return .more
    }

    private mutating func fail(_ code: WebSocketCloseCode) -> Event {
        place = .over
        (message, control, kind) = ([], [], nil)
        return .fail(code)
    }

    // MARK: Headers

    private mutating func readHeader(_ byte: UInt8) -> Event? {
        switch header.take(byte) {
        case .incomplete: return nil
        case .bad: return fail(.protocolError)
        case .complete: return beginPayload()
        }
    }

    private mutating func beginPayload() -> Event? {
        if !header.opcode.isControl, let failure = beginData() { return failure }
        // A control frame is short, and a message's frame within the limit, so that both fit.
        remaining = Int(header.length)
        mask = header.mask
        place = .payload
        return remaining == 0 ? endFrame() : nil
    }

    private mutating func beginData() -> Event? {
        switch header.opcode {
        case .continuation: if kind == nil { return fail(.protocolError) }
        default:
            if kind != nil { return fail(.protocolError) }
            kind = header.opcode == .text ? .text : .binary
            check = UTF8Check()
        }
        let room = max(0, messageBytes - message.count)
        return header.length > UInt64(room) ? fail(.messageTooBig) : nil
    }

    // MARK: Payloads

    private mutating func readPayload(_ bytes: UnsafeBufferPointer<UInt8>) -> Event? {
        remaining -= bytes.count
        if header.opcode.isControl {
            control.append(bytes, unmaskedBy: mask)
        } else {
            let start = message.count
            message.append(bytes, unmaskedBy: mask)
            guard isText(from: start) else { return fail(.invalidData) }
        }
        mask = mask.turned(by: bytes.count)
        return remaining == 0 ? endFrame() : nil
    }

    /// Whether what was added to the message can be text, if it has to be.
    private mutating func isText(from start: Int) -> Bool {
        guard kind == .text else { return true }
        return message.withUnsafeBytes { bytes in
            check.accept(UnsafeRawBufferPointer(rebasing: bytes[start...]))
        }
    }

    private mutating func endFrame() -> Event? {
        let (opcode, isFinal) = (header.opcode, header.isFinal)
        place = .header
        header = WebSocketFrameHeader()
        if opcode.isControl {
            defer { control = [] }
            switch opcode {
            case .ping: return .ping(control)
            case .pong: return .pong(control)
            default: return readClose()
            }
        }
        return isFinal ? endMessage() : nil
    }

    private mutating func endMessage() -> Event? {
        guard let kind else { return nil }
        guard kind == .binary || check.isBetweenCharacters else { return fail(.invalidData) }
        let whole = WebSocketMessage(kind, message)
        (message, self.kind) = ([], nil)
        return .message(whole)
    }

    /// No payload, or a code and a reason (RFC 6455 §5.5.1).
    private mutating func readClose() -> Event {
        let payload = control
        guard payload.count != 1 else { return fail(.protocolError) }
        guard payload.count > 1 else { return end(.close(nil, reason: "")) }
        guard let code = WebSocketCloseCode(onWire: UInt16(payload[0]) << 8 | UInt16(payload[1]))
        else { return fail(.protocolError) }
        guard let reason = String(validating: payload[2...], as: UTF8.self) else {
            return fail(.invalidData)
        }
        return end(.close(code, reason: reason))
    }

    private mutating func end(_ event: Event) -> Event {
        place = .over
        (message, kind) = ([], nil)
        return event
    }
}
