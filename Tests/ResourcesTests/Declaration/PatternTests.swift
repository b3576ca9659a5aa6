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
