import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

@testable import Resources

/// A resource with a field of every type, searched, sorted and filtered by whatever can be, and what
/// has broken other servers.
enum HostileThings {
    static let declaration = """
        {resources: [
          {name: "things", fields: {
            text: {type: "text", length: [0, 200]}, free: {type: "text"},
            code: {type: "text", length: [1, 20], pattern: "[A-Za-z0-9' -]+"},
            number: {type: "number"}, count: {type: "integer", range: [0, 10]},
            whole: {type: "integer"}, isOn: {type: "boolean"}, at: {type: "instant"},
            day: {type: "date"}, word: {type: "enum", values: ["a", "it's", "$1"]},
            tree: {type: "json"}, mail: {type: "email"}, link: {type: "url"},
            parent: {type: "reference", resource: "things"},
            secret: {type: "text", pii: true}, phone: {type: "email", pii: true}},
           relations: {children: {resource: "things", field: "parent"}},
           search: ["text", "free"], sort: ["-createdAt", "text", "number", "count", "at", "day"],
           filter: ["text", "code", "number", "count", "whole", "isOn", "at", "day", "word",
                    "mail", "parent", "createdAt"]}
        ]}
        """

    static func resource() throws -> Resource {
        let catalog = try DeclarationReader.read([
            DeclarationFile("things", Array(declaration.utf8))
        ])
        return try #require(catalog["things"])
    }

    /// Texts that mean something to a database, a shell, a page or a careless parser.
    static let texts: [String] = [
        "", " ", "'", "''", "\"", "\\", "\\'", "`", ";", "--", "/*", "%", "_", "%%", "$1", "?1",
        ":a",
        "' OR 1=1 --", "' OR ''='", "\" OR \"\"=\"", "'; DROP TABLE things; --",
        "\"; DROP TABLE users; --", "1; SELECT pg_sleep(30)", "1 OR 1=1", "(SELECT id FROM users)",
        "x' UNION SELECT token_hash FROM sessions --", "'||(SELECT email FROM users)||'",
        "NULL", "null", "undefined", "NaN", "true", "0", "-1", "1e999", "0x1F", "1_000",
        "9223372036854775808", "a\u{0}b", "\u{0}", "%00", "\u{1}", "\u{7f}", "\r\nSet-Cookie: a=b",
        "\u{FEFF}", "\u{202E}evil", "\u{FFFF}", "\u{10FFFF}", "e\u{301}", "ﬁ", "İ", "ß",
        "\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467}", "<script>alert(1)</script>", "{{7*7}}",
        "${7*7}", "../../etc/passwd", "//evil.example", "javascript:alert(1)", "a,b", ",", "[]",
        "{}", "2026-02-30", "2026-01-31T09:30:00Z", "0199c82c-c000-7000-8000-000000000001",
        "NEAR(a b)", "a AND b", "a OR NOT b", "a*", "\"a", "text:a", "^a", "{text free}: a",
        "a & b",
        "a | !b", "a <-> b", "a:*", "(a", "-a", "+a", String(repeating: "'", count: 150),
        String(repeating: "\u{1F467}", count: 201), String(repeating: "e\u{301}", count: 150),
    ]

    static let values: [JSON] =
        [
            .null, true, 0, -1, 1.5, 10, 11, .integer(.max), .integer(.min), .number(1e308),
            .number(-1e308), .number(5e15), [], [[]], ["x"], [:], ["a": ["b": .null]], ["$gt": ""],
            ["a\u{0}": 1], ["a": "\u{0}"], .list(Array(repeating: 1, count: 1000)), nested(50),
            .string(String(repeating: "x", count: 70_000)),
            .list([.string(String(repeating: "x", count: 70_000))]),
        ] + texts.map { .string($0) }

    static func nested(_ depth: Int) -> JSON {
        (0..<depth).reduce(JSON.integer(1)) { inner, _ in .list([inner]) }
    }

    /// Another user with rows that nobody else may see, beside the one who is hostile.
    static func with(
        on engine: Engine, _ body: @escaping @Sendable (TestClient, TestUser) async throws -> Void
    ) async throws {
        try await withResources(on: engine, [declaration]) { client in
            let ada = try await client.user()
            let victim = try await client.user("victim@example.com")
            for number in 0..<3 {
                _ = try await client.make(
                    "things",
                    [
                        "text": "a private matter", "count": .integer(Int64(number)), "word": "a",
                        "mail": "victim@example.com",
                    ], by: victim)
            }
            try await body(client, ada)
            // Whatever was tried: nothing of it was done to others.
            let rows = await client.ask(.get, "things", by: victim)
            #expect(rows.json["meta"]?["total"] == 3)
            #expect(
                (rows.json["data"]?.asList ?? []).allSatisfy { $0["text"] == "a private matter" })
            #expect(await client.ask(.get, "auth/me", by: ada).status == 200)
        }
    }

    /// What any answer must be.
    static func check(_ answer: TestAnswer, _ sent: String) {
        let place = Comment(
            rawValue: "\(sent.prefix(300)): \(answer.status) \(answer.text.prefix(300))")
        #expect(answer.status < 500, place)
        #expect(!answer.text.contains("private matter"), place)
        #expect(!answer.text.contains("victim@example.com"), place)
        if !answer.bytes.isEmpty { #expect((try? JSON(parsing: answer.bytes)) != nil, place) }
        for field in answer.response.fields {
            #expect(!field.value.contains("\n") && !field.value.contains("\0"), place)
        }
    }

    /// The text as a part of a query.
    static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count < 2 ? "0" : "") + digits
        }.joined()
    }
}
