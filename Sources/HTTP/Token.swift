/// The characters of RFC 9110 §5.6.2, and what else the grammar needs of single bytes.
package enum Token {
    /// One bit for each of the characters 0 to 63 and 64 to 127, as literals: a table that is made
    /// at run time would be looked for at every byte.
    private static var low: UInt64 { 0x03ff_6cfa_0000_0000 }
    private static var high: UInt64 { 0x57ff_ffff_c7ff_fffe }

    @inline(__always)
    package static func contains(_ byte: UInt8) -> Bool {
        byte < 64 ? low >> byte & 1 == 1 : byte < 128 && high >> (byte & 63) & 1 == 1
    }
}

extension UInt8 {
    /// ASCII letters in lower case, all else unchanged.
    @inline(__always)
    package var lowercased: UInt8 { self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self }

    @inline(__always)
    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

    /// Space or horizontal tab, the only whitespace within a line.
    @inline(__always)
    var isBlank: Bool { self == 0x20 || self == 0x09 }

    /// The value of a hexadecimal digit.
    var hexadecimalDigit: UInt8? {
        if isDigit { return self &- UInt8(ascii: "0") }
        let letter = lowercased &- UInt8(ascii: "a")
        return letter < 6 ? letter &+ 10 : nil
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    var trimmed: SubSequence {
        var rest = self[...]
        while rest.utf8.first?.isBlank == true { rest.removeFirst() }
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return rest
    }
}

/// Whether two texts are the same but for the case of ASCII letters.
package func equalsIgnoringCase(_ left: some StringProtocol, _ right: some StringProtocol) -> Bool {
    left.utf8.count == right.utf8.count
        && zip(left.utf8, right.utf8).allSatisfy { $0.lowercased == $1.lowercased }
}
