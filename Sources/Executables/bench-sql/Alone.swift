import CSQLite
import Glibc
import Values

/// SQLite's C API with nothing around it: the limit that the store is measured by.
struct Alone {
    private let handle: OpaquePointer

    init(_ path: String) {
        var opened: OpaquePointer?
        precondition(sqlite3_open(path, &opened) == SQLITE_OK, "the file opens")
        handle = opened!
        let settings = """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
            PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY
            """
        precondition(sqlite3_exec(handle, settings, nil, nil, nil) == SQLITE_OK, "settings")
    }

    private func prepare(_ text: String) -> OpaquePointer {
        var statement: OpaquePointer?
        let numbered = String(text.map { $0 == "$" ? "?" : $0 })
        let code = sqlite3_prepare_v3(
            handle, numbered, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        precondition(code == SQLITE_OK, "the statement is right")
        return statement!
    }

    private func step(_ statement: OpaquePointer, _ expected: Int32 = SQLITE_DONE) {
        precondition(sqlite3_step(statement) == expected, "it does what it should")
        if expected == SQLITE_DONE { sqlite3_reset(statement) }
    }

    func reads(for seconds: Double, inSnapshot: Bool) -> Double {
        let find = prepare(SessionRow.text.description)
        let begin = prepare("BEGIN")
        let commit = prepare("COMMIT")
        if inSnapshot { step(begin) }
        var stopwatch = Stopwatch(seconds)
        var random = Scramble()
        while !stopwatch.isOver {
            let token = tokenBytes(random.next() % 10_000)
            token.withUnsafeBytes {
                _ = sqlite_bind_blob_kept(find, 1, $0.baseAddress, $0.count)
                sqlite3_bind_int64(find, 2, 1)
                step(find, SQLITE_ROW)
                for column in 0..<Int32(13) {
                    if sqlite3_column_type(find, column) == SQLITE_TEXT {
                        _ = sqlite3_column_text(find, column)
                    } else {
                        _ = sqlite3_column_int64(find, column)
                    }
                }
                sqlite3_reset(find)
            }
        }
        if inSnapshot { step(commit) }
        for statement in [find, begin, commit] { sqlite3_finalize(statement) }
        sqlite3_close(handle)
        return stopwatch.rate
    }

    func writes(for seconds: Double, rowsPerTransaction rows: Int) -> Double {
        let insert = prepare(Item.text.description)
        let begin = prepare("BEGIN IMMEDIATE")
        let commit = prepare("COMMIT")
        var stopwatch = Stopwatch(seconds)
        var number = 0
        while !stopwatch.isOver {
            if number % rows == 0 { step(begin) }
            bind(insert, number)
            step(insert)
            number += 1
            if number % rows == 0 { step(commit) }
        }
        if number % rows != 0 { step(commit) }
        for statement in [insert, begin, commit] { sqlite3_finalize(statement) }
        sqlite3_close(handle)
        return stopwatch.rate
    }

    private func bind(_ insert: OpaquePointer, _ number: Int) {
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

    private func text(_ statement: OpaquePointer, _ index: Int32, _ text: String) {
        var text = text
        _ = text.withUTF8 {
            sqlite_bind_text_copied(statement, index, $0.baseAddress, $0.count)
        }
    }
}
