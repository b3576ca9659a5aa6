/// The words that somebody searches for, each a run of letters and digits: nothing else of what he
/// typed gets into the languages that the engines have for searching.
package struct SearchWords: Hashable, Sendable {
    package let list: [String]

    /// What stands between words, signs as well as spaces, is passed over.
    package init(_ text: String) {
        var words: [String.UnicodeScalarView] = []
        var isInWord = false
        for scalar in text.unicodeScalars {
            let belongs = Self.isOfWord(scalar) || isInWord && Self.isMark(scalar)
            if belongs, !isInWord { words.append(String.UnicodeScalarView()) }
            if belongs { words[words.count - 1].append(scalar) }
            isInWord = belongs
        }
        list = words.map { String($0) }
    }

    private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }

    /// An accent that stands by itself, after its letter.
    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    /// For FTS5: every word, and of the last the beginning is enough.
    var sqlite: String {
        list.map { "\"\($0)\"" }.joined(separator: " ") + (list.isEmpty ? "" : " *")
    }

    /// The same for `to_tsquery`.
    var postgres: String {
        list.map { "'\($0)'" }.joined(separator: " & ") + (list.isEmpty ? "" : ":*")
    }
}
