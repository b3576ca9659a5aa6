extension WebSocketCase {
    // MARK: §5.4: fragments

    static let fragments: [WebSocketCase] = [
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

    static let controls: [WebSocketCase] = [
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

    static let closes: [WebSocketCase] =
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

    static let validCodes: [WebSocketCase] =
        ([
            1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999,
            4000, 4999,
        ] as [UInt16])
        .map { code in
            WebSocketCase("7.4.1", "code \(code)", Frame.close(code), "close \(code)")
        }

    static let invalidCodes: [WebSocketCase] =
        ([0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535] as [UInt16])
        .map { code in
            WebSocketCase("7.4.2", "code \(code)", Frame.close(code, letters(2)), bad)
        }
}
