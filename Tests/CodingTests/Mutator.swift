import Values

/// Small damage to a text, of the kinds that find mistakes in parsers.
enum Mutator {
    private static let tokens = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "null", "true", "0", "-", "1e",
        "e999", ".", "\"a\":1", " ", "é", "😀", "[[", "{}", "\u{1}", "&", "=", "%", "+",
    ].map(bytes)

    static func mutate(_ text: [UInt8], _ generator: inout SeededNumbers) -> [UInt8] {
        var text = text
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let at = Int.random(in: 0...text.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0 where at < text.count: text[at] = .random(in: 0...255, using: &generator)
            case 1 where at < text.count: text.remove(at: at)
            case 2: text = Array(text[..<at])
            case 3 where text.count < 3000: text.insert(contentsOf: text[at...], at: at)
            default: text.insert(contentsOf: tokens.randomElement(using: &generator) ?? [], at: at)
            }
        }
        return text
    }
}
