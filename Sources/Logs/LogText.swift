import Values

/// Writes lines. Nothing that a line says can end it or begin another: line feeds and all other
/// control characters, those of Unicode included, are escaped.
struct LogText {
    private var bytes: [UInt8] = []

    static func json(_ line: LogLine) -> [UInt8] {
        var text = LogText()
        text.bytes.reserveCapacity(256)
        text.raw("{\"timestamp\":\"")
        text.instant(line.instant)
        text.raw("\",\"level\":\"")
        text.raw(line.level.name)
        text.raw("\",\"message\":")
        text.quoted(line.message)
        if let userID = line.userID { text.member("userId", .string(userID)) }
        if let requestID = line.requestID { text.member("requestId", .string(requestID)) }
        if let duration = line.duration { text.member("duration", .duration(duration)) }
        for (name, value) in line.fields where !has(line, name) {
            text.member(name, value)
        }
        text.raw("}\n")
        return text.bytes
    }

    static func text(_ line: LogLine) -> [UInt8] {
        var text = LogText()
        text.raw(line.instant.description.dropFirst(11).prefix(8))
        text.raw(" ")
        text.raw(line.level.name)
        text.raw(line.level.name.utf8.count < 5 ? "  " : " ")
        text.escaped(line.message)
        if let userID = line.userID { text.pair("userId", .string(userID)) }
        if let requestID = line.requestID { text.pair("requestId", .string(requestID)) }
        if let duration = line.duration { text.pair("duration", .duration(duration)) }
        for (name, value) in line.fields { text.pair(name, value) }
        text.raw("\n")
        return text.bytes
    }

    /// Whether the line says this without its fields. No object has a member twice.
    private static func has(_ line: LogLine, _ name: String) -> Bool {
        switch name {
        case "timestamp", "level", "message": true
        case "userId": line.userID != nil
        case "requestId": line.requestID != nil
        case "duration": line.duration != nil
        default: false
        }
    }

    // MARK: Parts

    private mutating func member(_ name: String, _ value: LogValue) {
        raw(",")
        quoted(name)
        raw(":")
        switch value {
        case .string(let value): quoted(value)
        case .instant(let value):
            raw("\"")
            instant(value)
            raw("\"")
        default: plain(value)
        }
    }

    private mutating func pair(_ name: String, _ value: LogValue) {
        raw(" ")
        escaped(name)
        raw("=")
        switch value {
        case .string(let value) where value.utf8.contains(where: Self.needsQuotes) || value.isEmpty:
            quoted(value)
        case .string(let value): escaped(value)
        case .instant(let value): instant(value)
        case .duration:
            plain(value)
            raw("ms")
        default: plain(value)
        }
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "=")
    }

    /// What JSON and people write alike.
    private mutating func plain(_ value: LogValue) {
        switch value {
        case .integer(let value): raw(String(value))
        case .boolean(let value): raw(value ? "true" : "false")
        case .double(let value): raw(value.isFinite ? "\(value)" : "null")
        case .duration(let value): milliseconds(value)
        case .string, .instant: break
        }
    }

    private mutating func instant(_ instant: Instant) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Instant.textCount) { text in
            instant.write(to: text.baseAddress!)
            bytes.append(contentsOf: text)
        }
    }

    /// Three decimals at most: microseconds. What is longer than a number says is cut to one.
    private mutating func milliseconds(_ duration: Duration) {
        let (seconds, rest) = duration.components
        let limit = Int64.max / 2_000_000
        let micros = min(max(seconds, -limit), limit) * 1_000_000 + rest / 1_000_000_000_000
        if micros < 0 { raw("-") }
        let (whole, fraction) = micros.magnitude.quotientAndRemainder(dividingBy: 1000)
        raw(String(whole))
        guard fraction > 0 else { return }
        var digits = String(fraction + 1000).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        raw(".")
        raw(digits)
    }

    // MARK: Bytes

    private mutating func raw(_ text: some StringProtocol) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func quoted(_ text: String) {
        raw("\"")
        escaped(text, quotes: true)
        raw("\"")
    }

    /// Escapes as JSON does, and what JSON lets pass: delete, the C1 controls, the line separators of
    /// Unicode and the marks that turn the direction of text, all of which a terminal or editor obeys.
    private mutating func escaped(_ text: String, quotes: Bool = false) {
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            var index = 0
            while index < utf8.count {
                if Self.isPlain(utf8, at: index, quotes: quotes) {
                    index += 1
                    continue
                }
                bytes.append(contentsOf: utf8[start..<index])
                index += escape(utf8, at: index)
                start = index
            }
            bytes.append(contentsOf: utf8[start...])
        }
    }

    private static func isPlain(
        _ utf8: UnsafeBufferPointer<UInt8>, at index: Int, quotes: Bool
    ) -> Bool {
        switch utf8[index] {
        case 0..<0x20, 0x7f, UInt8(ascii: "\\"): false
        case UInt8(ascii: "\""): !quotes
        case 0xc2, 0xe2: control(utf8, at: index) == nil
        default: true
        }
    }

    /// Escapes what begins at a byte, and says how many bytes that was.
    private mutating func escape(_ utf8: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let byte = utf8[index]
        if let (scalar, count) = Self.control(utf8, at: index) {
            escape(scalar)
            return count
        }
        if byte < 0x20 || byte == 0x7f {
            escape(UInt16(byte))
        } else {
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        }
        return 1
    }

    /// A control beyond ASCII and the bytes that it takes: U+0080–9F, U+2028–202E, U+2066–2069.
    private static func control(
        _ utf8: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (scalar: UInt16, count: Int)? {
        let rest = utf8[index...]
        if rest.count >= 2, utf8[index] == 0xc2, utf8[index + 1] < 0xa0 {
            return (UInt16(utf8[index + 1]), 2)
        }
        guard rest.count >= 3, utf8[index] == 0xe2 else { return nil }
        switch (utf8[index + 1], utf8[index + 2]) {
        case (0x80, 0xa8...0xae), (0x81, 0xa6...0xa9):
            let low = UInt16(utf8[index + 1] & 0x3f) << 6 | UInt16(utf8[index + 2] & 0x3f)
            return (0x2000 | low, 3)
        default: return nil
        }
    }

    private mutating func escape(_ scalar: UInt16) {
        switch scalar {
        case 0x0a: raw("\\n")
        case 0x0d: raw("\\r")
        case 0x09: raw("\\t")
        default:
            let digits = String(scalar, radix: 16)
            raw("\\u")
            raw(String(repeating: "0", count: 4 - digits.utf8.count))
            raw(digits)
        }
    }
}
