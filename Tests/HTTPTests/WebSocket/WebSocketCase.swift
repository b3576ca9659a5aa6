import Testing

/// What a client may send in one go, and what has to come of it.
struct WebSocketCase: CustomTestStringConvertible, Sendable {
    /// Of RFC 6455.
    let section: String
    let name: String
    let bytes: [UInt8]
    let log: [String]

    init(_ section: String, _ name: String, _ bytes: [UInt8], _ log: String...) {
        self.section = section
        self.name = name
        self.bytes = bytes
        self.log = log
    }

    init(_ section: String, _ name: String, _ bytes: [UInt8], log: [String]) {
        self.section = section
        self.name = name
        self.bytes = bytes
        self.log = log
    }

    var testDescription: String { "§\(section) \(name)" }

    /// The longest message of these cases.
    static let messageBytes = 70_000

    static let all = [
        headers, reservedBits, otherReservedBits, reservedOpcodes, unfinished, lengths, longForms,
        eightBytes, negativeLengths, tooLong, masks, maskedLengths, examples, fragments, controls,
        closes, validCodes, invalidCodes, valid, invalid, invalidBehindASCII, textFragments,
    ].flatMap { $0 }
}

private typealias Frame = ClientFrame

private let hello = Frame.text("Hello")
private let helloLine = "text Hello"
private let bad = "close 1002"

private func letters(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x61, count: count) }

extension WebSocketCase {
    // MARK: §5.2, §5.1: the header

    private static let headers: [WebSocketCase] =
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

    private static let reservedBits: [WebSocketCase] =
        (1...7).map { bits in
            WebSocketCase(
                "5.2", "reserved bits \(bits)", Frame.bytes(1, [0x61], reserved: bits), bad)
        }

    private static let otherReservedBits: [WebSocketCase] =
        [
            WebSocketCase("5.2", "a reserved bit in a ping", Frame.bytes(9, reserved: 4), bad),
            WebSocketCase("5.2", "a reserved bit in a close", Frame.bytes(8, reserved: 1), bad),
            WebSocketCase(
                "5.2", "a reserved bit in a fragment",
                Frame.text("a", final: false) + Frame.bytes(0, [0x61], reserved: 2), bad),
        ]

    private static let reservedOpcodes: [WebSocketCase] =
        [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map { opcode in
            WebSocketCase(
                "5.2", "opcode \(opcode)", hello + Frame.bytes(opcode) + hello, helloLine, bad)
        }

    private static let unfinished: [WebSocketCase] =
        [
            WebSocketCase("5.2", "opcode 3 as a fragment", Frame.bytes(3, final: false), bad),
            WebSocketCase("5.2", "opcode 11 with a payload", Frame.bytes(11, letters(5)), bad),
            WebSocketCase("5.2", "half a header", [0x81]),
            WebSocketCase("5.2", "half a payload", Array(hello.dropLast())),
        ]

    // MARK: §5.2: lengths

    private static let lengths: [WebSocketCase] =
        [1, 7, 8, 9, 124, 125, 126, 127, 128, 1000, 65_535, 65_536, messageBytes].map { count in
            WebSocketCase(
                "5.2", "a text of \(count)", Frame.bytes(1, letters(count)),
                "text "
                    + (count > 60 ? "of \(count)" : String(decoding: letters(count), as: UTF8.self))
            )
        }

    private static let longForms: [WebSocketCase] =
        [0, 1, 125].flatMap { count in
            [
                WebSocketCase(
                    "5.2", "\(count) in two bytes", Frame.bytes(1, letters(count), form: .two), bad),
                WebSocketCase(
                    "5.2", "\(count) in eight bytes", Frame.bytes(1, letters(count), form: .eight),
                    bad),
            ]
        }

    private static let eightBytes: [WebSocketCase] =
        [126, 65_535].map { count in
            WebSocketCase(
                "5.2", "\(count) in eight bytes", Frame.bytes(2, letters(count), form: .eight), bad)
        }

    private static let negativeLengths: [WebSocketCase] =
        [UInt64(1) << 63, UInt64.max].map { (length: UInt64) in
            WebSocketCase(
                "5.2", "a length of \(length)", Frame.bytes(2, form: .eight, length: length), bad)
        }

    private static let tooLong: [WebSocketCase] =
        [UInt64(messageBytes) + 1, 1 << 32, UInt64(Int64.max)].map { (length: UInt64) in
            WebSocketCase(
                "7.4.1", "\(length) announced", Frame.bytes(2, form: .eight, length: length),
                "close 1009")
        }

    // MARK: §5.3: masks

    private static let masks: [WebSocketCase] =
        [
            [0, 0, 0, 0], [0xff, 0xff, 0xff, 0xff], [1, 0, 0, 0], [0, 0, 0, 0x80], [0x81, 1, 2, 3],
        ].map { (mask: [UInt8]) in
            WebSocketCase(
                "5.3", "mask \(mask)", Frame.bytes(1, Array("Hello, world!".utf8), mask: mask),
                "text Hello, world!")
        }

    private static let maskedLengths: [WebSocketCase] =
        (2...17).map { count in
            let text = String("abcdefghijklmnopq".prefix(count))
            return WebSocketCase("5.3", "\(count) masked bytes", Frame.text(text), "text \(text)")
        }

    private static let examples: [WebSocketCase] =
        [
            WebSocketCase(
                "5.7", "the example of the specification",
                [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58], helloLine)
        ]
}

extension WebSocketCase {
    // MARK: §5.4: fragments

    private static let fragments: [WebSocketCase] = [
        WebSocketCase(
            "5.4", "two fragments", Frame.text("Hel", final: false) + Frame.more("lo", final: true),
            helloLine),
        WebSocketCase(
            "5.4", "three fragments",
            Frame.text("H", final: false) + Frame.more("ell", final: false)
                + Frame.more("o", final: true),
            helloLine),
        WebSocketCase(
            "5.4", "an empty beginning",
            Frame.text("", final: false) + Frame.more("Hello", final: true), helloLine),
        WebSocketCase(
            "5.4", "an empty end", Frame.text("Hello", final: false) + Frame.more("", final: true),
            helloLine),
        WebSocketCase(
            "5.4", "nothing in three fragments",
            Frame.text("", final: false) + Frame.more("", final: false)
                + Frame.more("", final: true),
            "text "),
        WebSocketCase(
            "5.4", "binary in fragments",
            Frame.bytes(2, [0xff], final: false) + Frame.bytes(0, [0xfe]), "binary [255, 254]"),
        WebSocketCase(
            "5.4", "a ping between fragments",
            Frame.text("Hel", final: false) + Frame.ping("p") + Frame.more("lo", final: true),
            "pong p", helloLine),
        WebSocketCase(
            "5.4", "pings and pongs between fragments",
            Frame.text("Hel", final: false) + Frame.ping("1") + Frame.pong("2") + Frame.ping("3")
                + Frame.more("lo", final: true),
            "pong 1", "pong 3", helloLine),
        WebSocketCase(
            "5.4", "a close between fragments",
            Frame.text("Hel", final: false) + Frame.close(1000) + Frame.more("lo", final: true),
            "close 1000"),
        WebSocketCase("5.4", "a continuation of nothing", Frame.more("a", final: true), bad),
        WebSocketCase("5.4", "a first continuation of nothing", Frame.more("a", final: false), bad),
        WebSocketCase(
            "5.4", "a continuation after a whole message", hello + Frame.more("a", final: true),
            helloLine, bad),
        WebSocketCase(
            "5.4", "a continuation after the last",
            Frame.text("Hel", final: false) + Frame.more("lo", final: true)
                + Frame.more("a", final: true),
            helloLine, bad),
        WebSocketCase("5.4", "a text within a text", Frame.text("a", final: false) + hello, bad),
        WebSocketCase(
            "5.4", "a beginning within a text",
            Frame.text("a", final: false) + Frame.text("b", final: false), bad),
        WebSocketCase(
            "5.4", "binary within a text", Frame.text("a", final: false) + Frame.bytes(2), bad),
        WebSocketCase(
            "5.4", "a text after a ping within a text",
            Frame.text("a", final: false) + Frame.ping() + hello, "pong ", bad),
        WebSocketCase(
            "5.4", "a hundred fragments",
            Frame.text("", final: false)
                + (0..<99).flatMap { _ in Frame.more("a", final: false) }
                + Frame.more("a", final: true),
            "text of 100"),
        WebSocketCase(
            "5.4", "a message after one in fragments",
            Frame.text("Hel", final: false) + Frame.more("lo", final: true) + Frame.text("you"),
            helloLine, "text you"),
        WebSocketCase(
            "7.4.1", "too much in two fragments",
            Frame.bytes(2, letters(40_000), final: false) + Frame.bytes(0, letters(40_000)),
            "close 1009"),
        WebSocketCase(
            "7.4.1", "as much as may be in two fragments",
            Frame.bytes(2, letters(40_000), final: false) + Frame.bytes(0, letters(30_000)),
            "binary of 70000"),
        WebSocketCase(
            "7.4.1", "one byte too much in a fragment",
            Frame.bytes(2, letters(messageBytes), final: false) + Frame.bytes(0, [1]),
            "close 1009"),
    ]

    // MARK: §5.5.2, §5.5.3: pings and pongs

    private static let controls: [WebSocketCase] = [
        WebSocketCase("5.5.2", "a ping", Frame.ping("Hello"), "pong Hello"),
        WebSocketCase("5.5.2", "an empty ping", Frame.ping(), "pong "),
        WebSocketCase("5.5.2", "a ping of bytes", Frame.bytes(9, [0, 0xff]), "pong [0, 255]"),
        WebSocketCase(
            "5.5.2", "ten pings", (0..<10).flatMap { Frame.ping("\($0)") },
            log: (0..<10).map { "pong \($0)" }),
        WebSocketCase("5.5", "a ping of 125", Frame.bytes(9, letters(125)), "pong of 125"),
        WebSocketCase("5.5", "a ping of 126", Frame.bytes(9, letters(126)), bad),
        WebSocketCase("5.5", "a pong of 126", Frame.bytes(10, letters(126)), bad),
        WebSocketCase("5.5", "a close of 126", Frame.close(1000, letters(124)), bad),
        WebSocketCase("5.5", "a ping of 65536", Frame.bytes(9, letters(65_536)), bad),
        WebSocketCase(
            "5.5", "a ping with its length in two bytes", Frame.bytes(9, letters(5), form: .two),
            bad),
        WebSocketCase(
            "5.5", "a ping with its length in eight bytes",
            Frame.bytes(9, letters(5), form: .eight), bad),
        WebSocketCase("5.4", "a ping in fragments", Frame.bytes(9, letters(1), final: false), bad),
        WebSocketCase("5.4", "a pong in fragments", Frame.bytes(10, letters(1), final: false), bad),
        WebSocketCase("5.4", "a close in fragments", Frame.bytes(8, [3, 0xe8], final: false), bad),
        WebSocketCase("5.5.3", "a pong that nobody asked for", Frame.pong("x") + hello, helloLine),
        WebSocketCase("5.5.3", "an empty pong", Frame.pong() + hello, helloLine),
        WebSocketCase("5.5.3", "a pong of 125", Frame.bytes(10, letters(125)) + hello, helloLine),
    ]

    // MARK: §5.5.1, §7.4: closing

    private static let closes: [WebSocketCase] =
        [
            WebSocketCase("5.5.1", "a close without a code", Frame.close(), "close"),
            WebSocketCase("5.5.1", "a close of one byte", Frame.bytes(8, [3]), bad),
            WebSocketCase(
                "5.5.1", "a close with a reason", Frame.close(1000, Array("bye".utf8)), "close 1000"
            ),
            WebSocketCase(
                "5.5.1", "a reason of 123 bytes", Frame.close(1000, letters(123)), "close 1000"),
            WebSocketCase(
                "5.5.1", "a reason beyond ASCII", Frame.close(1001, Array("Tschüß".utf8)),
                "close 1001"),
            WebSocketCase(
                "8.1", "a reason that is not UTF-8", Frame.close(1000, [0x61, 0xff]), "close 1007"),
            WebSocketCase(
                "8.1", "a reason that ends within a character", Frame.close(1000, [0xe2, 0x82]),
                "close 1007"),
            WebSocketCase("5.5.1", "a text after a close", Frame.close(1000) + hello, "close 1000"),
            WebSocketCase(
                "5.5.1", "a ping after a close", Frame.close(1000) + Frame.ping(), "close 1000"),
            WebSocketCase(
                "5.5.1", "a second close", Frame.close(1000) + Frame.close(1001), "close 1000"),
            WebSocketCase(
                "5.5.1", "rubbish after a close", Frame.close(1000) + letters(300), "close 1000"),
            WebSocketCase("7.1.7", "a text after a mistake", Frame.bytes(3) + hello, bad),
            WebSocketCase(
                "7.1.7", "a close after a mistake", Frame.bytes(3) + Frame.close(1000), bad),
            WebSocketCase(
                "5.5.1", "a text before a close", hello + Frame.close(1000), helloLine, "close 1000"
            ),
        ]

    private static let validCodes: [WebSocketCase] =
        ([
            1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999,
            4000, 4999,
        ] as [UInt16])
        .map { code in
            WebSocketCase("7.4.1", "code \(code)", Frame.close(code), "close \(code)")
        }

    private static let invalidCodes: [WebSocketCase] =
        ([0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535] as [UInt16])
        .map { code in
            WebSocketCase("7.4.2", "code \(code)", Frame.close(code, letters(2)), bad)
        }
}

extension WebSocketCase {
    // MARK: §8.1, §5.6: UTF-8

    private static let valid: [WebSocketCase] =
        validTexts.map { text in
            WebSocketCase(
                "5.6", "the text \(text.unicodeScalars.map { String($0.value, radix: 16) })",
                Frame.text(text), "text \(text)")
        }

    private static let invalid: [WebSocketCase] =
        invalidTexts.map { bytes in
            WebSocketCase(
                "8.1", "the bytes \(bytes.map { String($0, radix: 16) })", Frame.bytes(1, bytes),
                "close 1007")
        }

    private static let invalidBehindASCII: [WebSocketCase] =
        invalidTexts.map { bytes in
            WebSocketCase(
                "8.1", "\(bytes.map { String($0, radix: 16) }) behind ASCII",
                Frame.bytes(1, letters(17) + bytes), "close 1007")
        }

    private static let textFragments: [WebSocketCase] =
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

    private static let validTexts = [
        "\0", "\u{7f}", "\u{80}", "\u{7ff}", "\u{800}", "\u{fff}", "\u{1000}", "\u{cfff}",
        "\u{d000}",
        "\u{d7ff}", "\u{e000}", "\u{fffd}", "\u{ffff}", "\u{10000}", "\u{3ffff}", "\u{40000}",
        "\u{fffff}", "\u{100000}", "\u{10ffff}", "κόσμε", "aé€😀z", "\u{feff}bom",
    ]

    /// Continuations without a beginning, beginnings without an end, overlong forms, surrogates,
    /// numbers that are too large, and bytes that never occur (RFC 3629 §3, §4).
    private static let invalidTexts: [[UInt8]] = [
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
