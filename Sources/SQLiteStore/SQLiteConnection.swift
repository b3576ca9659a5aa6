import CLinux
import CSQLite
import SQL

/// One connection with its prepared statements. Used by one thread at a time.
// Safe because whoever has it uses it alone: the writer's thread, a loop's reader under its lock, a
// thread of the pool that took it from the idle ones.
final class SQLiteConnection: @unchecked Sendable {
    enum Role { case reader, writer }

    let handle: OpaquePointer
    private let role: Role
    private let binds = SQLiteBinds()
    private let cursor = SQLiteCursor()
    private var kept: [OpaquePointer?] = []
    private var hasStepped = false
    private var isClosed = false
    /// Made once: a closure for each statement would be an allocation for each.
    private var advance: () throws(DatabaseError) -> Bool = { () throws(DatabaseError) in false }

    /// How long a statement may take, in nanoseconds; 0 is for ever. Its clock starts after the
    /// first thousand steps of SQLite's machine, so that a short statement never reads a clock.
    var budget: UInt64 = 0
    /// When what runs must end, by the monotonic clock; 0 is never.
    var deadline: UInt64 = 0

    init(_ path: String, _ role: Role, _ options: SQLiteOptions) throws(DatabaseError) {
        self.role = role
        handle = try Self.open(path, role)
        advance = { [unowned self] () throws(DatabaseError) in try step() }
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, Int32(clamping: options.busyTimeout.milliseconds))
        for pragma in Self.pragmas(role, options) { try execute(pragma) }
        if role == .writer { try requireLog() }
        watchTime()
    }

    deinit { close() }

    /// Gives file and memory back now; afterwards nothing may use it.
    func close() {
        if isClosed { return }
        isClosed = true
        for statement in kept { sqlite3_finalize(statement) }
        kept = []
        sqlite3_close_v2(handle)
    }

    private static func open(_ path: String, _ role: Role) throws(DatabaseError) -> OpaquePointer {
        _ = withoutMemoryStatistics
        let access =
            role == .reader ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(path, &handle, access | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let handle else {
            let error = DatabaseError(sqlite: code, on: handle)
            sqlite3_close_v2(handle)
            throw error
        }
        return handle
    }

    private static func pragmas(_ role: Role, _ options: SQLiteOptions) -> [String] {
        let common = [
            "PRAGMA foreign_keys = ON",
            "PRAGMA cache_size = -\(options.cacheBytes >> 10)",
            "PRAGMA mmap_size = \(options.mappedBytes)",
            "PRAGMA temp_store = MEMORY",
            // The writer's triggers write to the tables of words that search looks at. The schema is
            // this program's own; only operators and migrations change it.
            "PRAGMA trusted_schema = \(role == .writer ? "ON" : "OFF")",
        ]
        guard role == .writer else { return common }
        return [
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = \(options.isDurable ? "FULL" : "OFF")",
            "PRAGMA journal_size_limit = \(64 << 20)",
        ] + common
    }

    /// SQLite keeps another mode without an error where it cannot share memory.
    private func requireLog() throws(DatabaseError) {
        let mode = try prepare("PRAGMA journal_mode", keeps: false)
        defer { sqlite3_finalize(mode) }
        let isOn =
            sqlite3_step(mode) == SQLITE_ROW
            && sqlite3_column_text(mode, 0).map { String(cString: $0) } == "wal"
        if !isOn { throw DatabaseError(.storage, "no write-ahead log on this file system") }
    }

    private func watchTime() {
        sqlite3_progress_handler(
            handle, 1000,
            { pointer in
                Unmanaged<SQLiteConnection>.fromOpaque(pointer!)
                    ._withUnsafeGuaranteedRef { $0.isOutOfTime() } ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func isOutOfTime() -> Bool {
        if deadline == 0 && budget == 0 { return false }
        let now = linux_monotonic_nanoseconds()
        if deadline == 0 { deadline = now + budget }
        return now > deadline
    }

    /// Done once for the process.
    private static let withoutMemoryStatistics: Void = sqlite_config_without_memory_statistics()

    // MARK: Running

    func run<Output>(
        _ statement: StatementCore, bind: (any BindTarget) -> Void,
        decode: (inout Rows) throws(DatabaseError) -> Output
    ) throws(DatabaseError) -> Output {
        let prepared = try prepared(statement)
        defer { end(prepared, of: statement) }
        do throws(DatabaseError) {
            try self.bind(prepared, bind)
            cursor.statement = prepared
            hasStepped = false
            var rows = Rows(cursor, advance: advance)
            let output = try decode(&rows)
            if !hasStepped { _ = try step() }
            return output
        } catch {
            throw error.in(statement.sqliteText)
        }
    }

    private func bind(
        _ prepared: OpaquePointer, _ bind: (any BindTarget) -> Void
    ) throws(DatabaseError) {
        binds.start(prepared)
        bind(binds)
        if let refusal = binds.refusal { throw DatabaseError(.check, refusal) }
        if binds.result != SQLITE_OK { throw DatabaseError(sqlite: binds.result, on: handle) }
    }

    private func step() throws(DatabaseError) -> Bool {
        hasStepped = true
        switch sqlite3_step(cursor.statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code)
        }
    }

    private func end(_ prepared: OpaquePointer, of statement: StatementCore) {
        if statement.isKept { sqlite3_reset(prepared) } else { sqlite3_finalize(prepared) }
        cursor.statement = nil
    }

    private func failure(_ code: Int32) -> DatabaseError {
        // A reader is read-only by design: what writes there is a wrong statement, not a bad disk.
        if role == .reader && code & 255 == SQLITE_READONLY {
            return DatabaseError(.statement, "a statement that writes is not declared .write")
        }
        return DatabaseError(sqlite: code, on: handle) { uniqueConstraint(in: $0) }
    }

    // MARK: Preparing

    private func prepared(_ statement: StatementCore) throws(DatabaseError) -> OpaquePointer {
        let id = statement.id
        if id < kept.count, id >= 0, let known = kept[id] { return known }
        let prepared = try prepare(statement.sqliteText, keeps: statement.isKept)
        guard sqlite3_bind_parameter_count(prepared) <= statement.binds.count else {
            sqlite3_finalize(prepared)
            throw DatabaseError(
                .statement, "parameters that nothing is bound to", statement: statement.sqliteText)
        }
        if statement.isKept {
            if id >= kept.count {
                kept.append(contentsOf: repeatElement(nil, count: id + 16 - kept.count))
            }
            kept[id] = prepared
        }
        return prepared
    }

    /// Exactly one statement: SQLite would silently leave out what follows the first.
    func prepare(_ text: String, keeps: Bool = true) throws(DatabaseError) -> OpaquePointer {
        var prepared: OpaquePointer?
        var text = text
        let (code, rest) = text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { text in
                var tail: UnsafePointer<CChar>?
                let code = sqlite3_prepare_v3(
                    handle, text.baseAddress, Int32(clamping: text.count),
                    UInt32(keeps ? SQLITE_PREPARE_PERSISTENT : 0), &prepared, &tail)
                let used = tail.map { $0 - text.baseAddress! } ?? text.count
                return (code, text[used...].contains { $0 > 32 && $0 != 59 })
            }
        }
        guard code == SQLITE_OK, let prepared, !rest else {
            sqlite3_finalize(prepared)
            if code == SQLITE_OK {
                throw DatabaseError(.statement, "not exactly one statement", statement: text)
            }
            throw DatabaseError(sqlite: code, on: handle, statement: text)
        }
        return prepared
    }

    /// Runs several statements and drops their rows.
    func execute(_ script: String) throws(DatabaseError) {
        let code = sqlite3_exec(handle, script, nil, nil, nil)
        if code != SQLITE_OK { throw failure(code).in(script) }
    }

    /// False when SQLite has ended the transaction by itself, as it does when the disk is full.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }
}

extension DatabaseError {
    /// The same error of that statement.
    func `in`(_ text: String) -> DatabaseError {
        var error = self
        if error.statement == nil { error.statement = text }
        return error
    }
}

extension Duration {
    var milliseconds: Int64 { wholeSeconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
    /// For comparing with the monotonic clock.
    var nanoseconds: UInt64 {
        UInt64(max(0, wholeSeconds)) * 1_000_000_000
            + UInt64(max(0, components.attoseconds / 1_000_000_000))
    }
}
