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
        withDecoded(text, plusIsSpace: plusIsSpace) { String(validating: $0, as: UTF8.self) }
    }

    /// What `body` makes of the bytes that `text` stands for. Nil where an escape is wrong.
    package static func withDecoded(
        _ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> String?
    ) -> String? {
        withDecoded(text[...], plusIsSpace: false, body)
    }

    private static func withDecoded(
        _ text: Slice<UnsafeBufferPointer<UInt8>>, plusIsSpace: Bool,
        _ body: (UnsafeBufferPointer<UInt8>) -> String?
    ) -> String? {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count) { output in
            var count = 0
            var index = text.startIndex
            while index < text.endIndex {
                var byte = text[index]
                index += 1
                if byte == UInt8(ascii: "%") {
                    guard text.endIndex - index >= 2, let high = text[index].hexadecimal,
                        let low = text[index + 1].hexadecimal
                    else { return nil }
                    byte = high << 4 | low
                    index += 2
                } else if plusIsSpace && byte == .plus {
                    byte = .space
                }
                output[count] = byte
                count += 1
            }
            return body(UnsafeBufferPointer(rebasing: output[..<count]))
        }
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
