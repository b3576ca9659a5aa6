/// Base64 with padding (RFC 4648 §4). Strict: no line breaks, no missing padding, unused bits zero,
/// so that every value has one text.
package enum Base64 {
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        Array(bytes).withUnsafeBytes { encode(bytes: $0) }
    }

    package static func encode(bytes: UnsafeRawBufferPointer) -> String {
        Base64Alphabet.standard.encode(bytes, isPadded: true)
    }

    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        Base64Alphabet.standard.decode(Array(text.utf8), isPadded: true)
    }
}

/// Base64 for URLs and tokens, without padding (RFC 4648 §5, RFC 7515 §2). As strict as `Base64`.
package enum Base64URL {
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        Array(bytes).withUnsafeBytes { Base64Alphabet.url.encode($0, isPadded: false) }
    }

    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        Base64Alphabet.url.decode(Array(text.utf8), isPadded: false)
    }
}

/// The 64 digits, and which value each byte has as one.
private struct Base64Alphabet: Sendable {
    private let digits: [UInt8]
    private let values: [UInt8]

    static let standard = Base64Alphabet(last: "+/")
    static let url = Base64Alphabet(last: "-_")

    private static let noDigit: UInt8 = 0xFF
    private static let padding = UInt8(ascii: "=")

    private init(last: String) {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        digits = Array((letters + last).utf8)
        var values = [UInt8](repeating: Self.noDigit, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        self.values = values
    }

    func encode(_ bytes: UnsafeRawBufferPointer, isPadded: Bool) -> String {
        String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { output in
            digits.withUnsafeBufferPointer { digits in
                Self.write(bytes, digits, isPadded: isPadded, to: output)
            }
        }
    }

    private static func write(
        _ bytes: UnsafeRawBufferPointer, _ digits: UnsafeBufferPointer<UInt8>, isPadded: Bool,
        to output: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var count = 0
        var bits: UInt32 = 0
        var width: UInt32 = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            width &+= 8
            while width >= 6 {
                width &-= 6
                output[count] = digits[Int(bits >> width & 63)]
                count &+= 1
            }
        }
        if width > 0 {
            output[count] = digits[Int(bits << (6 &- width) & 63)]
            count &+= 1
        }
        while isPadded, count % 4 != 0 {
            output[count] = padding
            count &+= 1
        }
        return count
    }

    func decode(_ text: [UInt8], isPadded: Bool) -> [UInt8]? {
        var text = text[...]
        if isPadded {
            guard text.count % 4 == 0 else { return nil }
            for _ in 0..<2 where text.last == Self.padding { text.removeLast() }
        }
        var output: [UInt8] = []
        output.reserveCapacity(text.count / 4 * 3 + 2)
        var bits: UInt32 = 0
        var width: UInt32 = 0
        for digit in text {
            let value = values[Int(digit)]
            guard value != Self.noDigit else { return nil }
            bits = bits << 6 | UInt32(value)
            width += 6
            if width >= 8 {
                width -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> width))
            }
        }
        // Six bits left over are a digit too many, others must be zero.
        guard width < 6, bits & (1 << width - 1) == 0 else { return nil }
        return output
    }
}
