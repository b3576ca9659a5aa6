import CSQLite
import SQL

extension SQLiteStore: StatementDescriber {
    /// Types are those that a column's declared type can hold: a `TEXT` may be text, an id or JSON.
    /// An expression has none. Whether a column may be null is told when it is one of a table's; an
    /// outer join may make null what its table does not.
    package func describe(
        _ statement: StatementCore
    ) async throws(DatabaseError) -> StatementDescription {
        try await withReader { connection throws(DatabaseError) in
            // What the writer may do: change a table whose triggers fill an index for search.
            if statement.kind == .write { try connection.execute("PRAGMA trusted_schema = ON") }
            defer { try? connection.execute("PRAGMA trusted_schema = OFF") }
            let prepared = try connection.prepare(statement.sqliteText, keeps: false)
            defer { sqlite3_finalize(prepared) }
            return StatementDescription(
                parameterCount: Int(sqlite3_bind_parameter_count(prepared)),
                columns: (0..<sqlite3_column_count(prepared)).map {
                    connection.describe(prepared, column: $0)
                },
                isWrite: sqlite3_stmt_readonly(prepared) == 0)
        }
    }
}

extension SQLiteConnection {
    fileprivate func describe(
        _ statement: OpaquePointer, column: Int32
    ) -> StatementDescription.Column {
        let declared = sqlite3_column_decltype(statement, column).map { String(cString: $0) }
        return StatementDescription.Column(
            name: sqlite3_column_name(statement, column).map { String(cString: $0) } ?? "",
            types: declared.flatMap(types), isNullable: isNullable(statement, column))
    }

    private func types(of declared: String) -> [SQLType]? {
        switch declared {
        case "INTEGER", "INT": [.boolean, .integer, .instant]
        case "REAL": [.double]
        case "TEXT": [.text, .uuid, .json]
        case "BLOB": [.bytes]
        default: nil
        }
    }

    private func isNullable(_ statement: OpaquePointer, _ column: Int32) -> Bool? {
        guard let table = sqlite3_column_table_name(statement, column),
            let origin = sqlite3_column_origin_name(statement, column)
        else { return nil }
        var (isNotNull, isKey): (Int32, Int32) = (0, 0)
        let code = sqlite3_table_column_metadata(
            handle, sqlite3_column_database_name(statement, column), table, origin, nil, nil,
            &isNotNull, &isKey, nil)
        guard code == SQLITE_OK else { return nil }
        // Not null in its table says nothing about an outer join.
        return isNotNull != 0 || isKey != 0 ? nil : true
    }
}
