import CSQLite
import SQL

/// The row that a connection's statement stands on. SQLite's types are looked at first: it would
/// otherwise convert whatever is there.
final class SQLiteCursor: RowSource {
    var statement: OpaquePointer?

    func isNull(_ column: Int) -> Bool {
        sqlite3_column_type(statement, Int32(truncatingIfNeeded: column)) == SQLITE_NULL
    }

    func boolean(_ column: Int) throws(DatabaseError) -> Bool {
        switch try integer(column) {
        case 0: return false
        case 1: return true
        default: throw mismatch(column, .boolean)
        }
    }

    func integer(_ column: Int) throws(DatabaseError) -> Int64 {
        try require(SQLITE_INTEGER, column, .integer)
        return sqlite3_column_int64(statement, Int32(truncatingIfNeeded: column))
    }

    /// SQLite keeps a whole number in a REAL column as an integer, and RETURNING shows it so. None of
    /// those has more than 48 bits.
    func double(_ column: Int) throws(DatabaseError) -> Double {
        let index = Int32(truncatingIfNeeded: column)
        if sqlite3_column_type(statement, index) == SQLITE_INTEGER,
            sqlite3_column_int64(statement, index).magnitude < 1 << 48
        {
            return Double(sqlite3_column_int64(statement, index))
        }
        try require(SQLITE_FLOAT, column, .double)
        return sqlite3_column_double(statement, index)
    }

    func instant(_ column: Int) throws(DatabaseError) -> Int64 {
        try require(SQLITE_INTEGER, column, .instant)
        return sqlite3_column_int64(statement, Int32(truncatingIfNeeded: column))
    }

    func uuid(_ column: Int) throws(DatabaseError) -> (high: UInt64, low: UInt64) {
        guard let id = UUIDText.read(try raw(column, as: .uuid)) else {
            throw mismatch(column, .uuid)
        }
        return id
    }

    func raw(_ column: Int, as type: SQLType) throws(DatabaseError) -> UnsafeRawBufferPointer {
        let isBytes = type == .bytes
        try require(isBytes ? SQLITE_BLOB : SQLITE_TEXT, column, type)
        let index = Int32(truncatingIfNeeded: column)
        // Of text, too: as a blob SQLite gives it where it lies, as text it copies it for a NUL.
        let start: UnsafeRawPointer? = sqlite3_column_blob(statement, index)
        return UnsafeRawBufferPointer(
            start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(statement, index)))
    }

    private func require(
        _ type: Int32, _ column: Int, _ wanted: SQLType
    ) throws(DatabaseError) {
        if sqlite3_column_type(statement, Int32(truncatingIfNeeded: column)) != type {
            throw mismatch(column, wanted)
        }
    }

    private func mismatch(_ column: Int, _ wanted: SQLType) -> DatabaseError {
        DatabaseError(.decoding, "column \(column) is no \(wanted)")
    }
}
