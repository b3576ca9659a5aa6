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

/// Numbers that look like chance and are the same for the same seed (SplitMix64).
struct SeededNumbers {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, limit)))
    }
}
