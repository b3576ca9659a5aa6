import Testing
import Values

struct TextSearchTests {
    @Test func `a text is found where it first stands`() {
        let text = "aab aab"
        #expect(text.firstRange(of: "ab").map { String(text[..<$0.lowerBound]) } == "a")
        #expect(text.dropFirst(2).firstRange(of: "ab").map { text[..<$0.lowerBound].count } == 5)
        #expect(text.contains("b a"))
        #expect(!text.contains("aaa"))
        #expect(!"".contains("a"))
        #expect(!text.contains("aab aab "))
        #expect(!text.contains(""), "an empty text stands nowhere")
    }

    @Test func `an accent that follows hides nothing`() {
        #expect("a</svg>\u{301}".contains("</svg>"))
        #expect("ä/ö//ü".split(by: "/") == ["ä", "ö", "", "ü"])
    }

    @Test func `places do not overlap`() {
        #expect("aaaaa".ranges(of: "aa").count == 2)
        #expect("abc".ranges(of: "x").isEmpty)
        #expect("ab".ranges(of: "").isEmpty)
    }

    @Test func `there is one piece more than there are places`() {
        #expect("{{a}} {{b}}".split(by: "{{") == ["", "a}} ", "b}}"])
        #expect("a".split(by: "{{") == ["a"])
        #expect("".split(by: "{{") == [""])
        #expect("a{{".split(by: "{{") == ["a", ""])
        #expect("x--y--z".dropFirst(2).split(by: "--") == ["-y", "z"])
    }

    @Test func `what is replaced is not looked at again`() {
        #expect(#"a\"b\""#.replacing(#"\""#, with: #"""#) == #"a"b""#)
        #expect("aaa".replacing("a", with: "aa") == "aaaaaa")
        #expect("a=b=".replacing("=", with: "") == "ab")
    }
}
