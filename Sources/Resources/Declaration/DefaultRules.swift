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
        "field.pattern": "does not fit the pattern",
        "default.null": "must not be null: leave it out",
        "literal.backslash": "must not have a backslash",
    ]

    private func check(_ value: JSON) throws(Invalid) {
        if value.isNull { throw .rule("default.null") }
        if [.instant, .json, .reference].contains(field.type) { throw .rule("default.kind") }
        if let text = value.asString {
            _ = try SQLLiteral(text)
            // It stands in a statement's text, where it is found again.
            try text.requireText(length: 0...Int.max)
        }
        // Where the name is none, that is told already.
        guard let field = Resource.Field(field) else { return }
        _ = try FieldValue(value, for: field)
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
