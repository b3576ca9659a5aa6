import Glibc

// Comparisons within a span of bytes, without copies.

extension UInt8 {
    static var carriageReturn: UInt8 { 0x0d }
    static var lineFeed: UInt8 { 0x0a }
    static var space: UInt8 { 0x20 }
    static var slash: UInt8 { 0x2f }
    static var colon: UInt8 { 0x3a }
    static var comma: UInt8 { 0x2c }

    /// What a field's value may hold: visible characters, blanks and bytes above ASCII.
    @inline(__always)
    var isFieldContent: Bool { self >= 0x20 ? self != 0x7f : self == 0x09 }
}

extension Span<UInt8> {
    func matches(_ range: Range<Int>, _ text: StaticString) -> Bool {
        range.count == text.utf8CodeUnitCount && hasPrefix(range, text)
    }

    func hasPrefix(_ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count >= text.utf8CodeUnitCount else { return false }
        for offset in 0..<text.utf8CodeUnitCount
        where self[range.lowerBound + offset] != text.utf8Start[offset] {
            return false
        }
        return true
    }

    /// `text` is in lower case.
    func matches(_ range: Range<Int>, ignoringCase text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        for offset in 0..<range.count
        where self[range.lowerBound + offset].lowercased != text.utf8Start[offset] {
            return false
        }
        return true
    }

    func equalsIgnoringCase(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count == right.count else { return false }
        for offset in 0..<left.count {
            let (one, other) = (self[left.lowerBound + offset], self[right.lowerBound + offset])
            if one.lowercased != other.lowercased { return false }
        }
        return true
    }

    /// Where what a field's value may hold ends: eight bytes at a time, since tokens are long.
    func endOfFieldContent(from start: Int) -> Int {
        var index = start
        withUnsafeBytes { bytes in
            while index &+ 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                if Self.hasControl(word) { break }
                index &+= 8
            }
        }
        while index < count, self[index].isFieldContent { index += 1 }
        return index
    }

    /// Whether one of eight bytes is below a blank or DEL. A tab is, too: the caller looks again.
    @inline(__always)
    private static func hasControl(_ word: UInt64) -> Bool {
        let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        let delete = word ^ (0x7f &* ones)
        let low = (word &- 0x20 &* ones) & ~word
        return (low | (delete &- ones) & ~delete) & tops != 0
    }

    /// Where a byte is from `start` on, or the end.
    func firstIndex(of byte: UInt8, from start: Int) -> Int {
        withUnsafeBytes { bytes in
            guard start < bytes.count, let base = bytes.baseAddress,
                let found = memchr(base + start, Int32(byte), bytes.count - start)
            else { return bytes.count }
            return UnsafeRawPointer(found) - base
        }
    }

    /// How many bytes from `start` on are those of `pattern`, in its order.
    func matchLength(_ pattern: [UInt8], at start: Int) -> Int {
        var length = 0
        while length < pattern.count, start + length < count,
            self[start + length] == pattern[length]
        {
            length += 1
        }
        return length
    }

    func trimming(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start].isBlank { start += 1 }
        while end > start, self[end - 1].isBlank { end -= 1 }
        return start..<end
    }

    /// A host with a port (RFC 3986 §3.2), without a user name.
    func isAuthority(_ range: Range<Int>) -> Bool {
        guard !range.isEmpty, range.count <= Authority.longest else { return false }
        for index in range where !Authority.contains(self[index]) { return false }
        return true
    }
}

/// The characters of `Host`.
enum Authority {
    static let longest = 300

    @inline(__always)
    static func contains(_ byte: UInt8) -> Bool {
        if byte.isDigit || byte.lowercased &- UInt8(ascii: "a") < 26 { return true }
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
            UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "%"),
            UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="):
            return true
        default:
            return false
        }
    }
}
