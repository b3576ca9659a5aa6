import Foundation
import Testing

@testable import Secrets

@Suite struct CompatibilityFormTests {
    @Test func `every character is composed as Foundation does it`() {
        var different: [Unicode.Scalar] = []
        // Beyond these planes there is one block that is composed at all.
        for code in Array(UInt32(0)..<0x20000) + Array(0x2f800..<0x2fa20) {
            guard let scalar = Unicode.Scalar(code) else { continue }
            let text = String(Character(scalar))
            let expected = text.precomposedStringWithCompatibilityMapping
            if !CompatibilityForm.composed(text).utf8.elementsEqual(expected.utf8) {
                different.append(scalar)
            }
        }
        #expect(different == [])
    }

    @Test(arguments: [
        "pässwörd", "pa\u{308}sswo\u{308}rd", "Ａｂｃ①②", "ﬁancé", "\u{1100}\u{1161}\u{11a8}",
        "e\u{301}\u{323}", "\u{2126}\u{212b}", "㌀ ½ ™", "日本語パスワード", "😀👩‍👧", "a\u{30a}\u{328}ﬃ",
    ])
    func `words are composed as Foundation does it`(word: String) {
        let expected = word.precomposedStringWithCompatibilityMapping
        #expect(CompatibilityForm.composed(word).utf8.elementsEqual(expected.utf8))
    }
}
