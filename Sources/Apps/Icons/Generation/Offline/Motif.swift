/// Something that can be drawn on 24 by 24: closed shapes, which may be filled, lines upon them, which
/// can be cut out of what is filled, and lines beside them.
struct Motif: Hashable, Sendable {
    let name: String
    /// What else it is called.
    var words: [String] = []
    var body = ""
    var lines = ""
    var beside = ""

    init(
        _ name: String, _ words: String = "", body: String = "", lines: String = "",
        beside: String = ""
    ) {
        self.name = name
        self.words = words.split(separator: " ").map(String.init)
        (self.body, self.lines, self.beside) = (body, lines, beside)
    }

    /// Those that a text names, in its order, each once.
    static func named(in text: String) -> [Motif] {
        var found: [Motif] = []
        for word in Wording.words(of: text) {
            guard let motif = byWord[word] ?? Self.singular(word).flatMap({ byWord[$0] }),
                !found.contains(motif)
            else { continue }
            found.append(motif)
        }
        return found
    }

    private static func singular(_ word: String) -> String? {
        word.hasSuffix("s") ? String(word.dropLast()) : nil
    }

    private static let byWord: [String: Motif] = {
        var byWord: [String: Motif] = [:]
        for motif in all { for word in [motif.name] + motif.words { byWord[word] = motif } }
        return byWord
    }()
}
