import Coding
import Testing
import Values

@testable import Resources

/// Issue 5, Must show 6: what is no value of a field is told, and never stored.
struct FieldValueTests {
    private let things: Resource

    init() throws {
        things = try Samples.things()
    }

    private func value(_ json: JSON, _ field: String) throws -> Result<FieldValue, Invalid> {
        let field = try things.named(field)
        return Result { () throws(Invalid) in try FieldValue(json, for: field) }
    }

    private func value(text: String, _ field: String) throws -> Result<FieldValue, Invalid> {
        let field = try things.named(field)
        return Result { () throws(Invalid) in try FieldValue(text: text, for: field) }
    }

    /// One of each kind of JSON.
    private static let kinds: [JSON] = [
        .null, true, 1, 1.5, "x", [], [1], .object([:]), ["a": 1],
    ]

    @Test func `a value of another type is refused`() throws {
        let taken: [String: Set<Invalid.Kind>] = [
            "anyText": [.null, .string], "anyNumber": [.null, .integer, .number],
            "anyInteger": [.null, .integer], "anyBoolean": [.null, .boolean],
            "anyInstant": [.null, .string], "anyDate": [.null, .string],
            "anyEnum": [.null, .string], "anyEmail": [.null, .string], "anyUrl": [.null, .string],
            "anyReference": [.null, .string],
            "anyJson": [.null, .string, .integer, .number, .boolean, .list, .object],
        ]
        for field in things.fields where field.declaration.name.hasPrefix("any") {
            let kinds = try #require(taken[field.declaration.name])
            for json in Self.kinds {
                let found = try value(json, field.declaration.name)
                guard !kinds.contains(json.kind) else {
                    if case .failure(.wrongType) = found {
                        Issue.record("\(field.name) refuses \(json)")
                    }
                    continue
                }
                let expected = field.declaration.type.kind
                #expect(
                    found == .failure(.wrongType(expected: expected, received: json.kind)),
                    "\(field.name) \(json)")
            }
        }
    }

    @Test func `null is for fields that may have none`() throws {
        #expect(try value(.null, "anyText") == .success(.null))
        for name in ["code", "count", "price", "status", "note", "settings"] {
            let kind = try things.named(name).declaration.type.kind
            #expect(
                try value(.null, name) == .failure(.wrongType(expected: kind, received: .null)))
        }
    }

    @Test func `characters are counted as the database counts them`() throws {
        #expect(try value("12345", "note") == .success(.text("12345")))
        #expect(try value("", "note") == .success(.text("")))
        #expect(try value("123456", "note") == .failure(.tooLong(max: 5)))
        // Each is one character to an eye, and two and more to PostgreSQL's varchar.
        #expect(try value("é👍é👍é", "note") == .success(.text("é👍é👍é")))
        #expect(try value("e\u{301}e\u{301}e\u{301}", "note") == .failure(.tooLong(max: 5)))
        #expect(try value("👨‍👩‍👧", "note") == .success(.text("👨‍👩‍👧")))
        #expect(try value("👨‍👩‍👧‍👦", "note") == .failure(.tooLong(max: 5)))
        #expect(try value("a\n\tb", "note") == .success(.text("a\n\tb")))
        #expect(try value("a\0b", "note") == .failure(.malformed(.text)))
        #expect(try value("a\0b", "anyText") == .failure(.malformed(.text)))
    }

    @Test func `a pattern must match the whole text`() throws {
        #expect(try value("AB-12", "code") == .success(.text("AB-12")))
        for text in ["ab", "AB-12\n", "-12", "ABé"] {
            #expect(try value(.string(text), "code") == .failure(.rule("field.pattern")), "\(text)")
        }
        #expect(try value("A", "code") == .failure(.tooShort(min: 2)))
        #expect(try value("ABCDEFGHI", "code") == .failure(.tooLong(max: 8)))
    }

    @Test func `numbers have ends, which they may reach`() throws {
        #expect(try value(5, "count") == .success(.integer(5)))
        #expect(try value(-5, "count") == .success(.integer(-5)))
        #expect(try value(6, "count") == .failure(.tooBig(max: 5)))
        #expect(try value(-6, "count") == .failure(.tooSmall(min: -5)))
        #expect(try value(0, "price") == .success(.number(0)))
        #expect(try value(1e300, "price") == .success(.number(1e300)))
        #expect(try value(-1e-300, "price") == .failure(.tooSmall(min: 0)))
    }

    @Test func `whole numbers are exact as far as the column goes, and no further`() throws {
        let exact = Int64(1) << 53 + 1
        #expect(try value(.integer(exact), "anyInteger") == .success(.integer(exact)))
        #expect(try value(.integer(.max), "anyInteger") == .success(.integer(.max)))
        #expect(try value(.integer(.min), "anyInteger") == .success(.integer(.min)))
        #expect(try value(.number(3), "anyInteger") == .success(.integer(3)))
        #expect(try value(.number(-0x1p63), "anyInteger") == .success(.integer(.min)))
        // As the parser gives what is more than 64 bits.
        for text in ["9223372036854775808", "1e30", "1e300"] {
            let json = try JSON(parsing: Array(text.utf8))
            #expect(try value(json, "anyInteger") == .failure(.tooBig(max: 0x1p63)), "\(text)")
        }
        #expect(
            try value(JSON(parsing: Array("-1e30".utf8)), "anyInteger")
                == .failure(.tooSmall(min: -0x1p63)))
    }

    @Test func `what is no number is none`() throws {
        for number in [Double.nan, .infinity, -.infinity] {
            for name in ["anyNumber", "anyInteger"] {
                guard case .failure = try value(.number(number), name) else {
                    Issue.record("\(name) takes \(number)")
                    continue
                }
            }
        }
    }

    @Test(arguments: [
        ("2026-02-28T09:30:00Z", true), ("2026-02-28t09:30:00.123456+02:00", true),
        ("0000-01-01T00:00:00Z", true), ("9999-12-31T23:59:59.999999Z", true),
        // Beyond what can be written as text again.
        ("0000-01-01T00:00:00+00:01", false), ("9999-12-31T23:59:59-00:01", false),
        ("2026-02-29T09:30:00Z", false), ("2026-02-28T24:00:00Z", false),
        ("2026-02-28T09:30:00", false), ("2026-02-28", false), ("", false), ("now", false),
        ("1772271000", false), ("2026-02-28T09:30:60Z", false),
    ])
    func `an instant is one that can be told again`(_ text: String, _ isGood: Bool) throws {
        let found = try value(.string(text), "anyInstant")
        let asked = try value(text: text, "anyInstant")
        #expect(found == asked)
        if isGood {
            #expect(found == .success(.instant(try #require(Instant(text)))))
        } else {
            #expect(found == .failure(.malformed(.instant)))
        }
    }

    @Test(arguments: [
        ("2026-02-28", true), ("2024-02-29", true), ("0001-01-01", true), ("2026-02-29", false),
        ("2026-13-01", false), ("2026-1-1", false), ("+026-01-01", false), ("2026-02-28Z", false),
        ("20260228", false), ("", false), ("2026-02-28' OR 1=1", false), ("２０２６-02-28", false),
    ])
    func `a date is a day that there is`(_ text: String, _ isGood: Bool) throws {
        let found = try value(.string(text), "anyDate")
        #expect(found == (isGood ? .success(.text(text)) : .failure(.malformed(.date))))
        #expect(try value(text: text, "anyDate") == found)
    }

    @Test(arguments: [
        ("https://example.com", true), ("HTTP://Example.COM:8080/a?b=c#d", true),
        ("https://[::1]:80/", true), ("https://a.example/%20/(x)?y='z'&[1]", true),
        ("http://münchen.example", false), ("javascript:alert(1)", false), ("//example.com", false),
        ("https://", false), ("https:///a", false), ("https://user:pw@example.com", false),
        ("https://example.com@evil.example", false), ("ftp://example.com", false),
        ("https://example.com/a b", false), ("https://example.com/\n", false),
        (" https://example.com", false), ("https://example.com/<script>", false),
        ("https://example.com:port", false), ("https://example.com:123456", false),
        ("data:text/html,x", false), ("", false),
    ])
    func `a URL is one that can be put into a link`(_ text: String, _ isGood: Bool) throws {
        #expect(
            try value(.string(text), "anyUrl")
                == (isGood ? .success(.text(text)) : .failure(.malformed(.url))))
    }

    @Test func `a URL is no longer than its column`() throws {
        let start = "https://example.com/"
        let longest = start + String(repeating: "a", count: URLText.lengthMax - start.count)
        #expect(try value(.string(longest), "anyUrl") == .success(.text(longest)))
        #expect(
            try value(.string(longest + "a"), "anyUrl")
                == .failure(.tooLong(max: URLText.lengthMax)))
    }

    @Test func `addresses are kept in lower case and asked for in any`() throws {
        #expect(try value("Ada@Example.COM", "anyEmail") == .success(.text("ada@example.com")))
        #expect(try value("ada@example", "anyEmail") == .failure(.malformed(.email)))
        #expect(
            try value(text: "Ada@Example.COM", "anyEmail") == .success(.text("ada@example.com")))
    }

    @Test func `words are those of the declaration, byte by byte`() throws {
        #expect(try value("\"x\" € 😀", "anyEnum") == .success(.text("\"x\" € 😀")))
        let words = ["active", "it's", "\"x\" € 😀"]
        for text in ["Active", "active ", "", "its"] {
            #expect(try value(.string(text), "anyEnum") == .failure(.notOneOf(words)))
            #expect(try value(text: text, "anyEnum") == .failure(.notOneOf(words)))
        }
        // The same to Swift's ==, another to a database.
        var field = ResourceField("word", .enumeration)
        field.values = ["\u{e9}"]
        let catalog = try ResourceCatalog([ResourceDeclaration("words", fields: [field])])
        let word = try #require(catalog["words"]?.fields.first)
        #expect(throws: Invalid.notOneOf(["\u{e9}"])) {
            try FieldValue("e\u{301}", for: word)
        }
    }

    @Test func `JSON is bounded, and has no NUL anywhere`() throws {
        let fitting = String(repeating: "a", count: FieldValue.jsonBytesMax - 2)
        #expect(try value(.string(fitting), "settings") == .success(.json(.string(fitting))))
        #expect(
            try value(.string(fitting + "a"), "settings")
                == .failure(.tooLong(max: FieldValue.jsonBytesMax)))
        for json: JSON in ["\0", ["a\0": 1], [["a": ["b\0"]]]] {
            #expect(try value(json, "settings") == .failure(.malformed(.text)))
        }
        let odd: JSON = ["": [.null, ["$where": "1; DROP TABLE users"]]]
        #expect(try value(odd, "settings") == .success(.json(odd)))
    }

    @Test func `an id is a UUID`() throws {
        let id = "0199c82c-c000-7000-8000-000000000001"
        #expect(
            try value(.string(id.uppercased()), "anyReference")
                == .success(.id(try #require(ID(id)))))
        for text in ["", "1", id + "0", "{\(id)}", id.replacing("-", with: ""), "' OR ''='"] {
            #expect(try value(.string(text), "anyReference") == .failure(.malformed(.id)))
            #expect(try value(text: text, "anyReference") == .failure(.malformed(.id)))
        }
    }

    @Test func `the text of a query is read by the field's type, and need not be a new value`()
        throws
    {
        #expect(try value(text: "7", "count") == .success(.integer(7)))
        #expect(try value(text: "-0.5", "price") == .success(.number(-0.5)))
        #expect(try value(text: "true", "anyBoolean") == .success(.boolean(true)))
        #expect(
            try value(text: "too long to be one", "note") == .success(.text("too long to be one")))
        #expect(try value(text: "x", "code") == .success(.text("x")))
        #expect(try value(text: "a\0", "code") == .failure(.malformed(.text)))
        for text in ["", "0x10", "1_000", "+1", "nan", "inf", "1,5", "１", "true", "1 "] {
            for name in ["count", "price"] {
                guard case .failure = try value(text: text, name) else {
                    if text == "1 " { continue }
                    Issue.record("\(name) takes \(text)")
                    continue
                }
            }
        }
        for text in ["", "1", "TRUE", "yes", "null"] {
            guard case .failure = try value(text: text, "anyBoolean") else {
                Issue.record("takes \(text)")
                continue
            }
        }
        #expect(
            try value(text: "1.5", "count")
                == .failure(.wrongType(expected: .integer, received: .number)))
    }

    @Test func `a value is written as it was read`() throws {
        let values: [(JSON, String)] = [
            ("a\"b", "anyText"), (1.5, "anyNumber"), (-7, "anyInteger"), (false, "anyBoolean"),
            ("2026-02-28T09:30:00.123Z", "anyInstant"), ("2026-02-28", "anyDate"),
            ("it's", "anyEnum"), (["a": [1, .null]], "anyJson"), ("ada@example.com", "anyEmail"),
            ("https://example.com", "anyUrl"), (.null, "anyText"),
            ("0199c82c-c000-7000-8000-000000000001", "anyReference"),
        ]
        for (json, name) in values {
            let value = try value(json, name).get()
            #expect(value.json == json)
            var output = JSONOutput()
            value.write(to: &output)
            #expect(try JSON(parsing: output.bytes()) == json)
        }
    }
}
