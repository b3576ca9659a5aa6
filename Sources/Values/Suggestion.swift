/// Finds the word that somebody meant who mistyped it.
package enum Suggestion {
    /// `; did you mean …?`, or nothing when no word is close.
    package static func text(for word: String, among words: [String]) -> String {
        guard let closest = closest(to: word, among: words) else { return "" }
        return "; did you mean \(closest)?"
    }

    package static func closest(to word: String, among words: [String]) -> String? {
        let distances = words.map { ($0, distance(word, $0)) }
        guard let best = distances.min(by: { $0.1 < $1.1 }) else { return nil }
        return best.1 <= max(1, min(word.count, 32) / 3) ? best.0 : nil
    }

    /// How many letters must be put in, left out or changed (Levenshtein), in any case of letters.
    private static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.lowercased().utf8.prefix(64))
        let right = Array(right.lowercased().utf8.prefix(64))
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let changed = diagonal + (letter == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(changed, diagonal + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}
