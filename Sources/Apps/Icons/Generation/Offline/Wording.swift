/// What a prompt says, and what is made of it where it says nothing that is known.
enum Wording {
    /// In small letters, without what stands between words.
    static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// The same number for the same words, however they are written (FNV-1a).
    static func number(of text: String) -> UInt64 {
        var number: UInt64 = 0xcbf2_9ce4_8422_2325
        for word in words(of: text) {
            for byte in (word + " ").utf8 { number = (number ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        return number
    }
}
