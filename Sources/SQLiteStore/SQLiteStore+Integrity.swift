import SQL

extension SQLiteStore {
    /// What is wrong with the file and with references between its rows; empty when all is well.
    /// Reads all of it, so it may take minutes; for `doctor`.
    package func integrityProblems() async throws(DatabaseError) -> [String] {
        try await withReader { connection throws(DatabaseError) in
            let integrity = try connection.texts(Self.integrityCheck)
            let references = try connection.texts(Self.foreignKeyCheck)
            return integrity.filter { $0 != "ok" } + references
        }
    }

    /// Tables that are not `STRICT`: in those a column takes any type. Ours all are.
    package func looseTables() async throws(DatabaseError) -> [String] {
        try await withReader { connection throws(DatabaseError) in
            try connection.texts(Self.looseTableNames)
        }
    }

    private static let integrityCheck = Statement(
        .scan, sqlite: "SELECT integrity_check FROM pragma_integrity_check",
        postgres: "", returns: Single<String>.self)

    private static let foreignKeyCheck = Statement(
        .scan,
        sqlite: """
            SELECT 'a row of ' || "table" || ' refers to no row of ' || parent
            FROM pragma_foreign_key_check
            """,
        postgres: "", returns: Single<String>.self)

    private static let looseTableNames = Statement(
        .scan,
        sqlite: """
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'
            """,
        postgres: "", returns: Single<String>.self)
}

extension SQLiteConnection {
    fileprivate func texts(
        _ statement: Statement<Single<String>>
    ) throws(DatabaseError) -> [String] {
        try run(
            statement.core, bind: { _ in },
            decode: { rows throws(DatabaseError) in
                var texts: [String] = []
                while let row = try rows.next(Single<String>.self) { texts.append(row.value) }
                return texts
            })
    }
}
