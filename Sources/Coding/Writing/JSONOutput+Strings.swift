extension JSONOutput {
    package mutating func string(_ value: String) {
        var value = value
        value.withUTF8 { quoted($0) }
    }

    /// Eight bytes at a time for as long as none of them needs an escape.
    @inline(__always)
    mutating func quoted(_ text: UnsafeBufferPointer<UInt8>) {
        let length = text.count
        reserve(length &+ 10)
        base[count] = .quote
        count &+= 1
        if length > 0, let bytes = text.baseAddress {
            let plain = copyPlain(bytes, length)
            count &+= plain
            if plain < length { escape(bytes + plain, length &- plain) }
        }
        base[count] = .quote
        count &+= 1
    }

    /// How many bytes could be copied before one that needs an escape.
    @inline(__always)
    private mutating func copyPlain(_ bytes: Bytes, _ length: Int) -> Int {
        let output = base + count
        var index = 0
        while index &+ 8 <= length {
            let word = word(at: bytes + index)
            if specials(word) != 0 { return index }
            UnsafeMutableRawPointer(output + index)
                .storeBytes(of: word.littleEndian, as: UInt64.self)
            index &+= 8
        }
        while index < length {
            let byte = bytes[index]
            if byte < .space || byte == .quote || byte == .backslash { break }
            output[index] = byte
            index &+= 1
        }
        return index
    }

    /// Leaves room for the closing quote.
    @inline(never)
    private mutating func escape(_ bytes: Bytes, _ length: Int) {
        reserve(length &* 6 &+ 2)
        for byte in UnsafeBufferPointer(start: bytes, count: length) {
            if byte >= .space, byte != .quote, byte != .backslash {
                base[count] = byte
                count &+= 1
                continue
            }
            base[count] = .backslash
            count &+= 1
            if let letter = Self.letter(for: byte) {
                base[count] = letter
                count &+= 1
            } else {
                codeUnit(byte)
            }
        }
    }

    private static func letter(for byte: UInt8) -> UInt8? {
        switch byte {
        case .quote, .backslash: byte
        case .lineFeed: .lowerN
        case .carriageReturn: .lowerR
        case .tab: .lowerT
        case .backspace: .lowerB
        case .formFeed: .lowerF
        default: nil
        }
    }

    /// `u00` and two digits.
    private mutating func codeUnit(_ byte: UInt8) {
        base[count] = .lowerU
        base[count &+ 1] = .zero
        base[count &+ 2] = .zero
        base[count &+ 3] = hexadecimalDigit(byte &>> 4)
        base[count &+ 4] = hexadecimalDigit(byte & 15)
        count &+= 5
    }
}

@inline(__always)
func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? .zero &+ value : 0x57 &+ value
}
