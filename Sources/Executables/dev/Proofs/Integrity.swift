import CSQLite
import DatabaseTesting
import SQL

/// Asks the engine itself whether its database is whole. Throws what it finds wrong.
enum Integrity {
    static func check(_ server: TrialServer) throws -> String {
        switch server.engine {
        case .sqlite: try checkSQLite(server.file)
        case .postgres: try checkPostgres(server.database!.location)
        }
        return "ok"
    }

    private static func checkSQLite(_ file: String) throws {
        var connection: OpaquePointer?
        guard sqlite3_open_v2(file, &connection, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else {
            throw Problem("cannot open \(file)")
        }
        defer { sqlite3_close(connection) }
        let answer = firstColumn("PRAGMA integrity_check", connection)
        guard answer == ["ok"] else { throw Problem("integrity_check: \(answer)") }
        let orphans = firstColumn("PRAGMA foreign_key_check", connection)
        guard orphans.isEmpty else { throw Problem("foreign_key_check: \(orphans)") }
    }

    private static func firstColumn(_ sql: String, _ connection: OpaquePointer?) -> [String] {
        var statement: OpaquePointer?
        sqlite3_prepare_v2(connection, sql, -1, &statement, nil)
        defer { sqlite3_finalize(statement) }
        var rows: [String] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            rows.append(sqlite3_column_text(statement, 0).map { String(cString: $0) } ?? "NULL")
        }
        return rows
    }

    /// Every B-tree and the heap behind it, by PostgreSQL's own amcheck.
    private static func checkPostgres(_ url: String) throws {
        let database = String(url.split(separator: "/")[1].prefix { $0 != "?" })
        let cluster = try PostgresCluster.shared
        try cluster.run(
            "SET client_min_messages = warning; CREATE EXTENSION IF NOT EXISTS amcheck",
            in: database)
        try cluster.run(
            """
            SELECT bt_index_check(index => indexrelid, heapallindexed => true)
            FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
            WHERE relkind = 'i' AND relpersistence = 'p' AND relam = (SELECT oid FROM pg_am WHERE amname = 'btree')
            """, in: database)
    }
}
