/// How the end of a request's body is found (RFC 9112 §6.3).
package enum BodyFraming: Hashable, Sendable {
    case none
    case length(Int)
    case chunked
}

/// What the parser found in a head, as offsets into its bytes.
package struct ParsedHead: Equatable, Sendable {
    var method = 0..<0
    var target = TargetSlots()
    var isHTTP10 = false
    var start = 0
    var fieldCount = 0

    package internal(set) var framing = BodyFraming.none
    package internal(set) var keepsAlive = true
    package internal(set) var expectsContinue = false
    /// Bytes of the head with its empty last line.
    package internal(set) var length = 0

    package init() {}
}

/// Reads the head of a request (RFC 9112 §2 to §6): a pure function over bytes that allocates
/// nothing.
///
/// Strict, since what two servers read differently is how requests are smuggled: no bare CR, LF or
/// NUL, no folded lines, no blank before a colon, exactly one `Host`, one `Content-Length` of digits
/// only, no transfer coding but `chunked`, never both. Bytes are judged from left to right, so the
/// verdict is the same however they are split on arrival.
package struct HeadParser {
    /// What the bytes so far are; `bad` carries the status to refuse them with.
    package enum Outcome: Equatable, Sendable {
        case incomplete
        case head
        case bad(Status)
    }

    /// Longest method; IANA's longest has 17 letters.
    static let methodBytes = 32
    /// Empty lines before a request line that old clients send after a body (RFC 9112 §2.2).
    static let leadingLines = 2

    private let limits: HTTPLimits
    private var parsed = ParsedHead()
    private var index = 0
    private var hosts = 0
    private var hasLength = false
    private var hasCoding = false
    private var host = 0..<0

    private init(limits: HTTPLimits) { self.limits = limits }

    /// `slots` has room for `limits.fields`. `head` is set when the outcome is one.
    package static func parse(
        _ bytes: Span<UInt8>, limits: HTTPLimits, slots: UnsafeMutableBufferPointer<FieldSlot>,
        into head: inout ParsedHead
    ) -> Outcome {
        var parser = HeadParser(limits: limits)
        let isLong = bytes.count >= limits.headBytes
        let outcome = parser.parse(isLong ? bytes.extracting(0..<limits.headBytes) : bytes, slots)
        head = parser.parsed
        return outcome == .incomplete && isLong ? .bad(.fieldsTooLarge) : outcome
    }

    private mutating func parse(
        _ bytes: Span<UInt8>, _ slots: UnsafeMutableBufferPointer<FieldSlot>
    ) -> Outcome {
        if let outcome = skipLeadingLines(bytes) { return outcome }
        if let outcome = parseMethod(bytes) { return outcome }
        if let outcome = parseTarget(bytes) { return outcome }
        if let outcome = parseVersion(bytes) { return outcome }
        while true {
            if index == bytes.count { return .incomplete }
            if bytes[index] == .carriageReturn { return parseEnd(bytes) }
            if let outcome = parseField(bytes, slots) { return outcome }
        }
    }

    // MARK: Request line

    private mutating func skipLeadingLines(_ bytes: Span<UInt8>) -> Outcome? {
        var lines = 0
        while true {
            guard index < bytes.count else { return .incomplete }
            guard bytes[index] == .carriageReturn else { break }
            lines += 1
            if lines > Self.leadingLines { return .bad(.badRequest) }
            guard index + 1 < bytes.count else { return .incomplete }
            guard bytes[index + 1] == .lineFeed else { return .bad(.badRequest) }
            index += 2
        }
        parsed.start = index
        return nil
    }

    private mutating func parseMethod(_ bytes: Span<UInt8>) -> Outcome? {
        let start = index
        while index < bytes.count, Token.contains(bytes[index]) {
            index += 1
            if index - start > Self.methodBytes { return .bad(.notImplemented) }
        }
        guard index < bytes.count else { return .incomplete }
        guard bytes[index] == .space, index > start else { return .bad(.badRequest) }
        parsed.method = start..<index
        index += 1
        return nil
    }

    private mutating func parseTarget(_ bytes: Span<UInt8>) -> Outcome? {
        let start = index
        let longest = min(bytes.count, start + limits.targetBytes + 1)
        var mark = -1
        while index < longest {
            let byte = bytes[index]
            if byte &- 0x21 > 0x7e - 0x21 || byte == UInt8(ascii: "#") { break }
            if byte == UInt8(ascii: "?"), mark < 0 { mark = index }
            index += 1
        }
        if index - start > limits.targetBytes { return .bad(.uriTooLong) }
        guard index < bytes.count else { return .incomplete }
        guard bytes[index] == .space else { return .bad(.badRequest) }
        let end = mark < 0 ? index : mark
        parsed.target.path = start..<end
        parsed.target.query = mark < 0 ? nil : mark + 1..<index
        index += 1
        return judgeTarget(bytes)
    }

    /// Origin form, `*` for OPTIONS, or absolute form of http and https. CONNECT is for proxies.
    private mutating func judgeTarget(_ bytes: Span<UInt8>) -> Outcome? {
        let path = parsed.target.path
        if bytes.matches(parsed.method, "CONNECT") { return .bad(.notImplemented) }
        guard !path.isEmpty else { return .bad(.badRequest) }
        if bytes[path.lowerBound] == .slash { return nil }
        if bytes.matches(path, "*") {
            let isPlain = parsed.target.query == nil && bytes.matches(parsed.method, "OPTIONS")
            return isPlain ? nil : .bad(.badRequest)
        }
        for scheme: StaticString in ["http://", "https://"]
        where bytes.hasPrefix(path, scheme) {
            let start = path.lowerBound + scheme.utf8CodeUnitCount
            var end = start
            while end < path.upperBound, bytes[end] != .slash { end += 1 }
            guard bytes.isAuthority(start..<end) else { return .bad(.badRequest) }
            parsed.target.authority = start..<end
            parsed.target.path = end..<path.upperBound
            return nil
        }
        return .bad(.badRequest)
    }

    private mutating func parseVersion(_ bytes: Span<UInt8>) -> Outcome? {
        let form: StaticString = "HTTP/d.d\r\n"
        let start = index
        for offset in 0..<form.utf8CodeUnitCount {
            guard index < bytes.count else { return .incomplete }
            let expected = form.utf8Start[offset]
            let byte = bytes[index]
            guard expected == UInt8(ascii: "d") ? byte.isDigit : byte == expected else {
                return .bad(.badRequest)
            }
            index += 1
        }
        let (major, minor) = (bytes[start + 5], bytes[start + 7])
        guard major == UInt8(ascii: "1"), minor <= UInt8(ascii: "1") else {
            return .bad(.versionNotSupported)
        }
        parsed.isHTTP10 = minor == UInt8(ascii: "0")
        parsed.keepsAlive = !parsed.isHTTP10
        return nil
    }

    // MARK: Fields

    private mutating func parseField(
        _ bytes: Span<UInt8>, _ slots: UnsafeMutableBufferPointer<FieldSlot>
    ) -> Outcome? {
        guard parsed.fieldCount < min(limits.fields, slots.count) else {
            return .bad(.fieldsTooLarge)
        }
        let start = index
        while index < bytes.count, Token.contains(bytes[index]) { index += 1 }
        guard index < bytes.count else { return .incomplete }
        guard bytes[index] == .colon, index > start else { return .bad(.badRequest) }
        let name = start..<index
        guard name.count <= Int(UInt16.max) else { return .bad(.fieldsTooLarge) }
        index += 1
        while index < bytes.count, bytes[index].isBlank { index += 1 }
        let valueStart = index
        index = bytes.endOfFieldContent(from: index)
        guard index < bytes.count else { return .incomplete }
        guard bytes[index] == .carriageReturn else { return .bad(.badRequest) }
        var valueEnd = index
        while valueEnd > valueStart, bytes[valueEnd - 1].isBlank { valueEnd -= 1 }
        guard index + 1 < bytes.count else { return .incomplete }
        guard bytes[index + 1] == .lineFeed else { return .bad(.badRequest) }
        index += 2
        slots[parsed.fieldCount] = FieldSlot(
            nameStart: start, nameLength: name.count, valueStart: valueStart,
            valueLength: valueEnd - valueStart)
        parsed.fieldCount += 1
        return judgeField(bytes, name, valueStart..<valueEnd)
    }

    /// The few fields that decide where a request ends and whether another may follow.
    private mutating func judgeField(
        _ bytes: Span<UInt8>, _ name: Range<Int>, _ value: Range<Int>
    ) -> Outcome? {
        switch name.count {
        case 4 where bytes.matches(name, ignoringCase: "host"):
            hosts += 1
            host = value
            return hosts > 1 || !bytes.isAuthority(value) ? .bad(.badRequest) : nil
        case 6 where bytes.matches(name, ignoringCase: "expect"):
            parsed.expectsContinue = bytes.matches(value, ignoringCase: "100-continue")
            return parsed.expectsContinue ? nil : .bad(.expectationFailed)
        case 10 where bytes.matches(name, ignoringCase: "connection"):
            judgeConnection(bytes, value)
            return nil
        case 14 where bytes.matches(name, ignoringCase: "content-length"):
            return judgeLength(bytes, value)
        case 17 where bytes.matches(name, ignoringCase: "transfer-encoding"):
            return judgeCoding(bytes, value)
        default:
            return nil
        }
    }

    /// A list of tokens. `close` wins over `keep-alive`, wherever either stands.
    private mutating func judgeConnection(_ bytes: Span<UInt8>, _ value: Range<Int>) {
        var start = value.lowerBound
        while start < value.upperBound {
            var end = start
            while end < value.upperBound, bytes[end] != .comma { end += 1 }
            let token = bytes.trimming(start..<end)
            if bytes.matches(token, ignoringCase: "close") {
                closes = true
            } else if bytes.matches(token, ignoringCase: "keep-alive") {
                parsed.keepsAlive = true
            }
            start = end + 1
        }
        if closes { parsed.keepsAlive = false }
    }

    private var closes = false

    private mutating func judgeLength(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Outcome? {
        guard !hasLength, !hasCoding, (1...18).contains(value.count) else {
            return .bad(.badRequest)
        }
        var length = 0
        for index in value {
            guard bytes[index].isDigit else { return .bad(.badRequest) }
            length = length * 10 + Int(bytes[index] & 15)
        }
        hasLength = true
        parsed.framing = length == 0 ? .none : .length(length)
        return nil
    }

    private mutating func judgeCoding(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Outcome? {
        guard !hasLength, !hasCoding, !parsed.isHTTP10 else { return .bad(.badRequest) }
        guard bytes.matches(value, ignoringCase: "chunked") else { return .bad(.notImplemented) }
        hasCoding = true
        parsed.framing = .chunked
        return nil
    }

    // MARK: End

    private mutating func parseEnd(_ bytes: Span<UInt8>) -> Outcome {
        guard index + 1 < bytes.count else { return .incomplete }
        guard bytes[index + 1] == .lineFeed else { return .bad(.badRequest) }
        guard hosts == 1 || parsed.isHTTP10 else { return .bad(.badRequest) }
        if let authority = parsed.target.authority, hosts == 1 {
            guard bytes.equalsIgnoringCase(authority, host) else { return .bad(.badRequest) }
        }
        if parsed.isHTTP10 { parsed.expectsContinue = false }
        parsed.length = index + 2
        return .head
    }
}
