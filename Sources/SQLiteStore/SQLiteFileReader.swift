import SQL

/// Reads a database file that belongs to another program. Nothing is written, not even the file's
/// mode; close it, or its threads stay.
package final class SQLiteFileReader: StatementRunner {
    private let pool: ReaderPool

    /// A file that is not there, or no database, is an error of the first statement.
    package init(path: String, options: SQLiteOptions = SQLiteOptions()) {
        pool = ReaderPool(path, options)
    }

    package func run<Output: Sendable>(
        _ statement: StatementCore, bind: @escaping @Sendable (any BindTarget) -> Void,
        decode: @escaping @Sendable (inout Rows) throws(DatabaseError) -> Output
    ) async throws(DatabaseError) -> Output {
        guard statement.kind != .write else {
            throw DatabaseError(.statement, "this file is only read")
        }
        return try await pool.run(statement, bind: bind, decode: decode)
    }

    package func close() {
        pool.close()
    }
}
