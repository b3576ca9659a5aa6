/// Percent-encoding (RFC 3986 §2.1) of UTF-8 text.
package enum PercentEncoding {
    /// Everything but letters, digits and `-._~` is encoded.
    package static func encode(_ text: String) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count)
        for byte in text.utf8 { append(byte, to: &output) }
        return String(decoding: output, as: UTF8.self)
    }

    static func append(_ byte: UInt8, to output: inout [UInt8]) {
        if isUnreserved(byte) {
            output.append(byte)
        } else {
            let percent = UInt8(ascii: "%")
            output += [percent, upperHexadecimal(byte >> 4), upperHexadecimal(byte & 15)]
        }
    }

    /// Nil where an escape is not two hexadecimal digits, or the bytes are not UTF-8.
    package static func decode(_ text: some StringProtocol) -> String? {
        var text = String(text)
        return text.withUTF8 { bytes in
            bytes.contains(UInt8(ascii: "%"))
                ? decode(bytes[...], plusIsSpace: false) : String(decoding: bytes, as: UTF8.self)
        }
    }

    static func decode(
        _ text: Slice<UnsafeBufferPointer<UInt8>>, plusIsSpace: Bool
    ) -> String? {
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var bytes = text.makeIterator()
        while let byte = bytes.next() {
            if byte == UInt8(ascii: "%") {
                guard let high = bytes.next()?.hexadecimal, let low = bytes.next()?.hexadecimal
                else { return nil }
                output.append(high << 4 | low)
            } else {
                output.append(plusIsSpace && byte == .plus ? .space : byte)
            }
        }
        return String(validating: output, as: UTF8.self)
    }

    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            .zero ... .nine, .minus, .point, UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func upperHexadecimal(_ value: UInt8) -> UInt8 {
        value < 10 ? .zero + value : UInt8(ascii: "A") + value - 10
    }
}
