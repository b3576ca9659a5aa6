import CSQLite
import SQL
import Values

// SQLite tells the columns of a broken unique constraint, PostgreSQL its name. Programs look for the
// name, so it is made here by PostgreSQL's rule: `users_email_key`, `users_pkey`. An index of its
// own has its name in both. A constraint that a table gives a name with CONSTRAINT … UNIQUE is not
// found: name an index instead.

extension SQLiteConnection {
    /// The name for "UNIQUE constraint failed: users.email" or "… failed: index 'users_lower_email'".
    func uniqueConstraint(in message: String) -> String {
        let start = message.firstRange(of: ": ")?.upperBound ?? message.startIndex
        let detail = message[start...]
        if detail.hasPrefix("index '") { return String(detail.dropFirst(7).dropLast()) }
        let columns = detail.split(by: ", ").map { $0.split(separator: ".") }
        guard let table = columns.first?.first.map(String.init) else { return "" }
        let names = columns.compactMap { $0.last.map(String.init) }
        return indexName(table, names) ?? conventionalName(table, names, "key")
    }

    /// Looks among the table's unique indexes for the one over these columns. Nil for a constraint
    /// of the table, whose index SQLite names by itself.
    private func indexName(_ table: String, _ columns: [String]) -> String? {
        var found: String?
        for (name, origin) in uniqueIndexes(of: table) where indexColumns(name) == columns {
            if origin == "u" { return nil }
            found = origin == "pk" ? "\(table)_pkey" : name
        }
        // A rowid alias has no index: it is the table.
        return found ?? (primaryKey(of: table) == columns ? "\(table)_pkey" : nil)
    }

    private func conventionalName(_ table: String, _ columns: [String], _ end: String) -> String {
        let parts = PostgresName.shortened(
            table, columns.joined(separator: "_"), reserving: end.utf8.count + 2)
        return "\(parts.0)_\(parts.1)_\(end)"
    }

    private func uniqueIndexes(of table: String) -> [(name: String, origin: String)] {
        rows("SELECT name, origin FROM pragma_index_list(?1) WHERE \"unique\"", table)
            .map { ($0[0], $0[1]) }
    }

    private func indexColumns(_ index: String) -> [String] {
        rows("SELECT name, '' FROM pragma_index_info(?1) ORDER BY seqno", index).map { $0[0] }
    }

    private func primaryKey(of table: String) -> [String] {
        rows("SELECT name, '' FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk", table)
            .map { $0[0] }
    }

    /// Two columns of text. Failures are no rows: the name is then the conventional one.
    private func rows(_ text: String, _ value: String) -> [[String]] {
        guard let statement = try? prepare(text, keeps: false) else { return [] }
        defer { sqlite3_finalize(statement) }
        var value = value
        _ = value.withUTF8 { sqlite_bind_text_copied(statement, 1, $0.baseAddress, $0.count) }
        var rows: [[String]] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            rows.append(
                (0..<2).map { column in
                    sqlite3_column_text(statement, Int32(column)).map { String(cString: $0) } ?? ""
                })
        }
        return rows
    }
}

/// PostgreSQL cuts the longer of the two parts until a name fits into its 63 bytes.
enum PostgresName {
    static let bytesMax = 63

    static func shortened(
        _ table: String, _ columns: String, reserving reserved: Int
    ) -> (String, String) {
        var (table, columns) = (table, columns)
        while table.utf8.count + columns.utf8.count > bytesMax - reserved {
            if table.utf8.count > columns.utf8.count {
                table.removeLast()
            } else {
                columns.removeLast()
            }
        }
        return (table, columns)
    }
}
