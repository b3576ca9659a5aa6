import CSQLite
import Measuring
import SQL
import Values

/// SQLite's C API with nothing around it, set as the store sets it: the limit that the store is
/// measured by.
final class SQLiteAlone {
    private var handle: OpaquePointer?

    init(_ path: String) throws {
        let settings = """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
            PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY
            """
        try check(sqlite3_open(path, &handle))
        try check(sqlite3_exec(handle, settings, nil, nil, nil))
    }

    deinit { sqlite3_close(handle) }

    /// Rows a second, each of them synced with its transaction.
    func insert(for seconds: Int, rowsPerTransaction rows: Int) throws -> Double {
        let insert = try prepare(Item.insert.core.sqliteText)
        let begin = try prepare("BEGIN IMMEDIATE")
        let commit = try prepare("COMMIT")
        defer { for statement in [insert, begin, commit] { sqlite3_finalize(statement) } }
        var stopwatch = Stopwatch(seconds: seconds)
        var number = 0
        while !stopwatch.isOver {
            if number % rows == 0 { try step(begin) }
            bind(insert, number)
            try step(insert)
            number += 1
            if number % rows == 0 { try step(commit) }
        }
        if number % rows != 0 { try step(commit) }
        return stopwatch.rate
    }

    private func prepare(_ text: String) throws -> OpaquePointer? {
        var statement: OpaquePointer?
        try check(
            sqlite3_prepare_v3(handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        )
        return statement
    }

    private func step(_ statement: OpaquePointer?) throws {
        guard sqlite3_step(statement) == SQLITE_DONE else { throw problem }
        sqlite3_reset(statement)
    }

    private func check(_ code: Int32) throws {
        if code != SQLITE_OK { throw problem }
    }

    private var problem: Problem {
        Problem("SQLite alone: " + String(cString: sqlite3_errmsg(handle)))
    }

    private func bind(_ insert: OpaquePointer?, _ number: Int) {
        let now = Clock.system.now
        text(insert, 1, ID<Item>(at: now, from: .system).description)
        text(insert, 2, Item.owner(number).description)
        text(insert, 3, Item.title)
        text(insert, 4, Item.body)
        sqlite3_bind_int64(insert, 5, 0)
        sqlite3_bind_int64(insert, 6, 3)
        sqlite3_bind_int64(insert, 7, now.microseconds)
        sqlite3_bind_int64(insert, 8, now.microseconds)
    }

    private func text(_ statement: OpaquePointer?, _ index: Int32, _ text: String) {
        var text = text
        _ = text.withUTF8 {
            sqlite_bind_text_copied(statement, index, $0.baseAddress, $0.count)
        }
    }
}
