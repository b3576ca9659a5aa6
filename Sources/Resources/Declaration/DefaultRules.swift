import Coding
import SQL
import Values

/// Whether a field can have a value by default: one that the field itself would take.
struct DefaultRules {
    private let field: ResourceField

    init(_ field: ResourceField) {
        self.field = field
    }

    /// What is wrong with it, as the end of a sentence.
    func problem(with value: JSON) -> String? {
        if field.isUnique { return "would be the same in every row, and the field is unique" }
        do {
            try check(value)
            return nil
        } catch {
            return error.words(rules: Self.words, unknown: "")
        }
    }

    static let words = [
        "default.kind": "cannot be given for this type",
        "default.pattern": "does not fit the pattern",
        "default.null": "must not be null: leave it out",
        "literal.backslash": "must not have a backslash",
    ]

    private func check(_ value: JSON) throws(Invalid) {
        if value.isNull { throw .rule("default.null") }
        switch field.type {
        case .text: try checkText(value, length: field.length ?? 0...Int.max)
        case .email: _ = try EmailAddress(try text(value))
        case .url: try checkText(value, length: 1...2048)
        case .enumeration:
            guard field.values.contains(try text(value)) else { throw .notOneOf(field.values) }
        case .date: try DayText.check(try text(value))
        case .boolean:
            guard case .boolean = value else { throw wrong(.boolean, value) }
        case .integer:
            guard let number = value.asInteger else { throw wrong(.integer, value) }
            try checkRange(Double(number))
        case .number:
            guard let number = value.asNumber else { throw wrong(.number, value) }
            try checkRange(number)
        case .instant, .json, .reference: throw .rule("default.kind")
        }
    }

    private func text(_ value: JSON) throws(Invalid) -> String {
        guard let text = value.asString else { throw wrong(.string, value) }
        _ = try SQLLiteral(text)
        return text
    }

    private func wrong(_ expected: Invalid.Kind, _ value: JSON) -> Invalid {
        .wrongType(expected: expected, received: value.kind)
    }

    private func checkText(_ value: JSON, length: ClosedRange<Int>) throws(Invalid) {
        let text = try text(value)
        try text.requireText(length: length)
        guard let pattern = field.pattern.flatMap({ try? Pattern($0) }) else { return }
        guard pattern.matches(text) else { throw .rule("default.pattern") }
    }

    private func checkRange(_ number: Double) throws(Invalid) {
        if let min = field.range?.min, number < min { throw .tooSmall(min: min) }
        if let max = field.range?.max, number > max { throw .tooBig(max: max) }
    }
}

/// A day as text, `YYYY-MM-DD`.
package enum DayText {
    /// Throws unless there is such a day.
    package static func check(_ text: String) throws(Invalid) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2],
            text.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || isDigit($0) }),
            Instant(text + "T00:00:00Z") != nil
        else { throw .malformed(.date) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
