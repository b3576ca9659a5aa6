import Values

/// Texts with small damage of the kinds that find mistakes in readers, the same for the same seed.
package struct TextDamage {
    private let texts: [[UInt8]]
    private let tokens: [[UInt8]]
    private let bytesMax: Int
    private var numbers: SeededNumbers

    /// Changes that one text has at most.
    private static let changesMax = 5

    /// Begins with one of `texts`, whose `tokens` mean something to the reader. Nothing is repeated in
    /// what has more than `bytesMax`.
    package init(to texts: [String], tokens: [String], bytesMax: Int = 3000, seed: UInt64) {
        (self.texts, self.tokens) = (texts.map { Array($0.utf8) }, tokens.map { Array($0.utf8) })
        (self.bytesMax, numbers) = (bytesMax, SeededNumbers(seed: seed))
    }

    package mutating func next() -> [UInt8] {
        var text = one(of: texts)
        for _ in 0..<numbers.below(Self.changesMax + 1) { change(&text) }
        return text
    }

    private mutating func one(of list: [[UInt8]]) -> [UInt8] {
        list.isEmpty ? [] : list[numbers.below(list.count)]
    }

    private mutating func change(_ text: inout [UInt8]) {
        let (one, other) = (numbers.below(text.count + 1), numbers.below(text.count + 1))
        let (at, end) = (min(one, other), max(one, other))
        switch numbers.below(9) {
        case 0 where at < text.count: text[at] = UInt8(numbers.below(256))
        case 1 where at < text.count: text.remove(at: at)
        case 2 where at < text.count: text[at] ^= 1 << UInt8(numbers.below(8))
        case 3: text.removeLast(text.count - one)
        case 4 where text.count < bytesMax: text.insert(contentsOf: text[at..<end], at: at)
        case 5: text.removeSubrange(at..<min(end, at + 12))
        case 6: splice(&text, at: one)
        default: text.insert(contentsOf: self.one(of: tokens), at: one)
        }
    }

    /// A piece of another text.
    private mutating func splice(_ text: inout [UInt8], at place: Int) {
        let other = one(of: texts)
        let start = numbers.below(other.count + 1)
        text.insert(
            contentsOf: other[start..<min(other.count, start + numbers.below(200))], at: place)
    }
}
