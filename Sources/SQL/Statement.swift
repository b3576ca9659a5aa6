/// One SQL statement with the types it binds and the row it returns.
///
/// The text is a `StaticString`: the compiler refuses text made at run time. Parameters are `$1`,
/// `$2`, …; SQLite gets `?1`, `?2`. One text serves both engines where it can; where not, both stand
/// side by side. A test prepares every statement on both engines and compares parameters, columns
/// and types with what is declared here.
package struct Statement<Result: RowDecodable, each Bind: SQLValue>: Sendable {
    package let core: StatementCore

    package init(
        _ kind: StatementCore.Kind, _ text: StaticString, binds: repeat (each Bind).Type,
        returns: Result.Type
    ) {
        self.init(kind, sqlite: text, postgres: text, binds: repeat each binds, returns: returns)
    }

    package init(
        _ kind: StatementCore.Kind, sqlite: StaticString, postgres: StaticString,
        binds: repeat (each Bind).Type, returns: Result.Type
    ) {
        var types: [SQLType] = []
        for bind in repeat each binds { types.append(bind.sqlType) }
        core = StatementCore(
            kind, sqlite: sqlite.description, postgres: postgres.description, binds: types,
            columns: { RecordedColumn.columns(of: Result.self) })
    }
}

extension Statement where Result == NoRow {
    package init(
        _ kind: StatementCore.Kind, _ text: StaticString, binds: repeat (each Bind).Type
    ) {
        self.init(kind, text, binds: repeat each binds, returns: NoRow.self)
    }
}
