import Identity

/// Reads a rule: names, `and`, `or`, `not` and parentheses; `and` binds more tightly than `or`.
struct RuleParser {
    /// What is wrong with the text of a rule, as the end of a sentence.
    struct Mistake: Error, Hashable {
        let problem: String
    }

    /// Names and alternatives in one rule; nothing deeper than that can come of it.
    static let wordsMax = 64

    private let words: [String]
    private var position = 0

    static func parse(_ text: String) throws(Mistake) -> Rule {
        var parser = RuleParser(words: try split(text))
        let rule = try parser.alternatives()
        if let word = parser.current {
            throw Mistake(problem: "has \(word) where and, or, or its end should be")
        }
        return rule
    }

    private init(words: [String]) {
        self.words = words
    }

    private var current: String? { position < words.count ? words[position] : nil }

    private mutating func take(_ word: String) -> Bool {
        guard current == word else { return false }
        position += 1
        return true
    }

    // MARK: The grammar

    private mutating func alternatives() throws(Mistake) -> Rule {
        var rule = try conjunction()
        while take("or") { rule = .or(rule, try conjunction()) }
        return rule
    }

    private mutating func conjunction() throws(Mistake) -> Rule {
        var rule = try negation()
        while take("and") { rule = .and(rule, try negation()) }
        return rule
    }

    private mutating func negation() throws(Mistake) -> Rule {
        if take("not") { return .not(try negation()) }
        guard take("(") else { return try leaf() }
        let rule = try alternatives()
        guard take(")") else { throw Mistake(problem: "lacks a closing parenthesis") }
        return rule
    }

    private mutating func leaf() throws(Mistake) -> Rule {
        guard let name = current else { throw Mistake(problem: "ends where a name should be") }
        guard Self.isName(name) else {
            throw Mistake(problem: "has \(name) where a name should be")
        }
        position += 1
        let least = try leastWord()
        switch (name, least) {
        case ("anyone", nil): return .anyone
        case ("signedIn", nil): return .signedIn
        case ("owner", nil): return .owner
        case ("organization.role", let word): return try organizationRole(word)
        case ("anyone", _), ("signedIn", _), ("owner", _):
            throw Mistake(problem: "compares \(name), which is just true or not")
        case (_, let word): return .predicate(name, atLeast: word)
        }
    }

    private mutating func leastWord() throws(Mistake) -> String? {
        guard take(">=") else { return nil }
        guard let word = current, Self.isName(word) else {
            throw Mistake(problem: "lacks a word after >=")
        }
        position += 1
        return word
    }

    private func organizationRole(_ word: String?) throws(Mistake) -> Rule {
        guard let word, let role = OrganizationRole(rawValue: word) else {
            let roles = OrganizationRole.allCases.map(\.rawValue).joined(separator: ", ")
            throw Mistake(problem: "needs organization.role >= and one of \(roles)")
        }
        return .organizationRole(role)
    }

    // MARK: Words

    private static func split(_ text: String) throws(Mistake) -> [String] {
        var words: [String] = []
        var rest = Array(text.unicodeScalars)[...]
        while let first = rest.first {
            var count = 1
            switch first {
            case " ", "\t", "\n":
                rest = rest.dropFirst()
                continue
            case "(", ")": break
            case ">": count = rest.dropFirst().first == "=" ? 2 : 1
            case _ where isWordScalar(first): count = rest.prefix(while: isWordScalar).count
            default: throw Mistake(problem: "has a character that no rule has")
            }
            words.append(String(String.UnicodeScalarView(rest.prefix(count))))
            guard words.count <= wordsMax else { throw Mistake(problem: "has too many words") }
            rest = rest.dropFirst(count)
        }
        return words
    }

    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            && (scalar.properties.isAlphabetic || "0123456789._".unicodeScalars.contains(scalar))
    }

    private static func isName(_ word: String) -> Bool {
        guard let first = word.unicodeScalars.first else { return false }
        return !["and", "or", "not"].contains(word) && isWordScalar(first)
            && first.properties.isAlphabetic
    }
}
