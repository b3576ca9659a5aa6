/// A declaration of a type.
package struct Declaration {
    /// Counted from 0.
    package let line: Int
    package let name: String
    package let isPackage: Bool
}

extension SourceFile {
    /// The modules that are imported, each with its line.
    package var imports: [(line: Int, module: String)] {
        guard let code = swift?.code else { return [] }
        return code.indices.compactMap { line in
            guard code[line].contains("import ") else { return nil }
            let words = code[line].split(separator: " ")
            guard let at = words.firstIndex(of: "import"), at + 1 < words.count else { return nil }
            let isKind = ["struct", "class", "enum", "func", "var"].contains(words[at + 1])
            guard let module = words.dropFirst(at + (isKind ? 2 : 1)).first else { return nil }
            return (line, String(module.prefix { $0 != "." }))
        }
    }

    /// The types that are declared, nested ones included.
    package var declarations: [Declaration] {
        guard let code = swift?.code else { return [] }
        let kinds: Set<Substring> = ["class", "struct", "enum", "actor", "protocol"]
        return code.indices.compactMap { line in
            let words = code[line].split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "@" }
            guard let at = words.firstIndex(where: kinds.contains), at + 1 < words.count,
                words[..<at].allSatisfy(Self.modifiers.contains), words[at + 1] != "func",
                words[at + 1] != "var", words[at + 1] != "let"
            else { return nil }
            return Declaration(
                line: line, name: String(words[at + 1]),
                isPackage: words[..<at].contains { $0 == "package" || $0 == "public" })
        }
    }

    private static let modifiers: Set<Substring> = [
        "package", "public", "internal", "private", "fileprivate", "final", "indirect",
        "nonisolated", "unsafe", "@frozen", "@MainActor", "@unchecked", "@usableFromInline",
    ]

    /// Whether the code on a line has `words`, not as a part of longer words.
    package func uses(_ words: String, at line: Int) -> Bool {
        guard let code = swift?.code[line], code.contains(words) else { return false }
        return code.ranges(of: words).contains { range in
            let before =
                range.lowerBound > code.startIndex
                ? code[code.index(before: range.lowerBound)] : " "
            let after = range.upperBound < code.endIndex ? code[range.upperBound] : " "
            let startsWord = words.first?.isWordCharacter ?? false
            let endsWord = words.last?.isWordCharacter ?? false
            return !(startsWord && before.isWordCharacter) && !(endsWord && after.isWordCharacter)
        }
    }

    /// The first line whose code has the word.
    package func firstUse(of words: String) -> Int? {
        swift?.code.indices.first { uses(words, at: $0) }
    }

    /// The comment lines directly above a line, attributes skipped, without their slashes.
    package func commentAbove(_ line: Int) -> [String] {
        guard let swift else { return [] }
        var found: [String] = []
        var index = line - 1
        while index >= 0 {
            let comment = swift.comments[index]
            let code = swift.code[index].trimmed
            if comment.hasPrefix("//"), code.isEmpty {
                found.insert(String(comment.drop { $0 == "/" || $0 == " " }), at: 0)
            } else if !code.hasPrefix("@") {
                break
            }
            index -= 1
        }
        return found
    }

    /// Whether a documentation comment stands directly above a line, attributes skipped.
    package func isDocumented(_ line: Int) -> Bool {
        var index = line - 1
        while index >= 0, swift?.code[index].trimmed.hasPrefix("@") == true { index -= 1 }
        while index >= 0, lines[index].trimmed.hasPrefix("//") {
            if lines[index].trimmed.hasPrefix("///") { return true }
            index -= 1
        }
        return false
    }
}

extension Character {
    fileprivate var isWordCharacter: Bool { isLetter || isNumber || self == "_" }
}
