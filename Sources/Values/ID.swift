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
        guard text.count == Self.textCount else { return nil }
        var words: (UInt64, UInt64) = (0, 0)
        var digits = 0
        for (index, byte) in text.enumerated() {
            if index == 8 || index == 13 || index == 18 || index == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = hexadecimalDigit(byte) else { return nil }
            if digits < 16 {
                words.0 = words.0 << 4 | UInt64(digit)
            } else {
                words.1 = words.1 << 4 | UInt64(digit)
            }
            digits += 1
        }
        self.init(high: words.0, low: words.1)
    }

    package var description: String {
        String(unsafeUninitializedCapacity: Self.textCount) { buffer in
            write(to: buffer.baseAddress!)
            return Self.textCount
        }
    }

    /// Writes the 36 bytes of the text.
    package func write(to bytes: UnsafeMutablePointer<UInt8>) {
        var position = 0
        for digit in 0..<32 {
            if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
                bytes[position] = UInt8(ascii: "-")
                position += 1
            }
            let word = digit < 16 ? high : low
            let value = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (digit & 15))) & 15
            bytes[position] =
                value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
            position += 1
        }
    }
}

@inline(__always)
private func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
