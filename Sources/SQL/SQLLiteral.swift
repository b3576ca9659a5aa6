import Values

/// A value written into the text of a statement, for those few that take no parameters: the default
/// and the check of a column in CREATE TABLE.
///
/// Quoted here and nowhere else. A backslash is refused because it would be an escape on a PostgreSQL
/// server with `standard_conforming_strings = off`, and a NUL because texts end there.
package struct SQLLiteral: Hashable, Sendable {
    /// What the value is, as it was given.
    package enum Kind: Hashable, Sendable {
        case text(String)
        case integer(Int64)
        case number(Double)
        case boolean(Bool)
    }

    package let kind: Kind

    private init(_ kind: Kind) {
        self.kind = kind
    }

    package init(_ text: String) throws(Invalid) {
        guard !text.utf8.contains(0) else { throw .malformed(.text) }
        guard !text.utf8.contains(UInt8(ascii: "\\")) else { throw .rule("literal.backslash") }
        self.init(.text(text))
    }

    package init(_ number: Double) throws(Invalid) {
        guard number.isFinite else { throw .rule("literal.finite") }
        self.init(.number(number == 0 ? 0 : number))
    }

    package init(_ number: Int64) {
        self.init(.integer(number))
    }

    package init(_ number: Int) {
        self.init(.integer(Int64(number)))
    }

    package init(_ value: Bool) {
        self.init(.boolean(value))
    }

    /// By scalars: a quote with an accent over it is one character, and a quote to an engine.
    private static func quoted(_ text: String) -> String {
        var quoted = String.UnicodeScalarView("'".unicodeScalars)
        for scalar in text.unicodeScalars {
            if scalar == "'" { quoted.append(scalar) }
            quoted.append(scalar)
        }
        quoted.append("'")
        return String(quoted)
    }

    /// As both engines read it.
    package var sql: String {
        switch kind {
        case .text(let text): Self.quoted(text)
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .boolean(let value): value ? "TRUE" : "FALSE"
        }
    }
}

extension SQLFragment.StringInterpolation {
    /// Part of the text, quoted; not a parameter.
    package mutating func appendInterpolation(_ literal: SQLLiteral) {
        append(literal)
    }
}
