import Coding
import DatabaseTesting
import SQL
import Testing
import Values

@testable import Resources

/// S3-10, S3-29: search by words.
struct SearchTests {
    /// The titles that are found.
    private static let texts = [
        "Sample Item", "another item here", "ITEMS of all kinds", "it's", "foo-bar_baz",
        "jane.doe@example.com", "https://example.com/a/b?c=d", "1.5 of 10 and -12", "1e5 3rd",
        "Straße", "STRASSE", "Ärger", "ärger", "arger", "naïve", "日本語 テキスト", "<b>bold</b> & more",
        "a:b:c | d & !e (f)", "NOT AND OR NEAR", "x\\y", "semi;colon,comma", "100% €5 #tag",
        "C++ and C#", "tab\tand\nline", "“quoted” – dashed", "'; DROP TABLE things; --", "", "…",
    ]

    private static let searches: [(text: String, count: Int)] = [
        ("item", 3), ("Item", 3), ("items", 1), ("ite", 3), ("sample item", 1), ("item sample", 1),
        ("sam item", 0), ("item sam", 1), ("it's", 1), ("its", 0), ("bar", 1), ("foo-bar", 1),
        ("foo_bar", 1), ("baz", 1), ("jane", 1), ("jane.doe@example.com", 1), ("example", 2),
        ("example.com/a", 1), ("10", 2), ("1.5", 1), ("12", 1), ("-12", 1), ("1e5", 1), ("3r", 1),
        ("straße", 1), ("strasse", 1), ("ärger", 2), ("Ärg", 2), ("arger", 1), ("naive", 0),
        ("naï", 1), ("日本", 1), ("bold", 1), ("b", 4), ("\"b\"", 4), ("not", 1), ("NOT", 1),
        ("near or", 1), ("e f", 1), ("(f", 2), ("x", 1), ("y", 1), ("5", 2), ("tag", 1),
        ("#tag", 1),
        ("c", 5), ("line", 1), ("quoted", 1), ("dash", 1), ("drop table", 1), ("table drop", 1),
        ("'; DROP TABLE things; --", 1), ("*", 0), ("%", 0), ("!", 0), ("--", 0), ("…", 0),
        ("title:item", 0), ("item*", 3), ("item:*", 3), ("item & sample", 1), ("item | zebra", 0),
        ("sample <-> item", 1), ("NEAR(sample item)", 0), ("^sample", 1), ("{title} : item", 0),
        ("\\", 0), ("x\\y", 1), ("'", 0), ("\"", 0), ("''", 0), ("zebra", 0), ("", 28), ("  ", 28),
    ]

    @Test(arguments: Engine.tested)
    func `words find the same rows on both engines`(on engine: Engine) async throws {
        let sample = try ListSample(count: 0)
        let rows = Self.rows
        try await withStore(on: engine) { store in
            try await sample.fill(store)
            try await ListSample.insert(rows, of: sample.things, into: store)
            for (text, count) in Self.searches {
                let query = try sample.parameters().read([("search", text), ("limit", "100")])
                let page = try await sample.page(query, from: store)
                let titles = page.rows.map { $0.values[0].json.description }
                #expect(titles.count == count, "\(text): \(titles)")
                #expect(try await sample.count(query, in: store) == count, "\(text)")
            }
        }
    }

    private static var rows: [ResourceRow] {
        texts.enumerated().map { number, text in
            var author = RowAuthor(UInt64(number))
            var row = author.thing(number, groups: [author.group(0)])
            row.userID = ListSample.users[0]
            row.deletedAt = nil
            row.values[0] = .text(text)
            row.values[1] = .null
            row.values[9] = .null
            return row
        }
    }

    @Test(arguments: Engine.tested)
    func `whatever is typed finds something or nothing, and never fails`(
        on engine: Engine
    ) async throws {
        let sample = try ListSample(count: 50)
        try await withStore(on: engine) { store in
            try await sample.fill(store)
            var random = SeededNumbers(seed: 21)
            let pieces = [
                "'", "\"", "\\", "*", ":*", "&", "|", "!", "(", ")", "<->", "a", "b", " ", "é",
                "\u{301}",
                "😀", "-", "^", "{", "}", "+", "NEAR", "NOT", "OR", ":", ",", "1", "\u{E000}", "\n",
                "日", "\u{200D}", "ß", "/*", ";", "--", "$1", "?1", "%", "_", "\u{1F}", "ﬁ", "İ",
                "\u{0903}",
            ]
            for _ in 0..<300 {
                let text = (0..<Int.random(in: 1...12, using: &random))
                    .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
                let query = try sample.parameters().read([("search", text)])
                do {
                    let page = try await sample.page(query, from: store)
                    let count = try await sample.count(query, in: store)
                    #expect(count ?? 0 >= page.rows.count)
                } catch {
                    Issue.record("\(text.debugDescription): \(String(reflecting: error))")
                }
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `what is searched follows what rows become`(on engine: Engine) async throws {
        let sample = try ListSample(count: 0)
        let rows = Self.rows
        try await withStore(on: engine) { store in
            try await sample.fill(store)
            try await ListSample.insert(rows, of: sample.things, into: store)
            func count(_ text: String) async throws -> Int? {
                let query = try sample.parameters().read([("search", text)])
                return try await sample.count(query, in: store)
            }
            try await store.execute(
                "UPDATE things SET title = \("Zebra crossing") WHERE id = \(rows[0].id)")
            try await store.execute(
                "UPDATE things SET note = \("zebra, too") WHERE id = \(rows[1].id)")
            #expect(try await count("zebra") == 2)
            #expect(try await count("item") == 2)
            #expect(try await count("here zebra") == 1)
            try await store.execute(
                "UPDATE things SET deleted_at = created_at WHERE id = \(rows[0].id)")
            #expect(try await count("zebra") == 1)
            try await store.execute("DELETE FROM things WHERE id = \(rows[1].id)")
            #expect(try await count("zebra") == 0)
        }
    }

    /// An index of PostgreSQL holds no more than a megabyte of one row.
    @Test(arguments: Engine.tested)
    func `a very long text can be searched at its beginning`(on engine: Engine) async throws {
        let catalog = try read([
            "notes.json5": "{name: 'notes', fields: {text: {type: 'text'}}, search: ['text']}"
        ])
        let notes = try #require(catalog["notes"])
        let words = (0..<200_000).map { "w\($0)" }.joined(separator: " ")
        let row = ResourceRow(
            id: ID(high: 1, low: 1), userID: ListSample.users[0],
            values: [.text("first " + words)], createdAt: Instant(seconds: 1),
            updatedAt: Instant(seconds: 1))
        try await withStore(on: engine) { store in
            try await apply(catalog, to: store)
            try await ListSample.insert([row], of: notes, into: store)
            let query = try ListParameters(of: notes, in: catalog).read([("search", "first w77")])
            let sql = ListSQL(query, of: notes, on: engine, under: ListSample.condition)
            let found = try await ListSample.rows(sql, from: store)
            #expect(found.map(\.id) == [row.id])
        }
    }
}
