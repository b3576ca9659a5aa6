import SQL

/// How an engine writes a table and what belongs to it. Each fragment is one statement.
struct TableSQL {
    let engine: Engine

    /// CREATE TABLE. `renamed` are names that tables have while they are built anew.
    func create(
        _ table: TableShape, as name: SQLIdentifier? = nil,
        renamed: [SQLIdentifier: SQLIdentifier] = [:]
    ) -> SQLFragment {
        let writer = ColumnSQL(engine: engine, table: table.name)
        var lines = table.columns.map { column in
            writer.definition(column, target: column.reference.flatMap { renamed[$0.table] })
        }
        if engine == .sqlite {
            lines.insert("\(Resource.Column.rowID) INTEGER PRIMARY KEY", at: 0)
        }
        let end: SQLFragment = engine == .sqlite ? ") STRICT" : ")"
        return "CREATE TABLE \(name ?? table.name) (\n    \(lines.joined(by: ",\n    "))\n\(end)"
    }

    func drop(_ table: SQLIdentifier) -> SQLFragment { "DROP TABLE \(table)" }

    /// Nulls are the least of all values, as SQLite has it; PostgreSQL must be told.
    func create(_ index: IndexShape, on table: SQLIdentifier) -> SQLFragment {
        let order: SQLFragment = engine == .postgres && !index.isUnique ? " NULLS FIRST" : ""
        let columns = index.columns.map { "\($0)\(order)" as SQLFragment }.joined(by: ", ")
        let kind: SQLFragment = index.isUnique ? "CREATE UNIQUE INDEX" : "CREATE INDEX"
        let only: SQLFragment =
            index.isOfLiving ? " WHERE \(Resource.Column.deletedAt) IS NULL" : ""
        return "\(kind) \(index.name) ON \(table) (\(columns))\(only)"
    }

    func drop(_ index: IndexShape) -> SQLFragment { "DROP INDEX \(index.name)" }

    // MARK: Ownership

    /// What says that a table is a resource's: others are never touched.
    static let register = SQLIdentifier(known: "resource_tables")

    /// A name is written as text here, and has nothing that could be quoted wrongly. It is noted
    /// already where somebody dropped the table by hand.
    func note(_ table: SQLIdentifier) -> SQLFragment {
        guard let name = try? SQLLiteral(table.name) else { return "" }
        return "INSERT INTO \(Self.register) (name) VALUES (\(name)) ON CONFLICT (name) DO NOTHING"
    }

    func forget(_ table: SQLIdentifier) -> SQLFragment {
        guard let name = try? SQLLiteral(table.name) else { return "" }
        return "DELETE FROM \(Self.register) WHERE name = \(name)"
    }
}
