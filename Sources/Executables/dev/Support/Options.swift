/// Reads `--name value` and `--flag` from a command's words; what is left over is an error.
struct Options {
    private var words: [String]

    init(_ words: [String]) {
        self.words = words
    }

    mutating func flag(_ name: String) -> Bool {
        guard let index = words.firstIndex(of: name) else { return false }
        words.remove(at: index)
        return true
    }

    mutating func value(_ name: String) throws(Problem) -> String? {
        guard let index = words.firstIndex(of: name) else { return nil }
        guard index + 1 < words.count else { throw Problem("\(name) wants a value") }
        defer { words.removeSubrange(index...index + 1) }
        return words[index + 1]
    }

    mutating func number(_ name: String, default number: Int) throws(Problem) -> Int {
        guard let text = try value(name) else { return number }
        guard let number = Int(text) else { throw Problem("\(name) wants a number, not \(text)") }
        return number
    }

    func end() throws(Problem) {
        if let word = words.first { throw Problem("\(word) is not one of its options") }
    }
}
