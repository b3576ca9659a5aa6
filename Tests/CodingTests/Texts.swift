/// Texts that are JSON, and texts that are not.
enum Texts {
    static let accepted =
        literals + numbers + strings + containers + [
            String(repeating: "[", count: 64) + String(repeating: "]", count: 64),
            "{\"x\":" + String(repeating: "[", count: 63) + String(repeating: "]", count: 63) + "}",
            "{" + (0..<33).map { "\"k\($0)\":0" }.joined(separator: ",") + "}",
        ]

    private static let literals = [
        "null", "true", "false", " null", "null ", "\t\r\n null \t\r\n",
    ]

    private static let numbers = [
        "0", "-0", "1", "-1", "10", "123456789", "0.5", "-0.5", "1e5", "1E5", "1e+5", "1e-5",
        "1.5e10", "0e0", "0e999", "-0.0", "1e-400", "1e308", "9223372036854775807",
        "9223372036854775808", "18446744073709551615", "18446744073709551616",
        "123456789012345678901234567890", "0.1234567890123456789012345",
    ]

    private static let strings = [
        #""""#, #""a""#, #"" ""#, #""\"""#, #""\\""#, #""\/""#, #""/""#, #""\b\f\n\r\t""#,
        #""\u0000""#, #""\u0041""#, #""\u00e9""#, #""\u00E9""#, #""\uFFFF""#, #""\ud83d\ude00""#,
        #""\uD83D\uDE00""#, #""\uDBFF\uDFFF""#, #""\ud800\udc00""#, #""é""#, #""漢字""#, #""😀""#,
        "\"\u{7f}\"", "\"\u{80}\"", "\"\u{7ff}\"", "\"\u{800}\"", "\"\u{ffff}\"", "\"\u{10ffff}\"",
        "\"\u{2028}\"", "\"a'b\"", "\"12345678\"", "\"1234567\\n\"", "\"12345678\\n\"",
        "\"ééééééééé\"", #""\\u0000""#,
    ]

    private static let containers = [
        "[]", "[ ]", "[\n]", "[1]", "[1,2]", "[1 , 2]", "[null,true,false]", "[[]]", "[[],[]]",
        "[{}]", "{}", "{ }", "{\"a\":1}", "{\"a\" : 1 }", "{\"\":0}", "{\"a\":1,\"b\":2}",
        "{\"a\":{\"a\":{\"a\":1}}}", "{\"a\":1,\"A\":2}", "{\"é\":1,\"e\u{301}\":2}",
        #"{"a\nb":1}"#, #"{"\u0061":1}"#, #"["\u0022"]"#, "[1e2,-1E-2]", "{\"a\":[],\"b\":{}}",
        "[0.0]", "[1.0]", "[\"\u{feff}\"]",
    ]

    static let refused = badLiterals + badNumbers + badStrings + badLists + badObjects + badTexts

    private static let badLiterals = [
        "n", "nul", "nulll", "nullx", "NULL", "Null", "tru", "truee", "TRUE", "fals", "falsee",
        "undefined", "NaN", "Infinity", "-Infinity", "null null", "[nul]", "{\"a\":tru}",
    ]

    private static let badNumbers = [
        "-", "+1", "--1", "-+1", "01", "-01", "00", "007", "1.", ".5", "-.5", "1.e5", "1e", "1e+",
        "1e-", "1E", "1e5.5", "1.5.5", "0x10", "1_000", "1,000", "1 2", "1a", "0a", "-a", "1e999",
        "-1e999", "1e309", "1" + String(repeating: "0", count: 400), "２", "[-]", "[1.]",
        String(repeating: "9", count: 1025),
    ]

    private static let badStrings = [
        "\"", "\"a", "a\"", "'a'", #""\""#, #""\"#, #""\a""#, #""\x41""#, #""\0""#, #""\u""#,
        #""\u1""#, #""\u12""#, #""\u123""#, #""\u12g4""#, #""\U0041""#, #""\u+123""#, #""\u 123""#,
        #""\ud800""#, #""\udc00""#, #""\ud800a""#, #""\ud800\n""#, #""\ud800\u0041""#,
        #""\ud800\ud800""#, #""\udc00\ud800""#, #""\ud800\u""#, #""\ud800\udc0""#, "\"\n\"",
        "\"\t\"", "\"\r\"", "\"\u{0}\"", "\"\u{1f}\"", "\"1234567\u{1}\"", "\"12345678\u{1}\"",
        "\"\\\n\"", "\"a\"\"b\"",
    ]

    private static let badLists = [
        "[", "]", "[,]", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[1", "[1,", "[[]", "[]]", "[1}",
        "[1:2]", "[\"a\"", "[a]", "[][]", "[\"a\",\n4\n,1,", "[1]a", "[\u{c}]", "[1,\u{0}2]",
        String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
    ]

    private static let badObjects = [
        "{", "}", "{,}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,\"a\":1}", "{\"a\":1,,\"b\":2}",
        "{\"a\" 1}", "{\"a\"::1}", "{\"a\":1 \"b\":2}", "{a:1}", "{'a':1}", "{1:1}", "{null:1}",
        "{[]:1}", "{\"a\":1", "{\"a\":1,", "{\"a\":", "{\"a", "{\"a\":1]", "{\"a\":1}}",
        "{\"a\":1}x", "{}{}", "{\"a\":\"b\":\"c\"}", "{\"a\":1,\"a\":2}", #"{"a":1,"\u0061":2}"#,
        "{\"x\":{\"b\":1,\"b\":1}}", "{\"\":1,\"\":2}", "{\"a\":1,\"b\":2,\"a\":3}",
        String(repeating: "{\"a\":", count: 65) + "1" + String(repeating: "}", count: 65),
    ]

    private static let badTexts = [
        "", " ", "\n", "// c\n1", "1 // c", "/* c */1", "#1", "{\"a\":1/**/}", "\u{feff}1",
        "\u{a0}1", "\u{2028}1", "\u{b}1", "\u{c}1", "1\u{0}", "\u{0}", "*", "<a>", #"\u0031"#,
    ]

    /// Overlong forms, surrogates, beyond the last character, cut short, stray.
    static let badUTF8: [[UInt8]] = [
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80],
        [0xE0, 0x9F, 0xBF], [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xED, 0xA0, 0x80],
        [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE],
        [0xFF],
    ]
}
