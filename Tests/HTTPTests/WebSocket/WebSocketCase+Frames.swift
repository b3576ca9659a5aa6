extension WebSocketCase {
    // MARK: §5.2, §5.1: the header

    static let headers: [WebSocketCase] =
        [
            WebSocketCase("5.6", "a text", hello, helloLine),
            WebSocketCase(
                "5.6", "a binary message", Frame.bytes(2, [1, 2, 0xff]), "binary [1, 2, 255]"),
            WebSocketCase("5.6", "an empty text", Frame.text(""), "text "),
            WebSocketCase("5.6", "an empty binary message", Frame.bytes(2), "binary "),
            WebSocketCase("5.6", "two messages", hello + Frame.text("you"), helloLine, "text you"),
            WebSocketCase("5.1", "a text without mask", Frame.bytes(1, [0x61], mask: nil), bad),
            WebSocketCase("5.1", "binary without mask", Frame.bytes(2, [0x61], mask: nil), bad),
            WebSocketCase("5.1", "an empty text without mask", Frame.bytes(1, mask: nil), bad),
            WebSocketCase("5.1", "a ping without mask", Frame.bytes(9, mask: nil), bad),
            WebSocketCase("5.1", "a close without mask", Frame.bytes(8, mask: nil), bad),
            WebSocketCase(
                "5.1", "a second frame without mask", hello + Frame.bytes(1, mask: nil), helloLine,
                bad),
        ]

    static let reservedBits: [WebSocketCase] =
        (1...7).map { bits in
            WebSocketCase(
                "5.2", "reserved bits \(bits)", Frame.bytes(1, [0x61], reserved: bits), bad)
        }

    static let otherReservedBits: [WebSocketCase] =
        [
            WebSocketCase("5.2", "a reserved bit in a ping", Frame.bytes(9, reserved: 4), bad),
            WebSocketCase("5.2", "a reserved bit in a close", Frame.bytes(8, reserved: 1), bad),
            WebSocketCase(
                "5.2", "a reserved bit in a fragment",
                Frame.text("a", final: false) + Frame.bytes(0, [0x61], reserved: 2), bad),
        ]

    static let reservedOpcodes: [WebSocketCase] =
        [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map { opcode in
            WebSocketCase(
                "5.2", "opcode \(opcode)", hello + Frame.bytes(opcode) + hello, helloLine, bad)
        }

    static let unfinished: [WebSocketCase] =
        [
            WebSocketCase("5.2", "opcode 3 as a fragment", Frame.bytes(3, final: false), bad),
            WebSocketCase("5.2", "opcode 11 with a payload", Frame.bytes(11, letters(5)), bad),
            WebSocketCase("5.2", "half a header", [0x81]),
            WebSocketCase("5.2", "half a payload", Array(hello.dropLast())),
        ]

    // MARK: §5.2: lengths

    static let lengths: [WebSocketCase] =
        [1, 7, 8, 9, 124, 125, 126, 127, 128, 1000, 65_535, 65_536, messageBytes].map { count in
            WebSocketCase(
                "5.2", "a text of \(count)", Frame.bytes(1, letters(count)),
                "text "
                    + (count > 60 ? "of \(count)" : String(decoding: letters(count), as: UTF8.self))
            )
        }

    static let longForms: [WebSocketCase] =
        [0, 1, 125].flatMap { count in
            [
                WebSocketCase(
                    "5.2", "\(count) in two bytes", Frame.bytes(1, letters(count), form: .two), bad),
                WebSocketCase(
                    "5.2", "\(count) in eight bytes", Frame.bytes(1, letters(count), form: .eight),
                    bad),
            ]
        }

    static let eightBytes: [WebSocketCase] =
        [126, 65_535].map { count in
            WebSocketCase(
                "5.2", "\(count) in eight bytes", Frame.bytes(2, letters(count), form: .eight), bad)
        }

    static let negativeLengths: [WebSocketCase] =
        [UInt64(1) << 63, UInt64.max].map { (length: UInt64) in
            WebSocketCase(
                "5.2", "a length of \(length)", Frame.bytes(2, form: .eight, length: length), bad)
        }

    static let tooLong: [WebSocketCase] =
        [UInt64(messageBytes) + 1, 1 << 32, UInt64(Int64.max)].map { (length: UInt64) in
            WebSocketCase(
                "7.4.1", "\(length) announced", Frame.bytes(2, form: .eight, length: length),
                "close 1009")
        }

    // MARK: §5.3: masks

    static let masks: [WebSocketCase] =
        [
            [0, 0, 0, 0], [0xff, 0xff, 0xff, 0xff], [1, 0, 0, 0], [0, 0, 0, 0x80], [0x81, 1, 2, 3],
        ].map { (mask: [UInt8]) in
            WebSocketCase(
                "5.3", "mask \(mask)", Frame.bytes(1, Array("Hello, world!".utf8), mask: mask),
                "text Hello, world!")
        }

    static let maskedLengths: [WebSocketCase] =
        (2...17).map { count in
            let text = String("abcdefghijklmnopq".prefix(count))
            return WebSocketCase("5.3", "\(count) masked bytes", Frame.text(text), "text \(text)")
        }

    static let examples: [WebSocketCase] =
        [
            WebSocketCase(
                "5.7", "the example of the specification",
                [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58], helloLine)
        ]
}
