import Testing
import Values

@testable import SQL

struct SQLLiteralTests {
    @Test(arguments: [
        ("active", "'active'"), ("", "''"), ("it's", "'it''s'"), ("''", "''''''"),
        ("'; DROP TABLE users; --", "'''; DROP TABLE users; --'"), ("$1 ? :a", "'$1 ? :a'"),
        ("ä€😀", "'ä€😀'"), ("\"q\"", "'\"q\"'"), ("a\nb", "'a\nb'"), ("/* */", "'/* */'"),
        // A quote that is composed with what follows is a quote all the same.
        ("a'\u{301}b", "'a''\u{301}b'"),
    ])
    func `text is quoted so that it stays one text`(_ text: String, _ sql: String) throws {
        #expect(Array(try SQLLiteral(text).sql.utf8) == Array(sql.utf8))
    }

    @Test(arguments: ["a\u{0}b", "\\", "\\'", "' \\"])
    func `what no text may hold is refused`(_ text: String) {
        #expect(throws: Invalid.self) { try SQLLiteral(text) }
    }

    @Test func `numbers and truth are written as both engines read them`() throws {
        #expect(SQLLiteral(Int64.min).sql == "-9223372036854775808")
        #expect(try SQLLiteral(1.5e300).sql == "1.5e+300")
        #expect(try SQLLiteral(-0.0).sql == "0.0")
        #expect(SQLLiteral(true).sql == "TRUE" && SQLLiteral(false).sql == "FALSE")
        #expect(throws: Invalid.self) { try SQLLiteral(Double.infinity) }
        #expect(throws: Invalid.self) { try SQLLiteral(Double.nan) }
    }

    @Test func `a literal is part of the text and no parameter`() throws {
        let fragment: SQLFragment = "a DEFAULT \(try SQLLiteral("x'y")) CHECK (a > \(5))"
        #expect(fragment.text == "a DEFAULT 'x''y' CHECK (a > $1)")
        #expect(fragment.types == [.integer])
    }
}
