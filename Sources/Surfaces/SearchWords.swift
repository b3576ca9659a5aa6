import Coding
import Values

/// Words to look for in the texts of a list.
package struct SearchWords: StringValue, Sendable {
    package let text: String

    private static let lengths = 1...100

    package init(_ text: String) throws(Invalid) {
        try text.requireText(length: Self.lengths)
        self.text = text
    }

    private init(known text: String) { self.text = text }

    package static var schema: Schema {
        .string(length: lengths, pattern: #"^[^\u0000-\u001F\u007F-\u009F]*$"#)
    }
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
