extension TapeParser {
    /// From the byte after the opening quote to the byte after the closing one.
    @inline(__always)
    mutating func string() throws(Failure) -> Node.Flags {
        var flags: Node.Flags = []
        while true {
            skipPlain()
            guard index < end else { throw failure(.endOfInput) }
            let byte = bytes[index]
            if byte == .quote {
                index &+= 1
                return flags
            }
            if byte == .backslash {
                flags.insert(.escaped)
                try escape()
            } else if byte < .space {
                throw failure(.controlCharacter)
            } else if byte >= 0x80 {
                flags.insert(.wide)
                try wideRun()
            } else {
                index &+= 1
            }
        }
    }

    /// Eight bytes at a time, up to the first that needs a look.
    @inline(__always)
    private mutating func skipPlain() {
        while index &+ 8 <= end {
            let word = word(at: bytes + index)
            let found = specials(word) | nonASCII(word)
            if found != 0 {
                index &+= found.trailingZeroBitCount &>> 3
                return
            }
            index &+= 8
        }
    }

    @inline(never)
    private mutating func wideRun() throws(Failure) {
        while index < end, bytes[index] >= 0x80 {
            let length = sequenceLength(bytes + index, end &- index)
            if length == 0 { throw failure(.badUTF8) }
            index &+= length
        }
    }

    @inline(never)
    private mutating func escape() throws(Failure) {
        guard index &+ 1 < end else { throw failure(.endOfInput) }
        switch bytes[index &+ 1] {
        case .quote, .backslash, .slash, .lowerB, .lowerF, .lowerN, .lowerR, .lowerT:
            index &+= 2
        case .lowerU:
            let unit = try codeUnit(at: index &+ 2)
            if unit & 0xFC00 == 0xDC00 { throw failure(.loneSurrogate) }
            if unit & 0xFC00 == 0xD800 {
                try lowSurrogate()
                index &+= 12
            } else {
                index &+= 6
            }
        default: throw failure(.badEscape)
        }
    }

    private func lowSurrogate() throws(Failure) {
        guard index &+ 7 < end, bytes[index &+ 6] == .backslash, bytes[index &+ 7] == .lowerU,
            try codeUnit(at: index &+ 8) & 0xFC00 == 0xDC00
        else { throw failure(.loneSurrogate) }
    }

    private func codeUnit(at offset: Int) throws(Failure) -> UInt32 {
        guard offset &+ 4 <= end else { throw failure(.endOfInput) }
        var unit: UInt32 = 0
        for digit in offset..<(offset &+ 4) {
            guard let value = bytes[digit].hexadecimal else { throw failure(.badEscape) }
            unit = unit &<< 4 | UInt32(value)
        }
        return unit
    }
}

/// Bytes of the UTF-8 sequence beyond ASCII at `bytes`: shortest form, no surrogates, at most
/// U+10FFFF (RFC 3629 §4). Zero where it is none.
func sequenceLength(_ bytes: Bytes, _ available: Int) -> Int {
    func continues(_ index: Int) -> Bool { bytes[index] & 0xC0 == 0x80 }
    let first = bytes[0]
    switch first {
    case 0xC2...0xDF:
        return available >= 2 && continues(1) ? 2 : 0
    case 0xE0...0xEF:
        guard available >= 3, continues(1), continues(2) else { return 0 }
        let isTooShort = first == 0xE0 && bytes[1] < 0xA0
        let isSurrogate = first == 0xED && bytes[1] >= 0xA0
        return isTooShort || isSurrogate ? 0 : 3
    case 0xF0...0xF4:
        guard available >= 4, continues(1), continues(2), continues(3) else { return 0 }
        let isTooShort = first == 0xF0 && bytes[1] < 0x90
        let isTooLarge = first == 0xF4 && bytes[1] >= 0x90
        return isTooShort || isTooLarge ? 0 : 4
    default:
        return 0
    }
}

/// The meaning of escaped text that the parser has accepted. Never longer than the text.
func unescapeText(
    _ text: Bytes, _ count: Int, into output: UnsafeMutablePointer<UInt8>
) -> Int {
    var index = 0
    var length = 0
    while index < count {
        guard text[index] == .backslash else {
            output[length] = text[index]
            length &+= 1
            index &+= 1
            continue
        }
        let letter = text[index &+ 1]
        index &+= 2
        if letter == .lowerU {
            let (scalar, digits) = escapedScalar(text + index)
            index &+= digits
            length &+= encode(scalar, into: output + length)
        } else {
            output[length] = meaning(of: letter)
            length &+= 1
        }
    }
    return length
}

private func meaning(of letter: UInt8) -> UInt8 {
    switch letter {
    case .lowerB: .backspace
    case .lowerF: .formFeed
    case .lowerN: .lineFeed
    case .lowerR: .carriageReturn
    case .lowerT: .tab
    default: letter
    }
}

/// One code unit, or a pair of surrogates, and how many bytes that took after the first `\u`.
private func escapedScalar(_ digits: Bytes) -> (scalar: UInt32, bytes: Int) {
    func unit(_ offset: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 &<< 4 | UInt32(digits[offset &+ $1].hexadecimal ?? 0) }
    }
    let first = unit(0)
    guard first & 0xFC00 == 0xD800 else { return (first, 4) }
    return (0x10000 &+ ((first & 0x3FF) &<< 10) &+ (unit(6) & 0x3FF), 10)
}

private func encode(_ scalar: UInt32, into output: UnsafeMutablePointer<UInt8>) -> Int {
    func tail(_ shift: UInt32) -> UInt8 {
        UInt8(truncatingIfNeeded: 0x80 | scalar &>> shift & 0x3F)
    }
    func head(_ mark: UInt32, _ shift: UInt32) -> UInt8 {
        UInt8(truncatingIfNeeded: mark | scalar &>> shift)
    }
    if scalar < 0x80 {
        output[0] = UInt8(truncatingIfNeeded: scalar)
        return 1
    }
    if scalar < 0x800 {
        (output[0], output[1]) = (head(0xC0, 6), tail(0))
        return 2
    }
    if scalar < 0x10000 {
        (output[0], output[1], output[2]) = (head(0xE0, 12), tail(6), tail(0))
        return 3
    }
    (output[0], output[1], output[2], output[3]) = (head(0xF0, 18), tail(12), tail(6), tail(0))
    return 4
}
