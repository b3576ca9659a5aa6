import Testing

@testable import Files

/// Names from outside are shown and offered, and lead nowhere.
struct CleanNameTests {
    @Test(arguments: [
        ("engine.png", "engine.png"), ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\a.png", "a.png"),
        ("/", "file"), ("", "file"), ("..", "file"), (".", "file"), ("a/..", "file"),
        (" a b.png ", "a b.png"), ("a\u{0}b\r\nc\u{7f}.png", "abc.png"),
        ("\u{202e}gnp.exe", "gnp.exe"), ("a\u{2028}b", "ab"), ("Ölkanne.png", "Ölkanne.png"),
        ("👩‍🔬.png", "👩‍🔬.png"), (".hidden", ".hidden"),
    ])
    func `a name is the last part of a path, on one line`(given: String, name: String) {
        #expect(CleanName.of(given) == name)
    }

    @Test func `no name is a name of ours, and a long one is cut`() {
        #expect(CleanName.of(nil) == "file")
        #expect(CleanName.of(String(repeating: "a", count: 5000)).count == CleanName.lengthMax)
        let combined = "a" + String(repeating: "\u{301}", count: 5000)
        #expect(CleanName.of(combined).unicodeScalars.count <= CleanName.lengthMax)
    }
}
