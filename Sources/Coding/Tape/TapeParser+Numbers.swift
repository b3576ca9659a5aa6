extension TapeParser {
    mutating func number() throws(Failure) {
        let start = index
        let number = try NumberShape(bytes, index, end)
        index = number.end
        if index &- start > limits.numberBytes { throw failure(.numberTooLong) }
        if number.mayBeInfinite, !readDouble(bytes + start, index &- start).isFinite {
            throw failure(.numberTooLarge)
        }
        tape.pointee.append(
            span(start, index, .number, number.isInteger ? .integer : []))
    }
}

/// Where a number of the JSON grammar ends, and what it is like.
struct NumberShape {
    private(set) var end: Int
    private(set) var isInteger = true
    private(set) var mayBeInfinite = false

    /// Digits before the point that no `Double` can be too small for.
    private static let alwaysFinite = 300

    @inline(__always)
    init(_ bytes: Bytes, _ start: Int, _ limit: Int) throws(JSONSyntaxError) {
        end = start
        if bytes[end] == .minus {
            end &+= 1
            guard end < limit, bytes[end].isDigit else {
                throw JSONSyntaxError(.badNumber, at: end)
            }
        }
        if bytes[end] == .zero { end &+= 1 } else { skipDigits(bytes, limit) }
        mayBeInfinite = end &- start > Self.alwaysFinite
        guard end < limit else { return }
        if bytes[end] == .point {
            isInteger = false
            end &+= 1
            try digits(bytes, limit)
        }
        if end < limit, bytes[end] | 0x20 == .lowerE { try exponent(bytes, limit) }
    }

    private mutating func exponent(_ bytes: Bytes, _ limit: Int) throws(JSONSyntaxError) {
        isInteger = false
        mayBeInfinite = true
        end &+= 1
        if end < limit, bytes[end] == .plus || bytes[end] == .minus { end &+= 1 }
        try digits(bytes, limit)
    }

    @inline(__always)
    private mutating func skipDigits(_ bytes: Bytes, _ limit: Int) {
        while end < limit, bytes[end].isDigit { end &+= 1 }
    }

    /// One or more.
    @inline(__always)
    private mutating func digits(_ bytes: Bytes, _ limit: Int) throws(JSONSyntaxError) {
        guard end < limit, bytes[end].isDigit else { throw JSONSyntaxError(.badNumber, at: end) }
        skipDigits(bytes, limit)
    }

    /// Bytes of a number in a text.
    private static let looseMax = 64

    /// A text that is a number as a whole, as in a query. Nil where it is none.
    init?(whole text: UnsafeBufferPointer<UInt8>) {
        guard let bytes = text.baseAddress, (1...Self.looseMax).contains(text.count),
            bytes[0] == .minus || bytes[0].isDigit,
            let shape = try? NumberShape(bytes, 0, text.count), shape.end == text.count
        else { return nil }
        self = shape
    }
}
