import DatabaseTesting
import SQL
import Synchronization
import Testing
import Values

@testable import Resources

/// Issue 5, Must show 5: whatever is declared and edited, the tables become what is declared, and
/// what was not edited keeps its data.
struct EditTests {
    /// 1,000 edits in chains of 100: `make check` does all of them, `make test` the first chain.
    static let chains: [UInt64] =
        ProcessChains.isFull ? Array(1...10) : [1]

    @Test(arguments: Engine.tested, chains)
    func `random edits lead to what is declared, and keep what they do not touch`(
        on engine: Engine, seed: UInt64
    ) async throws {
        try await withStore(on: engine) { store in
            var chain = EditChain(seed: seed, store: store)
            try await chain.run(edits: 100)
            // A generator that never comes far proves nothing.
            #expect(
                chain.applied > 60,
                "seed \(seed): \(chain.applied) applied, \(chain.refused) refused")
            #expect(chain.comparedColumns > 200, "seed \(seed): \(chain.comparedColumns) columns")
        }
    }
}

/// Edits one after the other on one database.
struct EditChain {
    private let seed: UInt64
    private let store: TestStore
    private var random: SeededNumbers
    private var state: [ResourceDeclaration] = []
    private(set) var applied = 0
    private(set) var refused = 0
    private(set) var comparedColumns = 0

    init(seed: UInt64, store: TestStore) {
        (self.seed, self.store) = (seed, store)
        random = SeededNumbers(seed: seed)
    }

    mutating func run(edits: Int) async throws {
        for step in 1...edits {
            do {
                try await edit()
            } catch {
                Issue.record(
                    "seed \(seed), edit \(step) on \(store.engine): \(String(reflecting: error))")
                return
            }
        }
    }

    private mutating func edit() async throws {
        var author = DeclarationAuthor(random: random)
        let (next, catalog) = author.next(after: state)
        random = author.random
        let update = SchemaUpdate(catalog)
        let comparison = try await update.compare(with: store)
        let before = try await snapshot(of: comparison.diff)
        if !comparison.obstacles.isEmpty {
            // What nothing can mend must not be done, and must not have been said in vain.
            refused += 1
            await #expect(throws: (any Error).self) {
                try await apply(catalog, to: store, mends: true)
            }
            return
        }
        do {
            try await apply(catalog, to: store, mends: !comparison.losses.isEmpty)
        } catch let error as DatabaseError {
            // Texts that differed may be the same when they are cut: then nothing is kept.
            guard case .uniqueViolation = error.code, !comparison.losses.isEmpty else {
                throw error
            }
            let again = try await update.compare(with: store)
            #expect(again.diff == comparison.diff, "seed \(seed)")
            refused += 1
            return
        }
        applied += 1
        state = next.map {
            var declaration = $0
            for index in declaration.fields.indices { declaration.fields[index].formerName = nil }
            return declaration
        }
        let found = try await FoundTables.read(on: store.engine, store)
        #expect(
            Set(found.map(\.normalized)) == Set(catalog.tables.map(\.normalized)), "seed \(seed)")
        try await compare(before, after: comparison.diff)
        try await fill(catalog)
    }

    // MARK: Data

    /// What the columns that stay as they are hold, by table and column of afterwards.
    private mutating func snapshot(of diff: SchemaDiff) async throws -> [String: [String: [String]]]
    {
        var snapshot: [String: [String: [String]]] = [:]
        for table in diff.from {
            for (old, new) in Self.kept(table, diff) {
                snapshot[table.name.name, default: [:]][new.name] = try await rows(
                    table.name.name, ["id", old.name], in: store)
            }
        }
        return snapshot
    }

    /// Columns that are the same afterwards, but for their name.
    private static func kept(
        _ table: TableShape, _ diff: SchemaDiff
    ) -> [(SQLIdentifier, SQLIdentifier)] {
        if diff.dropped.contains(table) { return [] }
        guard let change = diff.changed.first(where: { $0.from.name == table.name }) else {
            return table.columns.map { ($0.name, $0.name) }
        }
        let touched = Set(
            (change.altered + change.renamed).map(\.from.name) + change.dropped.map(\.name))
        let renamed = change.renamed.filter {
            var old = $0.from
            old.name = $0.to.name
            return old == $0.to
        }
        return table.columns.filter { !touched.contains($0.name) }.map { ($0.name, $0.name) }
            + renamed.map { ($0.from.name, $0.to.name) }
    }

    private mutating func compare(
        _ before: [String: [String: [String]]], after diff: SchemaDiff
    ) async throws {
        for (table, columns) in before {
            for (column, old) in columns {
                comparedColumns += 1
                let new = try await rows(table, ["id", column], in: store)
                #expect(new == old, "seed \(seed): \(table).\(column)")
            }
        }
    }

    /// Three more rows in each table, whose references name rows that are there.
    private mutating func fill(_ catalog: ResourceCatalog) async throws {
        for table in catalog.tables {
            for _ in 0..<3 {
                var columns: [SQLFragment] = []
                var values: [SQLFragment] = []
                for column in table.columns {
                    guard let value = try await value(of: column) else { continue }
                    columns.append("\(column.name)")
                    values.append(value)
                }
                guard columns.count == table.columns.count else { continue }
                do {
                    try await store.execute(
                        """
                        INSERT INTO \(table.name) (\(columns.joined(by: ", "))) \
                        VALUES (\(values.joined(by: ", ")))
                        """)
                } catch {
                    // There are only so many words and short texts.
                    guard case .uniqueViolation = error.code else { throw error }
                }
            }
        }
        for table in catalog.tables where !table.search.isEmpty {
            try await checkSearch(table)
        }
    }

    /// Every row is found by the words of its searched column.
    private func checkSearch(_ table: TableShape) async throws {
        let index = SearchSQL.indexName(of: table.name)
        let count: SQLFragment =
            store.engine == .sqlite
            ? """
            SELECT count(*) FROM \(table.name) WHERE row_id IN \
            (SELECT rowid FROM \(index) WHERE \(index) MATCH \("word"))
            """
            : """
            SELECT count(*) FROM \(table.name) WHERE search_text @@ \
            plainto_tsquery('simple', \("word"))
            """
        let some = table.search.map { "\($0) LIKE '%word%'" as SQLFragment }.joined(by: " OR ")
        let all: SQLFragment = "SELECT count(*) FROM \(table.name) WHERE \(some)"
        let found = try await store.first(count, returning: Single<Int>.self)?.value
        #expect(try await store.first(all, returning: Single<Int>.self)?.value == found)
    }

    /// Nil where a reference finds no row.
    private mutating func value(of column: ColumnShape) async throws -> SQLFragment? {
        let isID = column.name == Resource.Column.id
        if column.isNullable, Int.random(in: 0..<4, using: &random) == 0 { return "NULL" }
        if let reference = column.reference {
            if reference.table.name == "users" { return "\(testUser)" }
            if reference.table.name == "organizations" { return "\(testOrganization)" }
            let sql: SQLFragment = "SELECT id FROM \(reference.table) ORDER BY id LIMIT 1"
            let first = try await store.first(sql, returning: Single<ID<Anything>>.self)?.value
            return first.map { "\($0)" } ?? (column.isNullable ? "NULL" : nil)
        }
        let number = Int64.random(in: -1_000_000_000...1_000_000_000, using: &random)
        switch column.type {
        case .id where isID:
            return
                "\(ID<Anything>(high: random.next() & ~0xf000 | 0x7000, low: random.next() >> 2 | 1 << 63))"
        case .id: return nil
        case .text(let max):
            // Short enough for every length, and nearly always another.
            let text = "word \(number) ä'\"€😀"
            return "\(String(text.unicodeScalars.prefix(max ?? 100).map(Character.init)))"
        case .choice(let words): return "\(words[Int.random(in: words.indices, using: &random)])"
        case .integer: return "\(number)"
        case .number: return "\(Double(number) / 7)"
        case .boolean: return "\(number % 2 == 0)"
        case .instant: return "\(Instant(microseconds: number * 1_000_003))"
        case .date: return "\("2026-0\(1 + abs(number) % 9)-1\(abs(number) % 10)")"
        case .json: return "\(JSONText(#"{"a": \#(number)}"#))"
        case .sealed: return "\("a1.1.\(number)")"
        case .other: return nil
        }
    }
}
