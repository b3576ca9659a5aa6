/// A piece of SQL as an engine tells it, taken apart into words.
///
/// Engines write the same condition in their own ways: PostgreSQL adds casts and parentheses. What
/// is left without them is compared.
struct SQLWords: Hashable {
    enum Word: Hashable {
        /// A name or a keyword, without its quotes.
        case name(String)
        case text(String)
        case number(String)
        case symbol(Character)

        /// What a word stands for that is a value: nil of a sign.
        var value: String? {
            switch self {
            case .name(let text), .text(let text), .number(let text): text
            case .symbol: nil
            }
        }
    }

    private(set) var list: [Word] = []

    init(_ text: String) {
        var scanner = SQLScanner(text)
        while let word = scanner.next() { list.append(word) }
    }

    private init(list: [Word]) {
        self.list = list
    }

    /// Without casts and parentheses.
    var bare: [Word] {
        var bare: [Word] = []
        var index = 0
        while index < list.count {
            switch list[index] {
            case .symbol("("), .symbol(")"): index += 1
            case .symbol(":"): index = endOfCast(index)
            default:
                bare.append(list[index])
                index += 1
            }
        }
        return bare
    }

    /// `::character varying(50)[]`
    private func endOfCast(_ start: Int) -> Int {
        var index = start
        while index < list.count, list[index] == .symbol(":") { index += 1 }
        while index < list.count, case .name(let name) = list[index], Self.typeWords.contains(name)
        {
            index += 1
        }
        if index + 2 < list.count, list[index] == .symbol("("), case .number = list[index + 1] {
            index += 3
        }
        let brackets = [Word.symbol("["), .symbol("]")]
        while list[min(index, list.count)...].starts(with: brackets) { index += 2 }
        return index
    }

    private static let typeWords: Set<String> = [
        "character", "varying", "text", "integer", "bigint", "numeric", "double", "precision",
        "regconfig", "boolean", "uuid", "date", "timestamp", "time", "zone", "with", "without",
        "smallint", "real", "bpchar", "jsonb", "tsvector",
    ]

    /// What stands between the first parenthesis and its partner, cut at its commas.
    var parts: [SQLWords] {
        guard let open = list.firstIndex(of: .symbol("(")) else { return [] }
        var parts: [[Word]] = [[]]
        var depth = 0
        for word in list[(open + 1)...] {
            if word == .symbol(")"), depth == 0 { break }
            if word == .symbol("(") { depth += 1 }
            if word == .symbol(")") { depth -= 1 }
            if word == .symbol(","), depth == 0 {
                parts.append([])
            } else {
                parts[parts.count - 1].append(word)
            }
        }
        return parts.map { SQLWords(list: $0) }
    }

    /// What follows each CHECK, in its parentheses.
    var checks: [SQLWords] {
        list.indices.filter { list[$0] == .name("check") }.map { start in
            var depth = 0
            var words: [Word] = []
            for word in list[(start + 1)...] {
                if word == .symbol("(") { depth += 1 }
                if word == .symbol(")") { depth -= 1 }
                words.append(word)
                if depth == 0 { break }
            }
            return SQLWords(list: words)
        }
    }
}

/// Reads one word after the other. By scalars, as engines do: a quote with an accent over it is a
/// quote.
private struct SQLScanner {
    private let scalars: [Unicode.Scalar]
    private var position = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    private var current: Unicode.Scalar? {
        position < scalars.count ? scalars[position] : nil
    }

    mutating func next() -> SQLWords.Word? {
        while let current, current.properties.isWhitespace { position += 1 }
        guard let current else { return nil }
        switch current {
        case "'": return .text(quoted("'"))
        case "\"": return .name(quoted("\""))
        case _ where Self.isLetter(current): return .name(run().lowercased())
        case _ where Self.isDigit(current): return .number(run())
        default:
            position += 1
            return .symbol(Character(current))
        }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar == "_"
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private mutating func quoted(_ quote: Unicode.Scalar) -> String {
        var text = String.UnicodeScalarView()
        position += 1
        while let scalar = current {
            position += 1
            if scalar == quote {
                guard current == quote else { break }
                position += 1
            }
            text.append(scalar)
        }
        return String(text)
    }

    /// Letters, digits, underscores, and what a number has beside.
    private mutating func run() -> String {
        let start = position
        let isNumber = Self.isDigit(scalars[start])
        while let scalar = current {
            let isSign =
                isNumber && ["+", "-"].contains(scalar)
                && ["e", "E"].contains(scalars[position - 1])
            guard
                Self.isLetter(scalar) || Self.isDigit(scalar) || isNumber && scalar == "." || isSign
            else { break }
            position += 1
        }
        return String(String.UnicodeScalarView(scalars[start..<position]))
    }
}
