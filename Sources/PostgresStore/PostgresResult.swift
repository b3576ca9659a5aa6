import CPostgres
import SQL

/// The rows of one statement, in binary form, freed with the last reference.
///
/// Reads check the column's type, because 16 letters would pass for a UUID.
// Safe because one task at a time has it: the link hands it over and forgets it.
final class PostgresResult: RowSource, @unchecked Sendable {
    private let result: OpaquePointer
    private let count: Int32
    private var row: Int32 = -1

    init(_ result: OpaquePointer) {
        self.result = result
        count = PQntuples(result)
    }

    deinit { PQclear(result) }

    /// What was done: `COMMIT`, `INSERT 0 1`.
    var commandStatus: String { String(cString: PQcmdStatus(result)) }

    func decode<Output>(
        _ decode: (inout Rows) throws(DatabaseError) -> Output
    ) throws(DatabaseError) -> Output {
        var rows = Rows(self, advance: { () throws(DatabaseError) in self.advance() })
        return try decode(&rows)
    }

    private func advance() -> Bool {
        if row < count { row += 1 }
        return row < count
    }

    // MARK: Columns

    func isNull(_ column: Int) -> Bool {
        PQgetisnull(result, row, Int32(truncatingIfNeeded: column)) == 1
    }

    func boolean(_ column: Int) throws(DatabaseError) -> Bool {
        try value(column, 1, .boolean).load(as: UInt8.self) != 0
    }

    func integer(_ column: Int) throws(DatabaseError) -> Int64 {
        switch type(of: column) {
        case 23: Int64(Int32(bigEndian: try value(column, 4).loadUnaligned(as: Int32.self)))
        case 21: Int64(Int16(bigEndian: try value(column, 2).loadUnaligned(as: Int16.self)))
        default: Int64(bigEndian: try value(column, 8, .integer).loadUnaligned(as: Int64.self))
        }
    }

    func double(_ column: Int) throws(DatabaseError) -> Double {
        if type(of: column) == 700 {
            let bits = UInt32(bigEndian: try value(column, 4).loadUnaligned(as: UInt32.self))
            return Double(Float(bitPattern: bits))
        }
        let bits = try value(column, 8, .double).loadUnaligned(as: UInt64.self)
        return Double(bitPattern: UInt64(bigEndian: bits))
    }

    func instant(_ column: Int) throws(DatabaseError) -> Int64 {
        let bits = try value(column, 8, .instant).loadUnaligned(as: Int64.self)
        let sum = Int64(bigEndian: bits).addingReportingOverflow(PostgresEpoch.microseconds)
        if sum.overflow || sum.partialValue < Int64.min + 2 * PostgresEpoch.microseconds {
            throw DatabaseError(.decoding, "column \(column) is an infinite instant")
        }
        return sum.partialValue
    }

    func uuid(_ column: Int) throws(DatabaseError) -> (high: UInt64, low: UInt64) {
        let bytes = try value(column, 16, .uuid)
        return (
            UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
    }

    func raw(_ column: Int, as type: SQLType) throws(DatabaseError) -> UnsafeRawBufferPointer {
        let bytes = try bytes(column)
        switch (type, self.type(of: column)) {
        case (.json, 3802) where !bytes.isEmpty:
            return UnsafeRawBufferPointer(rebasing: bytes[1...])
        case (.json, 114), (.bytes, 17): return bytes
        // text, varchar, char, name, unknown
        case (.text, 25), (.text, 1043), (.text, 1042), (.text, 19), (.text, 705): return bytes
        default: throw mismatch(column)
        }
    }

    // MARK: Bytes

    private func type(of column: Int) -> UInt32 {
        PQftype(result, Int32(truncatingIfNeeded: column))
    }

    private func value(
        _ column: Int, _ width: Int, _ type: SQLType
    ) throws(DatabaseError) -> UnsafeRawPointer {
        guard self.type(of: column) == type.oid else { throw mismatch(column) }
        return try value(column, width)
    }

    private func value(_ column: Int, _ width: Int) throws(DatabaseError) -> UnsafeRawPointer {
        let bytes = try bytes(column)
        guard bytes.count == width, let start = bytes.baseAddress else { throw mismatch(column) }
        return start
    }

    private func bytes(_ column: Int) throws(DatabaseError) -> UnsafeRawBufferPointer {
        let column = Int32(truncatingIfNeeded: column)
        guard row >= 0, row < count, let start = PQgetvalue(result, row, column) else {
            throw DatabaseError(.decoding, "there is no column \(column)")
        }
        return UnsafeRawBufferPointer(
            start: start, count: max(0, Int(PQgetlength(result, row, column))))
    }

    private func mismatch(_ column: Int) -> DatabaseError {
        DatabaseError(.decoding, "column \(column) has another type (oid \(type(of: column)))")
    }
}
