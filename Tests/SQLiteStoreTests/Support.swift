import DatabaseTesting
import Glibc
import Loop
import SQL
import SQLiteStore
import Synchronization
import Testing

enum Note {
    static let schema = """
        CREATE TABLE notes (
            id INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE,
            parent INTEGER REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED
        ) STRICT;
        """

    static let insert = Statement(
        .write, "INSERT INTO notes (id, text) VALUES ($1, $2)", binds: Int.self, String.self)
    static let insertOrRollBack = Statement(
        .write, sqlite: "INSERT OR ROLLBACK INTO notes (id, text) VALUES ($1, $2)", postgres: "",
        binds: Int.self, String.self, returns: NoRow.self)
    static let insertChild = Statement(
        .write, "INSERT INTO notes (id, text, parent) VALUES ($1, $2, $3)", binds: Int.self,
        String.self, Int.self)
    static let find = Statement(
        .point, "SELECT text FROM notes WHERE id = $1", binds: Int.self,
        returns: Single<String>.self)
    static let list = Statement(
        .scan, "SELECT text FROM notes ORDER BY id", returns: Single<String>.self)
    static let count = Statement(
        .point, "SELECT count(*) FROM notes", returns: Single<Int>.self)

    static func insert(_ id: Int, on runner: any StatementRunner) async throws {
        try await runner.execute(insert, id, "note \(id)")
    }
}

/// Statements that never end.
enum Endless {
    private static let rows: StaticString = """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
        SELECT count(*) FROM n
        """
    static let scan = Statement(.scan, rows, returns: Single<Int>.self)
    static let point = Statement(.point, rows, returns: Single<Int>.self)
    static let write = Statement(
        .write,
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
        INSERT INTO notes (text) SELECT 'endless' FROM n WHERE i < 0
        """)
}

extension SQLiteOptions {
    /// Times that only a machine in trouble reaches: what is tested is not the time.
    static var patient: SQLiteOptions {
        var options = SQLiteOptions()
        options.batchTimeMax = .seconds(30)
        options.bodyTimeMax = .seconds(30)
        return options
    }
}

/// A store with the table `notes` in a directory that goes when `body` ends; `body` runs on no loop.
func withStore(
    loops: EventLoopGroup? = nil, options: SQLiteOptions = .patient,
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
        throw Unexpected(error: error)
    }
    await store.close()
}

/// Shows what a `DatabaseError` hides.
struct Unexpected: Error, CustomStringConvertible {
    let error: any Error
    var description: String { String(reflecting: error) }
}

/// The same on the loop that `body` is given.
func withStoreOnLoop(
    options: SQLiteOptions = .patient,
    _ body: @escaping @Sendable (SQLiteStore, EventLoop) async throws -> Void
) async throws {
    let loops = EventLoopGroup(count: 1)
    loops.start()
    defer {
        loops.stop()
        loops.join()
    }
    try await withStore(loops: loops, options: options) { store in
        let loop = loops.any
        try await loop.spawn(throwing: { try await body(store, loop) }).value
    }
}

/// Tasks wait at it until it is opened.
final class Gate: Sendable {
    private let state = Mutex<(isOpen: Bool, waiting: [UnsafeContinuation<Void, Never>])>(
        (false, []))

    func wait() async {
        await withUnsafeContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let waiting = state.withLock { state in
            defer { state = (true, []) }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// Queues `jobs` while the writer is held inside a body, then lets it go: they run in one batch, in
/// their order. Returns how each ended. Must be called on a loop.
func inOneBatch(
    _ store: SQLiteStore, _ jobs: [@Sendable () async throws -> Void]
) async throws -> [DatabaseError.Code?] {
    let (isHeld, letGo) = (Gate(), Gate())
    async let holder: Void = store.transaction { _ in
        isHeld.open()
        await letGo.wait()
    }
    await isHeld.wait()
    let codes = await withTaskGroup(of: (Int, DatabaseError.Code?).self) { group in
        for (index, job) in jobs.enumerated() {
            group.addTask { (index, await code(of: job)) }
        }
        group.addTask {
            letGo.open()
            return (-1, nil)
        }
        return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    try await holder
    return jobs.indices.map { codes[$0] ?? nil }
}

/// How a body failed; nil when it did not.
func code(of body: () async throws -> Void) async -> DatabaseError.Code? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? DatabaseError)?.code ?? .other
    }
}

/// Whether a file is there, and how big.
func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
}
