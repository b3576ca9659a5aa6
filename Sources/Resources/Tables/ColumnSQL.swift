import SQL

/// How an engine writes a column in CREATE TABLE and ALTER TABLE.
struct ColumnSQL {
    let engine: Engine
    let table: SQLIdentifier

    /// The whole column: name, type and what it may hold. `target` is the table that a reference
    /// names, where it has another name for now.
    func definition(_ column: ColumnShape, target: SQLIdentifier? = nil) -> SQLFragment {
        var sql: SQLFragment = "\(column.name) \(type(column.type))"
        if !column.isNullable { sql.append(" NOT NULL") }
        if column.name == Resource.Column.id {
            sql.append(engine == .sqlite ? " UNIQUE" : " PRIMARY KEY")
        }
        if let value = column.defaultValue { sql.append(" DEFAULT \(value)") }
        if let check = check(column) { sql.append(" \(named(column, "check"))\(check)") }
        if let reference = reference(column, target) {
            sql.append(" \(named(column, "fkey"))\(reference)")
        }
        return sql
    }

    /// PostgreSQL's constraints are dropped by their names; SQLite's go with the table.
    private func named(_ column: ColumnShape, _ ending: StaticString) -> SQLFragment {
        guard engine == .postgres else { return "" }
        return "CONSTRAINT \(SQLIdentifier(joining: [table, column.name], ending)) "
    }

    // MARK: Types

    func type(_ type: ColumnType) -> SQLFragment {
        engine == .sqlite ? Self.sqlite(type) : Self.postgres(type)
    }

    /// `INT` and `INTEGER` are the same to SQLite; here the one is an instant, so that a table tells
    /// what it holds.
    private static func sqlite(_ type: ColumnType) -> SQLFragment {
        switch type {
        case .id, .text, .choice, .date, .json, .sealed, .other: "TEXT"
        case .integer, .boolean: "INTEGER"
        case .number: "REAL"
        case .instant: "INT"
        }
    }

    /// Texts are compared by code points, as SQLite does, whatever the language of the database.
    private static func postgres(_ type: ColumnType) -> SQLFragment {
        switch type {
        case .id: "uuid"
        case .text(let max?): "varchar(\(SQLLiteral(max))) COLLATE \"C\""
        case .choice: "varchar(\(SQLLiteral(ResourceField.wordMax))) COLLATE \"C\""
        case .text(nil), .date, .sealed, .other: "text COLLATE \"C\""
        case .integer: "bigint"
        case .number: "double precision"
        case .boolean: "boolean"
        case .instant: "timestamptz"
        case .json: "jsonb"
        }
    }

    // MARK: Checks

    /// `CHECK (…)`, or nil where the type says everything.
    func check(_ column: ColumnShape) -> SQLFragment? {
        condition(column).map { "CHECK (\($0))" }
    }

    /// What the values must meet, as the column is written. Introspection knows these forms.
    private func condition(_ column: ColumnShape) -> SQLFragment? {
        let name = column.name
        switch (column.type, engine) {
        case (.choice(let words), _): return "\(name) IN (\(Self.list(words)))"
        case (.sealed, _): return "\(name) LIKE 'a1.%'"
        case (.date, .postgres): return "\(name) ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'"
        case (.date, .sqlite):
            return "\(name) GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
        case (.id, .sqlite): return "length(\(name)) = 36"
        case (.text(let max?), .sqlite): return "length(\(name)) <= \(SQLLiteral(max))"
        case (.boolean, .sqlite): return "\(name) IN (0, 1)"
        case (.json, .sqlite): return "\(name) IS NULL OR json_valid(\(name))"
        default: return nil
        }
    }

    /// Words in quotes. A declaration with one that cannot be quoted was refused.
    static func list(_ words: [String]) -> SQLFragment {
        words.compactMap { try? SQLLiteral($0) }.map { "\($0)" }.joined(by: ", ")
    }

    func reference(_ column: ColumnShape, _ target: SQLIdentifier? = nil) -> SQLFragment? {
        guard let reference = column.reference else { return nil }
        let action: SQLFragment =
            switch reference.onDelete {
            // Looked at when the statement ends, so that all rows of a user can go with him.
            case .restrict: "NO ACTION"
            case .cascade: "CASCADE"
            case .setNull: "SET NULL"
            }
        return
            "REFERENCES \(target ?? reference.table) (\(Resource.Column.id)) ON DELETE \(action)"
    }
}
