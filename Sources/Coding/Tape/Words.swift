// Eight bytes at a time in one integer: how text is searched and compared without a call.

typealias Bytes = UnsafePointer<UInt8>

@inline(__always)
func word(at bytes: Bytes) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
}

/// The high bit of each byte that is no ASCII.
@inline(__always)
func nonASCII(_ word: UInt64) -> UInt64 {
    word & 0x8080_8080_8080_8080
}

/// The high bit of the lowest byte that is a quote, a backslash or a control character; bits above
/// the lowest may be wrong.
@inline(__always)
func specials(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* UInt64(UInt8.quote))
    let backslash = word ^ (ones &* UInt64(UInt8.backslash))
    let isQuote = (quote &- ones) & ~quote
    let isBackslash = (backslash &- ones) & ~backslash
    let isControl = (word &- ones &* 0x20) & ~word
    return nonASCII(isQuote | isBackslash | isControl)
}

/// Reads within the `count` bytes only, so it is safe at the end of the input.
@inline(__always)
func isSame(_ left: Bytes, _ right: Bytes, _ count: Int) -> Bool {
    if count >= 8 {
        var index = 0
        while index &+ 8 < count {
            if word(at: left + index) != word(at: right + index) { return false }
            index &+= 8
        }
        return word(at: left + (count &- 8)) == word(at: right + (count &- 8))
    }
    if count >= 4 {
        let left = UnsafeRawPointer(left)
        let right = UnsafeRawPointer(right)
        let last = count &- 4
        return left.loadUnaligned(as: UInt32.self) == right.loadUnaligned(as: UInt32.self)
            && left.loadUnaligned(fromByteOffset: last, as: UInt32.self)
                == right.loadUnaligned(fromByteOffset: last, as: UInt32.self)
    }
    var index = 0
    while index < count {
        if left[index] != right[index] { return false }
        index &+= 1
    }
    return true
}
