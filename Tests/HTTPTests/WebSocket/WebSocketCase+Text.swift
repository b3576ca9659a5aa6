extension WebSocketCase {
    // MARK: §8.1, §5.6: UTF-8

    static let valid: [WebSocketCase] =
        validTexts.map { text in
            WebSocketCase(
                "5.6", "the text \(text.unicodeScalars.map { String($0.value, radix: 16) })",
                Frame.text(text), "text \(text)")
        }

    static let invalid: [WebSocketCase] =
        invalidTexts.map { bytes in
            WebSocketCase(
                "8.1", "the bytes \(bytes.map { String($0, radix: 16) })", Frame.bytes(1, bytes),
                "close 1007")
        }

    static let invalidBehindASCII: [WebSocketCase] =
        invalidTexts.map { bytes in
            WebSocketCase(
                "8.1", "\(bytes.map { String($0, radix: 16) }) behind ASCII",
                Frame.bytes(1, letters(17) + bytes), "close 1007")
        }

    static let textFragments: [WebSocketCase] =
        [
            WebSocketCase(
                "8.1", "a character in four fragments",
                Frame.bytes(1, [0xf0], final: false) + Frame.bytes(0, [0x9f], final: false)
                    + Frame.bytes(0, [0x98], final: false) + Frame.bytes(0, [0x80]),
                "text \u{1f600}"),
            WebSocketCase(
                "8.1", "a character that a later fragment breaks",
                Frame.bytes(1, [0xe2, 0x82], final: false) + Frame.bytes(0, [0x61], final: false),
                "close 1007"),
            WebSocketCase(
                "8.1", "a surrogate in two fragments",
                Frame.bytes(1, [0xed], final: false) + Frame.bytes(0, [0xa0], final: false),
                "close 1007"),
            WebSocketCase(
                "8.1", "a character that no fragment ends",
                Frame.bytes(1, [0xe2], final: false) + Frame.bytes(0, [0x82]) + hello, "close 1007"),
            WebSocketCase(
                "8.1", "an end of nothing behind a begun character",
                Frame.bytes(1, [0xe2, 0x82], final: false) + Frame.bytes(0), "close 1007"),
            // The rest of the payload has not come: the verdict does not wait for it.
            WebSocketCase(
                "8.1", "a mistake early in a long text",
                Array(Frame.bytes(1, letters(20) + [0xff] + letters(900)).prefix(60)), "close 1007"),
            WebSocketCase(
                "8.1", "a mistake in a fragment that does not end the message",
                Frame.bytes(1, [0xc0], final: false), "close 1007"),
            WebSocketCase(
                "8.1", "a text that is whole before the next begins within a character",
                hello + Frame.bytes(1, [0xc3]), helloLine, "close 1007"),
            WebSocketCase(
                "5.6", "bytes that are no text in binary", Frame.bytes(2, [0xc0, 0xff]),
                "binary [192, 255]"),
        ]

    static let validTexts = [
        "\0", "\u{7f}", "\u{80}", "\u{7ff}", "\u{800}", "\u{fff}", "\u{1000}", "\u{cfff}",
        "\u{d000}",
        "\u{d7ff}", "\u{e000}", "\u{fffd}", "\u{ffff}", "\u{10000}", "\u{3ffff}", "\u{40000}",
        "\u{fffff}", "\u{100000}", "\u{10ffff}", "κόσμε", "aé€😀z", "\u{feff}bom",
    ]

    /// Continuations without a beginning, beginnings without an end, overlong forms, surrogates,
    /// numbers that are too large, and bytes that never occur (RFC 3629 §3, §4).
    static let invalidTexts: [[UInt8]] = [
        [0x80], [0xbf], [0x80, 0xbf], [0xc3], [0xe2], [0xe2, 0x82], [0xf0, 0x9f],
        [0xf0, 0x9f, 0x98],
        [0xc3, 0x61], [0xe2, 0x61, 0x61], [0xe2, 0x82, 0x61], [0xf0, 0x9f, 0x98, 0x61],
        [0xc0, 0x80], [0xc0, 0xaf], [0xc1, 0xbf], [0xe0, 0x80, 0x80], [0xe0, 0x9f, 0xbf],
        [0xf0, 0x80, 0x80, 0x80], [0xf0, 0x8f, 0xbf, 0xbf], [0xed, 0xa0, 0x80], [0xed, 0xad, 0xbf],
        [0xed, 0xb0, 0x80], [0xed, 0xbf, 0xbf], [0xed, 0xa0, 0x80, 0xed, 0xb0, 0x80],
        [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80],
        [0xfc, 0x84, 0x80, 0x80, 0x80, 0x80], [0xfe], [0xff], [0xce, 0xba, 0xff],
    ]
}
