import Coding
import Testing
import Values

@testable import Resources

struct SeedReaderTests {
    private static let declarations = [
        "items.json5":
            """
        {name: 'items', fields: {
            name: {type: 'text', required: true, length: [1, 10]},
            status: {type: 'enum', values: ['new', 'old'], default: 'new'}}}
        """,
        "notes.json5":
            """
        {name: 'notes', fields: {
            item: {type: 'reference', resource: 'items', required: true},
            before: {type: 'reference', resource: 'notes'}}}
        """,
        "projects.json5":
            "{name: 'projects', owner: 'organization', fields: {name: {type: 'text'}}}",
        "countries.json5": "{name: 'countries', owner: 'none', fields: {name: {type: 'text'}}}",
    ]

    private static let checks = SeedReader.Checks(
        userName: { $0.isEmpty ? "is empty" : nil },
        password: { $0.utf8.count < 8 ? "is too short" : nil },
        organizationName: { $0.isEmpty ? "is empty" : nil },
        slug: { $0.contains(" ") ? "has a space" : nil })

    private static func seeds(_ texts: String...) throws -> Seeds {
        let files = texts.enumerated().map { index, text in
            DeclarationFile("\(index + 1).json5", Array(text.utf8))
        }
        return try SeedReader.read(files, in: "seed", of: try read(declarations), checks)
    }

    private static func mistakes(_ texts: String) -> [String] {
        do {
            _ = try seeds(texts)
            return []
        } catch let error as DeclarationMistakes {
            return error.list.map(\.description)
        } catch {
            return ["\(error)"]
        }
    }

    // S3-21
    @Test func `rows are somebody's, have their defaults, and name others by their keys`() throws {
        let seeds = try Self.seeds(
            """
            {users: {"Ada@Example.com": {name: "Ada", password: "12345678", rows: {
                notes: {a: {item: "first"}, b: {item: "first", before: "a"}},
                items: {first: {name: "One"}, "no-2": {name: "Two", status: "old"}}}}}}
            """,
            """
            {organizations: {acme: {name: "Acme", owner: "ada@example.com", rows: {
                projects: {p: {name: "P"}}}}},
             rows: {countries: {de: {}}}}
            """)
        #expect(seeds.users.map(\.email.text) == ["ada@example.com"])
        #expect(seeds.users[0].password?.exposed == "12345678")
        #expect(seeds.organizations.map(\.slug) == ["acme"])
        #expect(
            Set(seeds.rows.map(\.title)) == [
                "items/first", "items/no-2", "notes/a", "notes/b", "projects/p", "countries/de",
            ])
        let rows = Dictionary(uniqueKeysWithValues: seeds.rows.map { ($0.title, $0) })
        #expect(rows["items/first"]?.values == [.text("One"), .text("new")])
        #expect(rows["items/first"]?.owner == .user(try EmailAddress("ada@example.com")))
        #expect(rows["projects/p"]?.owner == .organization(slug: "acme"))
        #expect(rows["countries/de"]?.owner == .nobody)
        let (first, a) = (try #require(rows["items/first"]), try #require(rows["notes/a"]))
        #expect(rows["notes/b"]?.values == [.id(first.id), .id(a.id)])
        let titles = seeds.rows.map(\.title)
        // What is referred to comes first.
        #expect(
            try #require(titles.firstIndex(of: "items/first"))
                < #require(titles.firstIndex(of: "notes/a")))
    }

    @Test func `the id of a row depends on its resource and key alone`() throws {
        let ids = try ["{name: 'One'}", "{name: 'Two', status: 'old'}"].map { row in
            try Self.seeds("{users: {'a@example.com': {rows: {items: {first: \(row)}}}}}").rows[0]
                .id
        }
        #expect(ids[0] == ids[1])
        #expect(ids[0].description == "f3cc41d7-e43e-8c09-bfef-cc82a1bd8f67")
        #expect(SeedRow.id(of: "first", in: "notes") != ids[0])
    }

    static let mistaken: [(String, [String])] = [
        ("[]", ["seed/1.json5: must be an object, not a list"]),
        ("{users: {'ada': {}}}", ["seed/1.json5: users.ada is no e-mail address"]),
        (
            "{user: {}, users: {'a@example.com': {nmae: 'Ada'}}}",
            ["seed/1.json5: user is not known; did you mean users?"]
        ),
        (
            "{users: {'a@example.com': {name: '', password: '1'}, 'A@example.com': {}}}",
            [
                "seed/1.json5: users.a@example.com.name is empty",
                "seed/1.json5: users.a@example.com.password is too short",
                "seed/1.json5: users.A@example.com is there twice",
            ]
        ),
        (
            "{organizations: {'a b': {name: '', owner: 'x@example.com'}}}",
            [
                "seed/1.json5: organizations.a b has a space",
                "seed/1.json5: organizations.a b.name is empty",
                "organizations.a b.owner is none of the users",
            ]
        ),
        (
            "{users: {'a@example.com': {rows: {item: {}, items: {x: {name: 5, sttus: 'new'}}}}}}",
            [
                "seed/1.json5: users.a@example.com.rows.item is no resource; did you mean items?",
                "seed/1.json5: users.a@example.com.rows.items.x.name must be text, not a whole number",
                "seed/1.json5: users.a@example.com.rows.items.x.sttus is no field; did you mean status?",
            ]
        ),
        (
            "{users: {'a@example.com': {rows: {items: {x: {name: 'n'}, 'a b': {name: 'n'}}, "
                + "notes: {y: {item: 'z'}, w: {item: 'x', before: 'v'}, v: {item: 'x'}}}}}}",
            [
                "seed/1.json5: users.a@example.com.rows.items.a b must be called by letters, digits, "
                    + "`-` and `_`, 64 at most",
                "seed/1.json5: users.a@example.com.rows.notes.y.item is no row of items here; "
                    + "did you mean x?",
                "seed/1.json5: users.a@example.com.rows.notes.w.before is a row that comes after this one",
            ]
        ),
        (
            "{rows: {items: {x: {name: 'n'}}}, users: {'a@example.com': {rows: {countries: {d: {}}}}}}",
            [
                "seed/1.json5: rows.items.x stands in the wrong place: rows of it are in "
                    + "users.<address>.rows",
                "seed/1.json5: users.a@example.com.rows.countries.d stands in the wrong place: rows of "
                    + "it are in rows",
            ]
        ),
    ]

    @Test(arguments: mistaken)
    func `every mistake is told with its path`(text: String, expected: [String]) {
        #expect(Set(Self.mistakes(text)) == Set(expected))
    }
}
