import CSQLite
import Glibc
import SQL

/// The parameters of a statement on one connection.
///
/// Text is copied into an arena that outlives the step, so that SQLite need not allocate a copy of
/// its own; what does not fit is SQLite's to copy.
final class SQLiteBinds: BindTarget {
    private static let arenaBytes = 16_384

    private let arena = UnsafeMutableRawPointer.allocate(
        byteCount: SQLiteBinds.arenaBytes, alignment: 1)
    private var used = 0
    private var statement: OpaquePointer?
    private var position: Int32 = 0
    private(set) var result = SQLITE_OK
    /// Why a value cannot be stored, when it is not SQLite that refuses it.
    private(set) var refusal: String?

    deinit { arena.deallocate() }

    func start(_ statement: OpaquePointer) {
        self.statement = statement
        (used, position, result, refusal) = (0, 0, SQLITE_OK, nil)
    }

    func null() { note(sqlite3_bind_null(statement, next())) }
    func boolean(_ value: Bool) { integer(value ? 1 : 0) }
    func integer(_ value: Int64) { note(sqlite3_bind_int64(statement, next(), value)) }
    func instant(_ microseconds: Int64) { integer(microseconds) }

    /// SQLite would store what is not a number as null.
    func double(_ value: Double) {
        if value.isNaN { refusal = "not a number" }
        note(sqlite3_bind_double(statement, next(), value))
    }

    func uuid(high: UInt64, low: UInt64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: UUIDText.count) { text in
            UUIDText.write(high: high, low: low, to: text.baseAddress!)
            self.text(UnsafeBufferPointer(text))
        }
    }

    /// PostgreSQL takes no NUL in text, so neither do we.
    func text(_ utf8: UnsafeBufferPointer<UInt8>) {
        let bytes = UnsafeRawBufferPointer(utf8)
        if let start = bytes.baseAddress, memchr(start, 0, bytes.count) != nil {
            refusal = "text with a NUL"
        }
        if let kept = keep(bytes) {
            note(sqlite_bind_text_kept(statement, next(), kept, bytes.count))
        } else {
            note(sqlite_bind_text_copied(statement, next(), bytes.baseAddress, bytes.count))
        }
    }

    func json(_ utf8: UnsafeBufferPointer<UInt8>) { text(utf8) }

    func bytes(_ bytes: UnsafeRawBufferPointer) {
        if let kept = keep(bytes) {
            note(sqlite_bind_blob_kept(statement, next(), kept, bytes.count))
        } else {
            note(sqlite_bind_blob_copied(statement, next(), bytes.baseAddress, bytes.count))
        }
    }

    private func next() -> Int32 {
        position += 1
        return position
    }

    /// Keeps the first failure: a parameter that the statement has not, a value too big.
    private func note(_ code: Int32) {
        if code != SQLITE_OK && result == SQLITE_OK { result = code }
    }

    private func keep(_ bytes: UnsafeRawBufferPointer) -> UnsafeMutableRawPointer? {
        guard bytes.count <= Self.arenaBytes - used else { return nil }
        let place = arena + used
        if let source = bytes.baseAddress { memcpy(place, source, bytes.count) }
        used += bytes.count
        return place
    }
}
