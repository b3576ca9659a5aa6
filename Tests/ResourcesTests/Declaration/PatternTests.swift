import Testing

@testable import Resources

struct PatternTests {
    @Test(
        arguments: [
            ("abc", ["abc"], ["ab", "abcd", "xabc", ""]),
            ("a|bc", ["a", "bc"], ["abc", "b"]),
            ("[a-z]+(-[a-z]+)*", ["a", "ab-cd-e"], ["", "-a", "a-", "A"]),
            ("^\\d{4}-\\d{2}$", ["2026-11"], ["2026-1", "26-11", "2026-111"]),
            ("a{2,3}", ["aa", "aaa"], ["a", "aaaa"]),
            ("a{2,}", ["aa", "aaaaaa"], ["a"]),
            ("(?:ab)?c*", ["", "ab", "abccc", "cc"], ["a", "abab"]),
            ("[^\"\\\\]*", ["", "a b", "ä€😀"], ["\"", "a\\"]),
            ("\\w+\\s\\S\\.", ["a_9 -."], ["a -", "a  .", "a -x"]),
            (".", ["x", "😀"], ["", "\n", "xx"]),
            ("[]a-]+", ["]", "a-]"], ["b"]), ("a**", ["", "aaa"], ["b"]), ("", [""], ["a"]),
            ("(|a)+b", ["b", "ab", "aab"], ["a"]),
        ] as [(String, [String], [String])])
    func `a pattern takes what it describes, and nothing else`(
        _ text: String, _ good: [String], _ bad: [String]
    ) throws {
        let pattern = try Pattern(text)
        for text in good { #expect(pattern.matches(text), "\(text)") }
        for text in bad { #expect(!pattern.matches(text), "\(text)") }
    }

    @Test(arguments: [
        "(", ")", "a)", "[", "[z-a]", "*", "a{", "a{2", "a{3,2}", "a{99999}", "\\", "\\b", "\\1",
        "(?=a)", "a^b", "((a{1000}){1000}){1000}", String(repeating: "(", count: 400),
        String(repeating: "a", count: 501), "[\\D]",
    ])
    func `what is no pattern is refused`(_ text: String) {
        #expect(throws: Pattern.Mistake.self) { try Pattern(text) }
    }

    @Test func `no text takes long`() throws {
        // Each of these would take a matcher that goes back longer than the universe has been there.
        let text = String(repeating: "a", count: 5000) + "!"
        #expect(!(try Pattern("(a*)*b")).matches(text))
        #expect(!(try Pattern("(a|a|aa)+")).matches(text))
        #expect(!(try Pattern("(a?){100}a{100}")).matches(text))
        // And neither does a pattern that is nothing very often.
        #expect(try Pattern("(((){1000}){1000}){1000}").matches(""))
    }
}

/// What other engines are told of a pattern.
struct PatternTextTests {
    @Test(
        arguments: [
            ("[a-z]+(-[a-z]+)*", "^[a-z]+(?:-[a-z]+)*$"), ("a|b", "^(?:a|b)$"),
            ("^\\d{4}-\\d{2}$", "^[0-9]{4}-[0-9]{2}$"), ("\\s\\S", "^[\t-\r ][^\t-\r ]$"),
            ("[]a-]+", "^[\\]a\\-]+$"), ("\\-\\/\\.", "^-\\/\\.$"), (".", "^[^\n\r]$"),
            ("(ab)?c{2,}d{1,3}", "^(?:ab)?c{2,}d{1,3}$"), ("a**", "^(?:a*)*$"),
            ("[^\"\\\\^]", "^[^\"\\\\\\^]$"), ("€[ä-ü]", "^€[ä-ü]$"), ("", "^$"),
        ] as [(String, String)])
    func `it is written in words that all engines read alike`(
        _ text: String, _ written: String
    ) throws {
        let expected = written.replacing("\t", with: "\\t").replacing("\n", with: "\\n")
            .replacing("\r", with: "\\r")
        #expect(try Pattern(text).anchoredText == expected)
    }

    @Test(arguments: [
        "[A-Z]+-?[0-9]*", "a|bc", "\\d{4}-\\d{2}", "[^\"\\\\]*", "(?:ab)?c*", "[^a-zA-Z0-9_. -]+",
        "\\W\\S\\D", "(a(b(c|d)+)*)?",
    ])
    func `an example matches, and so does what was written for others`(_ text: String) throws {
        let pattern = try Pattern(text)
        let example = try #require(pattern.example(length: 0...100))
        #expect(pattern.matches(example))
        #expect(try Pattern(pattern.anchoredText).matches(example))
    }

    @Test func `an example has the length that is asked for`() throws {
        #expect(try Pattern("[a-z]+").example(length: 10...12) == "aaaaaaaaaa")
        #expect(try Pattern("a{3}").example(length: 5...8) == nil)
        #expect(try Pattern("a{30}").example(length: 1...8) == nil)
    }
}
