import Values

/// What a `style` attribute says, as attributes of its own.
///
/// Only plain declarations are read. Text with an escape, a comment or an at-rule in it is left out as
/// a whole: it may mean something else to a browser than to us.
enum SVGStyle {
    static func properties(of text: String) -> [(name: String, value: SVGValue)] {
        if text.utf8.contains(where: { #"\@{}"#.utf8.contains($0) }) || text.contains("/*") {
            return []
        }
        return text.split(separator: ";").compactMap(declaration)
    }

    private static func declaration(_ text: Substring) -> (name: String, value: SVGValue)? {
        let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        let name = halves[0].trimmed.lowercased()
        guard let grammar = SVGAttributes.property(name),
            let value = grammar.value(withoutImportance(halves[1].trimmed))
        else { return nil }
        return (name, value)
    }

    private static func withoutImportance(_ text: Substring) -> String {
        guard text.lowercased().hasSuffix("!important") else { return String(text) }
        return String(text.dropLast("!important".count).trimmed)
    }
}
