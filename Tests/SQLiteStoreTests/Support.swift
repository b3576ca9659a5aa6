import DatabaseTesting
import Loop
import SQL
import SQLiteStore

enum Note {
    static let schema = """
        CREATE TABLE notes (
            id INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE CHECK (length(text) < 100000)
        ) STRICT;
        """

    static let insert = Statement(
        .write, "INSERT INTO notes (id, text) VALUES ($1, $2)", binds: Int.self, String.self)
    static let find = Statement(
        .point, "SELECT text FROM notes WHERE id = $1", binds: Int.self,
        returns: Single<String>.self)
    static let list = Statement(
        .scan, "SELECT text FROM notes ORDER BY id", returns: Single<String>.self)
    static let count = Statement(
        .scan, "SELECT count(*) FROM notes", returns: Single<Int>.self)
}

/// A store with the table `notes`, in a directory that goes when `body` ends.
func withStore(
    loops: EventLoopGroup? = nil, options: SQLiteOptions = SQLiteOptions(),
    _ body: (SQLiteStore) async throws -> Void
) async throws {
    let file = try TestDatabase(on: .sqlite)
    defer { file.remove() }
    let store = try SQLiteStore.open(path: file.location, loops: loops, options: options)
    do {
        try await store.transaction { try await $0.runScript(Note.schema) }
        try await body(store)
    } catch {
        await store.close()
        throw error
    }
    await store.close()
}
