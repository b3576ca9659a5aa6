/// Whether bytes that come piece by piece are UTF-8 (RFC 3629 §4), known at the first byte that
/// cannot be.
///
/// Surrogates, overlong forms and numbers above U+10FFFF are refused by the range of the second byte;
/// all later bytes have the same range.
struct UTF8Check: Hashable, Sendable {
    /// Bytes that the begun character still needs, and the range of the next.
    private var missing: UInt8 = 0
    private var least: UInt8 = 0x80
    private var most: UInt8 = 0xbf

    /// No character is begun and unfinished.
    var isBetweenCharacters: Bool { missing == 0 }

    /// False when the text is none. Not to be called again then.
    mutating func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < bytes.count {
            if missing == 0 {
                index = Self.skipASCII(bytes, from: index)
                if index == bytes.count { return true }
            }
            guard accept(bytes[index]) else { return false }
            index += 1
        }
        return true
    }

    private static func skipASCII(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index + 8 <= bytes.count,
            bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
            index += 8
        }
        while index < bytes.count, bytes[index] < 0x80 { index += 1 }
        return index
    }

    private mutating func accept(_ byte: UInt8) -> Bool {
        if missing == 0 { return begin(byte) }
        guard byte >= least, byte <= most else { return false }
        missing -= 1
        (least, most) = (0x80, 0xbf)
        return true
    }

    private mutating func begin(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x00...0x7f: break
        case 0xc2...0xdf: missing = 1
        case 0xe0: (missing, least) = (2, 0xa0)
        case 0xed: (missing, most) = (2, 0x9f)
        case 0xe1...0xef: missing = 2
        case 0xf0: (missing, least) = (3, 0x90)
        case 0xf1...0xf3: missing = 3
        case 0xf4: (missing, most) = (3, 0x8f)
        default: return false
        }
        return true
    }
}
