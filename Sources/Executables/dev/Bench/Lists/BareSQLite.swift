import CSQLite
import SQL

/// On SQLite's, set as the store sets it.
final class BareSQLite: BareStatements {
    private var handle: OpaquePointer?
    private var statements: [String: OpaquePointer] = [:]

    init(_ path: String) throws {
        let settings = """
            PRAGMA cache_size = -65536; PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY;
            PRAGMA query_only = ON
            """
        guard sqlite3_open(path, &handle) == SQLITE_OK,
            sqlite3_exec(handle, settings, nil, nil, nil) == SQLITE_OK
        else { throw problem }
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close(handle)
    }

    func run(_ sql: SQLFragment) throws {
        let statement = try prepared(sql.core(.scan, returning: NoRow.self).sqliteText)
        defer { sqlite3_reset(statement) }
        for (index, value) in BareValues(of: sql).list.enumerated() {
            bind(statement, Int32(index + 1), value)
        }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: read(statement)
            case SQLITE_DONE: return
            default: throw problem
            }
        }
    }

    private func prepared(_ text: String) throws -> OpaquePointer {
        if let statement = statements[text] { return statement }
        var statement: OpaquePointer?
        let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
        guard sqlite3_prepare_v3(handle, text, -1, flags, &statement, nil) == SQLITE_OK,
            let statement
        else { throw problem }
        statements[text] = statement
        return statement
    }

    private func bind(_ statement: OpaquePointer, _ index: Int32, _ value: BareValues.Value) {
        switch value {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let number), .instant(let number):
            sqlite3_bind_int64(statement, index, number)
        case .double(let number): sqlite3_bind_double(statement, index, number)
        case .text(var text):
            _ = text.withUTF8 {
                sqlite_bind_text_copied(statement, index, $0.baseAddress, $0.count)
            }
        }
    }

    private func read(_ statement: OpaquePointer) {
        for column in 0..<sqlite3_column_count(statement) {
            _ = sqlite3_column_text(statement, column)
        }
    }

    private var problem: Problem {
        Problem("SQLite alone: " + String(cString: sqlite3_errmsg(handle)))
    }
}
