import SQL

/// The parts that full-text search needs beside a table.
///
/// On SQLite an FTS5 table over the rows, kept up to date by triggers, by `row_id`; on PostgreSQL a
/// generated column of words with an index.
struct SearchSQL {
    let engine: Engine
    let table: SQLIdentifier

    static func indexName(of table: SQLIdentifier) -> SQLIdentifier {
        SQLIdentifier(joining: [table], "search")
    }

    private var index: SQLIdentifier { Self.indexName(of: table) }

    func create(_ columns: [SQLIdentifier], fills: Bool) -> [SQLFragment] {
        if columns.isEmpty { return [] }
        switch engine {
        case .postgres:
            return [
                """
                ALTER TABLE \(table) ADD COLUMN \(Resource.Column.searchText) tsvector \
                GENERATED ALWAYS AS (\(Self.words(columns))) STORED
                """,
                "CREATE INDEX \(index) ON \(table) USING gin (\(Resource.Column.searchText))",
            ]
        case .sqlite:
            let filling: [SQLFragment] =
                fills ? ["INSERT INTO \(index) (\(index)) VALUES ('rebuild')"] : []
            return [virtualTable(columns)] + filling + triggers(columns).map(\.sql)
        }
    }

    func drop() -> [SQLFragment] {
        switch engine {
        case .postgres: ["ALTER TABLE \(table) DROP COLUMN \(Resource.Column.searchText)"]
        case .sqlite:
            triggers([]).map { "DROP TRIGGER IF EXISTS \($0.name)" } + [
                "DROP TABLE IF EXISTS \(index)"
            ]
        }
    }

    // MARK: PostgreSQL

    /// Words as they are written: what language a row is in, nobody says.
    ///
    /// Signs become spaces, because PostgreSQL would keep addresses, file names and numbers with
    /// their signs in one piece, where SQLite has the words of them. What an index may hold of one
    /// row is bounded, so the text is.
    static func words(_ columns: [SQLIdentifier]) -> SQLFragment {
        let texts = columns.map { "coalesce(\($0), '')" as SQLFragment }
        return """
            to_tsvector('simple', translate(left(\(texts.joined(by: " || ' ' || ")), 100000), \
            '!"#$%&''()*+,-./:;<=>?@[]^_`{|}~', '                               '))
            """
    }

    // MARK: SQLite

    func virtualTable(_ columns: [SQLIdentifier]) -> SQLFragment {
        let names = columns.map { "\($0)" as SQLFragment }.joined(by: ", ")
        guard let content = try? SQLLiteral(table.name) else { return "" }
        return """
            CREATE VIRTUAL TABLE \(index) USING fts5(\(names), content = \(content), \
            content_rowid = 'row_id', tokenize = 'unicode61 remove_diacritics 0 categories ''L* N* M*''')
            """
    }

    /// What keeps the index up to date, whoever writes: also a cascade.
    func triggers(_ columns: [SQLIdentifier]) -> [(name: SQLIdentifier, sql: SQLFragment)] {
        let names = columns.map { "\($0)" as SQLFragment }.joined(by: ", ")
        let new = columns.map { "new.\($0)" as SQLFragment }.joined(by: ", ")
        let old = columns.map { "old.\($0)" as SQLFragment }.joined(by: ", ")
        let add: SQLFragment =
            "INSERT INTO \(index) (rowid, \(names)) VALUES (new.row_id, \(new));"
        let remove: SQLFragment = """
            INSERT INTO \(index) (\(index), rowid, \(names)) VALUES ('delete', old.row_id, \(old));
            """
        return [
            trigger("inserted", "INSERT", add), trigger("deleted", "DELETE", remove),
            trigger("updated", "UPDATE OF \(names)", remove + " " + add),
        ]
    }

    private func trigger(
        _ ending: StaticString, _ event: SQLFragment, _ body: SQLFragment
    ) -> (name: SQLIdentifier, sql: SQLFragment) {
        let name = SQLIdentifier(joining: [table, SQLIdentifier(known: "search")], ending)
        return (name, "CREATE TRIGGER \(name) AFTER \(event) ON \(table) BEGIN \(body) END")
    }
}
