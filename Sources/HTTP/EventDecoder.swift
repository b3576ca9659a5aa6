/// Reads a stream of server-sent events (HTML §9.2.6), whatever pieces it comes in.
///
/// An event ends with an empty line; what comes after the last one is not an event.
package struct EventDecoder: Sendable {
    /// A line, or an event's data, is longer than allowed.
    package struct TooLong: Error, Hashable, Sendable {}

    private let bytesMax: Int
    private var line: [UInt8] = []
    private var endedWithReturn = false
    private var isFirstLine = true
    private var data: [UInt8] = []
    private var hasData = false
    private var event: String?
    private var id: String?
    private var retry: Duration?

    /// `bytesMax` holds for each line and for the data of each event.
    package init(bytesMax: Int = 1 << 20) { self.bytesMax = bytesMax }

    /// The events that end in these bytes.
    package mutating func take(_ bytes: [UInt8]) throws(TooLong) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            let isSecondOfTwo = endedWithReturn && byte == Self.feed
            endedWithReturn = byte == Self.carriageReturn
            if isSecondOfTwo { continue }
            if byte == Self.feed || byte == Self.carriageReturn {
                if let event = try endLine() { events.append(event) }
            } else {
                guard line.count < bytesMax else { throw TooLong() }
                line.append(byte)
            }
        }
        return events
    }

    private mutating func endLine() throws(TooLong) -> ServerSentEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: Self.byteOrderMark) { line.removeFirst(3) }
        }
        if line.isEmpty { return dispatch() }
        let name = line.prefix { $0 != UInt8(ascii: ":") }
        var value = line.dropFirst(name.count + 1)
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        try take(field: String(decoding: name, as: UTF8.self), value)
        return nil
    }

    private mutating func take(field name: String, _ value: ArraySlice<UInt8>) throws(TooLong) {
        switch name {
        case "data":
            guard data.count + value.count < bytesMax else { throw TooLong() }
            if hasData { data.append(Self.feed) }
            data += value
            hasData = true
        case "event": event = String(decoding: value, as: UTF8.self)
        case "id" where !value.contains(0): id = String(decoding: value, as: UTF8.self)
        case "retry": retry = Self.milliseconds(value).map { .milliseconds($0) }
        default: break
        }
    }

    /// An event without data is none. An id stays until another comes.
    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            data.removeAll(keepingCapacity: true)
            (hasData, event, retry) = (false, nil, nil)
        }
        guard hasData else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        return ServerSentEvent(data: text, event: event, id: id, retry: retry)
    }

    private static func milliseconds(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    private static let feed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
}
