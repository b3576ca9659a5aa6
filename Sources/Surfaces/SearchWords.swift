import Coding
import Values

/// Words to look for in the texts of a list.
package struct SearchWords: LineValue, Sendable {
    package static let lengths = 1...100

    package let text: String

    package init(known text: String) { self.text = text }

    package static var example: SearchWords { SearchWords(known: "compass") }

    /// How texts and what is looked for in them are compared.
    package static func folded(_ text: String) -> String { text.lowercased() }

    package func isFound(in text: String) -> Bool {
        Self.folded(text).contains(Self.folded(self.text))
    }

    /// A pattern of LIKE, with `!` as its escape, for what contains the text, whose own signs mean
    /// nothing in it.
    package var pattern: String {
        var pattern = "%"
        for character in Self.folded(text) {
            if "%_!".contains(character) { pattern.append("!") }
            pattern.append(character)
        }
        return pattern + "%"
    }
}
