import Coding
import Testing

@Suite struct JSON5Tests {
    private func parse(_ text: String) throws -> JSON { try JSON5.parse(Array(text.utf8)) }

    @Test func `what people write is read`() throws {
        let json = try parse(
            """
            // Settings
            {
                plain: 'single \\'quotes\\'', "quoted": "double", $dollar_1: [1, 2, 3,],
                hex: 0xFF, plus: +1.5, short: .5, big: 1e3, minus: -7, /* within */ yes: true,
                nothing: null, 'line': "one \\
            line", unicode: "\\u00e9\\x41\\ud83d\\ude00",
            } // the end
            """)
        #expect(json["plain"] == "single 'quotes'")
        #expect(json["quoted"] == "double")
        #expect(json["$dollar_1"] == [1, 2, 3])
        #expect(json["hex"] == 255)
        #expect(json["plus"] == 1.5)
        #expect(json["short"] == 0.5)
        #expect(json["big"] == .number(1000))
        #expect(json["minus"] == -7)
        #expect(json["yes"] == true)
        #expect(json["nothing"] == JSON.null)
        #expect(json["line"] == "one line")
        #expect(json["unicode"] == "éA😀")
    }

    @Test(arguments: [
        ("{a: 1,\n b }", "line 2, column 4: a colon is missing after b"),
        ("{a: dev}", "line 1, column 5: text must stand in quotes: \"dev\""),
        ("{a: 'x}", "line 1, column 5: this text has no closing quote"),
        ("{a: 1 b: 2}", "line 1, column 7: a comma or } is missing"),
        ("{a: 1, a: 2}", "line 1, column 8: a is there twice"),
        ("{é: 1, ü: }", "line 1, column 11: this is no value"),
        ("{} {}", "line 1, column 4: nothing may follow the value"),
        ("/* {}", "line 1, column 1: this comment has no end"),
        ("{a: 007}", "line 1, column 5: this is no number"),
        ("{a: 1.2.3}", "line 1, column 5: this is no number"),
        ("{a: NaN}", "line 1, column 5: text must stand in quotes: \"NaN\""),
        ("{a: '\\ud83d'}", "line 1, column 12: half of a surrogate pair is missing"),
        ("{a: '\\u12", "line 1, column 10: a hexadecimal digit is missing"),
        ("", "line 1, column 1: a value is missing"),
        ("{", "line 1, column 2: a name is missing"),
        ("[1", "line 1, column 3: a comma or ] is missing"),
    ])
    func `a mistake is shown where it is`(text: String, message: String) {
        let mistake = #expect(throws: JSON5.Mistake.self) { try parse(text) }
        #expect(mistake?.description == message)
    }

    @Test func `a deep file is refused, not followed`() {
        #expect(throws: JSON5.Mistake.self) {
            try parse(String(repeating: "[", count: 100_000))
        }
    }

    @Test func `any bytes are read or refused`() {
        var seed: UInt64 = 7
        let letters = Array("{}[]:,'\"\\/*\n u0x1e.+-tfn\u{e9}".utf8)
        for _ in 0..<2000 {
            let bytes = (0..<24).map { _ in
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return letters[Int(seed >> 33) % letters.count]
            }
            _ = try? JSON5.parse(bytes)
        }
    }
}
