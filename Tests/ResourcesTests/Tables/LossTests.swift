import DatabaseTesting
import SQL
import Testing
import Values

@testable import Resources

/// What an edit would lose is known before, with the number of rows; what is allowed mends the rest.
struct LossTests {
    /// An edit of the table below, what it is said to lose, and what the rows are afterwards.
    struct Edit: CustomTestStringConvertible, Sendable {
        let fields: String
        let losses: [String]
        /// Nil where nothing can be done.
        var after: [String]?
        var columns = ["title", "kind", "count"]

        var testDescription: String { fields }
    }

    private static let title = "title: {type: 'text', length: [0, 20]}"
    private static let kind = "kind: {type: 'enum', values: ['a', 'b', 'c'], default: 'a'}"
    private static let count = "count: {type: 'integer'}"

    static let edits: [Edit] = [
        Edit(
            fields: "\(title), \(kind)",
            losses: ["things: count is dropped with its values (2 rows)"],
            after: ["long title|a", "title|b", "title|c"], columns: ["title", "kind"]),
        Edit(
            fields: "title: {type: 'text', length: [0, 5]}, \(kind), \(count)",
            losses: ["things: title is cut to 5 characters (1 row)"],
            after: ["long |a|1", "title|b|-9223372036854775808", "title|c|null"]),
        Edit(
            fields:
                "\(title), kind: {type: 'enum', values: ['a', 'c', 'd'], default: 'd'}, \(count)",
            losses: [
                "things: kind has words that are gone from its values: they become the default, or "
                    + "null (1 row)"
            ],
            after: ["long title|a|1", "title|d|-9223372036854775808", "title|c|null"]),
        Edit(
            fields: "\(title), kind: {type: 'enum', values: ['a', 'c'], required: true}, \(count)",
            losses: [
                "things: kind has words that are gone from its values: there is no default (1 row)"
            ]),
        Edit(
            fields: "\(title), \(kind), count: {type: 'number'}",
            losses: ["things: count is rounded (1 row)"],
            after: ["long title|a", "title|b", "title|c"],
            columns: ["title", "kind"]),
        Edit(
            fields: "\(title), \(kind), count: {type: 'integer', required: true}",
            losses: ["things: count must not be null, and is: give it a default (1 row)"]),
        Edit(
            fields: "\(title), \(kind), count: {type: 'integer', default: 7}", losses: [],
            after: ["long title|a|1", "title|b|-9223372036854775808", "title|c|7"]),
        Edit(
            fields: "title: {type: 'text', length: [0, 20], unique: true}, \(kind), \(count)",
            losses: ["things: title must be unique, and is not (2 rows)"]),
        Edit(
            fields: "\(title), \(kind), \(count), more: {type: 'integer', required: true}",
            losses: [
                "things: more must not be null and has no default for rows that are there (3 rows)"
            ]),
        Edit(
            fields: "\(title), \(kind), \(count), more: {type: 'integer', default: -1}", losses: [],
            after: ["long title|-1", "title|-1", "title|-1"], columns: ["title", "more"]),
        Edit(
            fields: "name: {type: 'text', length: [0, 20], was: 'title'}, \(kind), \(count)",
            losses: [], after: ["long title", "title", "title"], columns: ["name"]),
        Edit(
            fields: "title: {type: 'text'}, \(kind), \(count)", losses: [],
            after: ["long title", "title", "title"], columns: ["title"]),
        Edit(
            fields: "title: {type: 'json'}, \(kind), \(count)",
            losses: ["things: title is dropped with its values (3 rows)"],
            after: ["null|a", "null|b", "null|c"], columns: ["title", "kind"]),
    ]

    private static func found(_ columns: [String], _ store: TestStore) async throws -> [String] {
        try await rows("things", columns, in: store)
    }

    @Test(arguments: Engine.tested, edits)
    func `an edit loses what it said, or is refused`(on engine: Engine, edit: Edit) async throws {
        func things(_ fields: String) -> String {
            "{name: 'things', owner: 'none', fields: {\(fields)}}"
        }
        let start = try read(["a.json5": things("\(Self.title), \(Self.kind), \(Self.count)")])
        let end = try read(["a.json5": things(edit.fields)])
        try await withStore(on: engine) { store in
            try await apply(start, to: store)
            let rows: [(String, String, Int64?)] = [
                ("long title", "a", 1), ("title", "b", .min), ("title", "c", nil),
            ]
            for (index, row) in rows.enumerated() {
                let id = ID<Anything>(high: 0x7000, low: 0x8000_0000_0000_0000 | UInt64(index))
                let now = Instant(seconds: 0)
                let count: SQLFragment = row.2.map { "\($0)" } ?? "NULL"
                try await store.execute(
                    """
                    INSERT INTO things (id, title, kind, count, created_at, updated_at)
                    VALUES (\(id), \(row.0), \(row.1), \(count), \(now), \(now))
                    """)
            }
            let comparison = try await SchemaUpdate(end).compare(with: store)
            #expect(comparison.losses.map(\.description) == edit.losses)
            guard let after = edit.after else {
                #expect(comparison.obstacles.count == edit.losses.count)
                return
            }
            #expect(comparison.obstacles.isEmpty)
            if !edit.losses.isEmpty,
                edit.losses[0].contains("cut") || edit.losses[0].contains("words")
            {
                // Without a word from the operator it fails, and nothing is kept.
                await #expect(throws: DatabaseError.self) { try await apply(end, to: store) }
                #expect(try await SchemaUpdate(start).compare(with: store).diff.isEmpty)
            }
            try await apply(end, to: store, mends: true)
            #expect(try await Self.found(edit.columns, store) == after)
        }
    }
}
