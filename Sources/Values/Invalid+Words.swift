extension Invalid {
    /// What is wrong, as the end of a sentence that starts with the value's name: for the command
    /// line and for files. `rules` has the words for rules, `unknown` those for what nobody asked
    /// for.
    package func words(rules: [String: String], unknown: String) -> String {
        switch self {
        case .missing: "is missing"
        case .wrongType(let expected, let received):
            "must be \(expected.withArticle), not \(received.withArticle)"
        case .tooShort(let min): "is too short: at least \(min) characters"
        case .tooLong(let max): "is too long: at most \(max) characters"
        case .tooSmall(let min): "is too small: at least \(Self.number(min))"
        case .tooBig(let max): "is too big: at most \(Self.number(max))"
        case .notOneOf(let names): "must be one of " + names.joined(separator: ", ")
        case .malformed(.duration): "must be a length of time such as 30s, 15m, 12h or 7d"
        case .malformed(.size): "must be a size such as 512, 32KiB or 1MiB"
        case .malformed(let format): "is no \(format.rawValue)"
        case .unknown: unknown
        case .misspelt(let meant): unknown + "; did you mean \(meant)?"
        case .rule(let name): rules[name] ?? "breaks the rule \(name)"
        }
    }

    private static func number(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? "\(value)"
    }
}

extension Invalid.Kind {
    /// `a whole number`, `text`.
    package var withArticle: String {
        switch self {
        case .string: "text"
        case .integer: "a whole number"
        case .number: "a number"
        case .boolean: "true or false"
        case .object: "an object"
        case .list: "a list"
        case .null: "null"
        case .instant: "an instant"
        case .id: "an id"
        }
    }
}
