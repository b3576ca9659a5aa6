import DatabaseTesting
import Identity
import SQL
import Secrets
import Testing
import Values

@testable import Resources

/// Rows of every kind that a list can be sorted by, with values that come often, nulls among them.
struct ListSample: Sendable {
    let catalog: ResourceCatalog
    let things: Resource
    let rows: [ResourceRow]
    /// Of both users.
    let groups: [ResourceRow]

    static let seal: FieldSeal? = {
        let key = "1:" + String(repeating: "A", count: 43) + "="
        return (try? Keyring(list: Secret(key), randomness: .system)).map { FieldSeal($0) }
    }()

    static let users = [
        ID<User>(high: testUser.high, low: testUser.low),
        ID<User>(high: testUser.high, low: testUser.low + 1),
    ]

    static func catalog() throws -> ResourceCatalog {
        try read([
            "groups.json5": """
            {name: "groups", fields: {title: {type: "text", length: [0, 100]}},
             relations: {things: {resource: "things", field: "group"}}}
            """,
            "things.json5": """
            {
              name: "things",
              fields: {
                title: {type: "text", required: true, length: [0, 100]},
                note: {type: "text", length: [0, 100]},
                rating: {type: "integer"},
                price: {type: "number"},
                state: {type: "enum", values: ["active", "Beta", "zeta", "Älter", "z"]},
                isDone: {type: "boolean", default: false},
                day: {type: "date"},
                at: {type: "instant"},
                email: {type: "email"},
                group: {type: "reference", resource: "groups"},
              },
              search: ["title", "note"],
              sort: ["-createdAt", "title", "note", "rating", "price", "state", "isDone", "day",
                     "at", "email", "group", "updatedAt"],
              filter: ["title", "note", "rating", "price", "state", "isDone", "day", "at", "email",
                       "group", "createdAt"],
            }
            """,
        ])
    }

    init(count: Int, seed: UInt64 = 1) throws {
        catalog = try Self.catalog()
        things = try #require(catalog["things"])
        var author = RowAuthor(seed)
        let made = (0..<6).map { author.group($0) }
        groups = made
        rows = (0..<count).map { author.thing($0, groups: made) }
    }

    /// What the first user may see, of which all tests ask.
    static var condition: SQLFragment { "\(Resource.Column.userID) = \(users[0])" }

    var seen: [ResourceRow] {
        rows.filter { $0.userID == Self.users[0] && $0.deletedAt == nil }
    }

    func parameters() -> ListParameters { ListParameters(of: things, in: catalog) }

    // MARK: The database

    func fill(_ store: TestStore) async throws {
        try await apply(catalog, to: store)
        let other: SQLFragment = "INSERT INTO users (id) VALUES (\(Self.users[1]))"
        try await store.execute(other)
        let groups = try #require(catalog["groups"])
        try await Self.insert(self.groups, of: groups, into: store)
        try await Self.insert(rows, of: things, into: store)
    }

    static func insert(
        _ rows: [ResourceRow], of resource: Resource, into store: TestStore
    ) async throws {
        for start in stride(from: 0, to: rows.count, by: 50) {
            let some = rows[start..<min(start + 50, rows.count)].map { values(of: $0, resource) }
            let sql: SQLFragment = """
                INSERT INTO \(resource.table) (\(resource.columns))
                VALUES \(some.joined(by: ", "))
                """
            try await store.execute(sql)
        }
    }

    private static func values(of row: ResourceRow, _ resource: Resource) -> SQLFragment {
        var values: [SQLFragment] = ["\(row.id)"]
        if resource.owner != .none { values.append("\(row.userID as ID<User>?)") }
        values += zip(resource.fields, row.values).map { $1.bind($0) }
        values += ["\(row.createdAt)", "\(row.updatedAt)"]
        if resource.isSoft { values.append("\(row.deletedAt as Instant?)") }
        return "(\(values.joined(by: ", ")))"
    }

    /// The rows that a statement reads.
    static func rows(
        _ sql: SQLFragment, of resource: Resource, from store: TestStore
    ) async throws -> [ResourceRow] {
        let seal = try #require(seal)
        return try await store.all(
            sql,
            reading: { row throws(DatabaseError) in
                try ResourceRow(row: &row, resource, seal)
            })
    }

    /// The rows that a list reads.
    static func rows(_ list: ListSQL, from store: TestStore) async throws -> [ResourceRow] {
        let rows = RowStatements(
            resource: list.resource, engine: store.engine, seal: try #require(seal))
        return try await store.all(list.page, reading: rows.read(list)).map(\.row)
    }

    /// The page that a query shows.
    func page(_ query: ListQuery, from store: TestStore) async throws -> ListPage {
        let sql = ListSQL(query, of: things, on: store.engine, under: Self.condition)
        return ListPage(try await Self.rows(sql, from: store), of: query)
    }

    func count(_ query: ListQuery, in store: TestStore) async throws -> Int? {
        let sql = ListSQL(query, of: things, on: store.engine, under: Self.condition)
        guard sql.isCounted else { return nil }
        return try await store.first(sql.count, returning: Single<Int>.self)?.value
    }
}

/// Makes up rows.
struct RowAuthor {
    var random: SeededNumbers

    init(_ seed: UInt64) { random = SeededNumbers(seed: seed) }

    mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    mutating func one<Element>(of list: [Element]) -> Element { list[below(list.count)] }

    private mutating func id() -> ID<ResourceRow> {
        ID(high: random.next(), low: random.next())
    }

    mutating func group(_ number: Int) -> ResourceRow {
        let instant = Instant(microseconds: 1_700_000_000_000_000 + Int64(number))
        return ResourceRow(
            id: id(), userID: ListSample.users[number % 2], values: [.text("Group \(number)")],
            createdAt: instant, updatedAt: instant)
    }

    /// Many rows are made in the same moment.
    mutating func thing(_ number: Int, groups: [ResourceRow]) -> ResourceRow {
        let created = Instant(
            microseconds: 1_700_000_000_000_000 + Int64(below(number / 3 + 2)) * 1001)
        let isDeleted = below(10) == 0
        return ResourceRow(
            id: id(), userID: ListSample.users[below(4) == 0 ? 1 : 0],
            values: [
                .text(text()), orNull(.text(text())), orNull(.integer(integer())),
                orNull(.number(number2())),
                orNull(.text(one(of: ["active", "Beta", "zeta", "Älter", "z"]))),
                .boolean(below(2) == 0), orNull(.text("2026-0\(1 + below(9))-1\(below(10))")),
                orNull(.instant(Instant(microseconds: Int64(below(50)) * 86_400_000_001))),
                orNull(.text("user\(below(30))@example.com")), orNull(.id(one(of: groups).id)),
            ], createdAt: created,
            updatedAt: Instant(microseconds: created.microseconds + Int64(below(5)) * 1_000_000),
            deletedAt: isDeleted ? created : nil)
    }

    private mutating func orNull(_ value: FieldValue) -> FieldValue {
        below(4) == 0 ? .null : value
    }

    private mutating func integer() -> Int64 {
        below(20) == 0 ? one(of: [Int64.min, Int64.max, 0]) : Int64(below(12)) - 6
    }

    private mutating func number2() -> Double {
        below(10) == 0
            ? one(of: [0.1 + 0.2, -1e300, Double.leastNonzeroMagnitude, 1e21])
            : Double(below(40) - 20) / 4
    }

    /// Letters of all sizes, in which languages, UTF-16 and code points disagree about the order.
    private mutating func text() -> String {
        let letters = [
            "a", "b", "A", "B", "Z", "z", "ä", "Ä", "é", "e\u{301} ", "ß", "ss", " ", "-", "_", "0",
            "9", "10", "😀", "\u{FF21}", "\u{E000}", "日本", "I", "ı", "",
        ]
        return (0..<below(3)).map { _ in one(of: letters) }.joined()
    }
}
