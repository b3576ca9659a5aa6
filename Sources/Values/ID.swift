/// The identifier of one `Entity`: a UUID of version 7, so that ids sort by when they were made.
///
/// 48 bits of Unix milliseconds, 12 bits of the fraction of that millisecond, 62 random bits
/// (RFC 9562 §5.7 and §6.2, method 3). Text is lower-case hexadecimal in the usual 8-4-4-4-12 form.
package struct ID<Entity>: Hashable, Sendable {
    package var high: UInt64
    package var low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A new id of this moment. Years before 1970 or after 10889 do not fit and are a mistake.
    package init(at instant: Instant, from randomness: Randomness) {
        precondition(instant.microseconds >= 0, "an id is made after 1970")
        let (milliseconds, rest) = UInt64(instant.microseconds).quotientAndRemainder(
            dividingBy: 1000)
        let fraction = rest * 4096 / 1000
        high = milliseconds << 16 | 0x7000 | fraction
        low = 0x8000_0000_0000_0000 | randomness.integer() >> 2
    }
}

extension ID: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

// MARK: Text

extension ID: CustomStringConvertible {
    /// Bytes of an id's text.
    package static var textCount: Int { 36 }

    /// Any UUID's text, in either case. Nil for anything else.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        guard let id = text.withUTF8({ Self(utf8: $0) }) else { return nil }
        self = id
    }

    package init?(utf8 text: UnsafeBufferPointer<UInt8>) {
        guard text.count == Self.textCount, let bytes = text.baseAddress,
            bytes[8] == .dash, bytes[13] == .dash, bytes[18] == .dash, bytes[23] == .dash
        else { return nil }
        var all: UInt8 = 0
        func digits(_ range: Range<Int>) -> UInt64 {
            var word: UInt64 = 0
            for index in range {
                let digit = hexadecimalValues[Int(bytes[index])]
                all |= digit
                word = word << 4 | UInt64(digit & 15)
            }
            return word
        }
        high = digits(0..<8) << 32 | digits(9..<13) << 16 | digits(14..<18)
        low = digits(19..<23) << 48 | digits(24..<36)
        if all > 15 { return nil }
    }

    package var description: String {
        String(unsafeUninitializedCapacity: Self.textCount) { buffer in
            write(to: buffer.baseAddress!)
            return Self.textCount
        }
    }

    /// Writes the 36 bytes of the text.
    package func write(to bytes: UnsafeMutablePointer<UInt8>) {
        writeDigits(of: high >> 32, count: 8, to: bytes)
        bytes[8] = .dash
        writeDigits(of: high >> 16, count: 4, to: bytes + 9)
        bytes[13] = .dash
        writeDigits(of: high, count: 4, to: bytes + 14)
        bytes[18] = .dash
        writeDigits(of: low >> 48, count: 4, to: bytes + 19)
        bytes[23] = .dash
        writeDigits(of: low, count: 12, to: bytes + 24)
    }
}

/// The last digits of a word, an even number of them, in lower case.
@inline(__always)
private func writeDigits(of word: UInt64, count: Int, to bytes: UnsafeMutablePointer<UInt8>) {
    let pairs = hexadecimalPairs.utf8Start
    var rest = word
    for index in stride(from: count &- 2, through: 0, by: -2) {
        let pair = Int(truncatingIfNeeded: rest & 255) &* 2
        bytes[index] = pairs[pair]
        bytes[index &+ 1] = pairs[pair &+ 1]
        rest >>= 8
    }
}

/// The two digits of each byte.
private var hexadecimalPairs: StaticString {
    """
    000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\
    202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f\
    404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f\
    606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f\
    808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f\
    a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf\
    c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf\
    e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff
    """
}

extension UInt8 {
    fileprivate static var dash: UInt8 { UInt8(ascii: "-") }
}

/// The value of each byte as a hexadecimal digit in either case; 255 for all others.
private let hexadecimalValues: [UInt8] = (UInt8.min...UInt8.max).map { byte in
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: 255
    }
}
