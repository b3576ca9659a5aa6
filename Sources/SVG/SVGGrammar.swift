/// What kind of value an attribute takes. Each kind is a short list of characters or forms; what does
/// not keep to it is left out, so that no value means more than it shows: no address, no script, no
/// escape.
enum SVGGrammar {
    case id, link, paint, color, server
    case length, lengths, numbers, path, transform, word, words, weight, families, sentence

    /// Nil for what is none of the kind. `text` has single spaces, and none at its ends.
    func value(_ text: String) -> SVGValue? {
        switch self {
        case .id: text.isEmpty ? nil : .id(text)
        case .link: Self.link(text)
        case .paint: Self.paint(text)
        case .color: Self.isColor(text) ? .plain(text) : nil
        case .server: text == "none" ? .plain(text) : Self.server(text, fallback: false)
        case .length: Self.isLength(text) ? .plain(text) : nil
        case .lengths: Self.isLengths(text) ? .plain(text) : nil
        case .numbers: Self.plain(text, of: Self.numberCharacters)
        case .path: Self.plain(text, of: Self.pathCharacters)
        case .transform: Self.isTransform(text) ? .plain(text) : nil
        case .word: Self.plain(text, of: Self.wordCharacters)
        case .words: Self.plain(text, of: Self.wordCharacters.union([0x20]))
        case .weight: Self.plain(text, of: Self.wordCharacters.union(Self.digits))
        case .families: Self.plain(text, of: Self.familyCharacters)
        case .sentence: .plain(text)
        }
    }

    private static let digits = Set("0123456789".utf8)
    private static let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    private static let numberCharacters = digits.union("+-.,eE ".utf8)
    private static let pathCharacters = numberCharacters.union("MmZzLlHhVvCcSsQqTtAa".utf8)
    private static let wordCharacters = letters.union("-".utf8)
    private static let familyCharacters = letters.union(digits).union(" ,-_'\"".utf8)
    private static let colorCharacters = digits.union("+-.,%/ ".utf8).union("deg".utf8)

    private static func plain(_ text: String, of characters: Set<UInt8>) -> SVGValue? {
        isMade(text, of: characters) ? .plain(text) : nil
    }

    private static func isMade(_ text: some StringProtocol, of characters: Set<UInt8>) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(characters.contains)
    }

    // MARK: Lengths

    private static let units = ["", "px", "%", "em", "ex", "rem", "pt", "pc", "mm", "cm", "in"]

    static func isLength(_ text: some StringProtocol) -> Bool {
        length(text) != nil
    }

    /// A number, and its unit in small letters.
    static func length(_ text: some StringProtocol) -> (number: Double, unit: String)? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || "+-.".contains($0)) }
        let unit = text.dropFirst(digits.count).lowercased()
        if let number = Double(String(digits)), units.contains(unit) { return (number, unit) }
        // `1e3`, which no unit follows.
        guard isMade(text, of: numberCharacters), let number = Double(String(text)) else {
            return nil
        }
        return number.isFinite ? (number, "") : nil
    }

    private static func isLengths(_ text: String) -> Bool {
        if text == "none" || text == "inherit" { return true }
        let parts = text.split { $0 == " " || $0 == "," }
        return !parts.isEmpty && parts.allSatisfy { isLength($0) }
    }

    // MARK: Transforms

    private static let transforms = ["matrix", "translate", "scale", "rotate", "skewX", "skewY"]

    private static func isTransform(_ text: String) -> Bool {
        let parts = text.split(separator: ")", omittingEmptySubsequences: false)
        guard parts.count > 1, parts.last?.isEmpty == true else { return false }
        return parts.dropLast().allSatisfy { part in
            let halves = part.split(separator: "(", omittingEmptySubsequences: false)
            guard halves.count == 2 else { return false }
            let name = halves[0].filter { $0 != " " && $0 != "," }
            return transforms.contains(name) && isMade(halves[1], of: numberCharacters)
        }
    }

    // MARK: Colours

    private static let colorFunctions = [
        "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch",
    ]

    private static func isColor(_ text: some StringProtocol) -> Bool {
        if text.hasPrefix("#") {
            return [4, 5, 7, 9].contains(text.utf8.count)
                && text.dropFirst().allSatisfy { $0.isASCII && $0.isHexDigit }
        }
        guard text.hasSuffix(")") else { return isMade(text, of: wordCharacters) }
        let halves = text.dropLast().split(separator: "(", omittingEmptySubsequences: false)
        return halves.count == 2 && colorFunctions.contains(halves[0].lowercased())
            && isMade(halves[1], of: colorCharacters)
    }

    private static func paint(_ text: String) -> SVGValue? {
        isColor(text) ? .plain(text) : server(text, fallback: true)
    }

    // MARK: References

    private static func link(_ text: String) -> SVGValue? {
        text.hasPrefix("#") && text.utf8.count > 1 ? .link(String(text.dropFirst())) : nil
    }

    /// `url(#name)`, `url('#name')` or `url("#name")`, and a colour behind it where that is allowed.
    private static func server(_ text: String, fallback mayFallBack: Bool) -> SVGValue? {
        guard text.prefix(4).lowercased() == "url(", let end = text.firstIndex(of: ")") else {
            return nil
        }
        let inner = text[..<end].dropFirst(4).trimmed.unquoted
        let fallback = text[text.index(after: end)...].trimmed
        guard inner.hasPrefix("#"), isName(inner.dropFirst()) else { return nil }
        let name = String(inner.dropFirst())
        if fallback.isEmpty { return .server(name, fallback: nil) }
        guard mayFallBack, isColor(fallback) else { return nil }
        return .server(name, fallback: String(fallback))
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty && !text.contains { #" ()"'\"#.contains($0) }
    }
}

extension Substring {
    var trimmed: Substring {
        let start = drop { $0 == " " }
        return start.last == " "
            ? start.dropLast(start.reversed().prefix { $0 == " " }.count) : start
    }

    /// Without the quotes around it, where there are two of a kind.
    fileprivate var unquoted: Substring {
        guard let first, first == "'" || first == "\"", count > 1, last == first else {
            return self
        }
        return dropFirst().dropLast()
    }
}
