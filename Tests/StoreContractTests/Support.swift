import DatabaseTesting
import Loop
import PostgresStore
import SQL
import SQLiteStore
import Synchronization
import Testing
import Values

/// The engines these tests run on.
let engines = Engine.tested

/// A database that somebody closes.
struct OpenDatabase: Sendable {
    let database: any Database & StatementDescriber
    let close: @Sendable () async -> Void
}

func open(
    _ engine: Engine, at location: String, _ loops: EventLoopGroup
) async throws -> OpenDatabase {
    switch engine {
    case .sqlite:
        var options = SQLiteOptions()
        // What is tested is not the time: a machine that builds beside may take long.
        options.bodyTimeMax = .seconds(30)
        let store = try SQLiteStore.open(path: location, loops: loops, options: options)
        return OpenDatabase(database: store) { await store.close() }
    case .postgres:
        var options = PostgresOptions(url: location)
        // How long things take on a machine that runs all tests at once is not tested here.
        options.transactionTimeout = .seconds(20)
        let store = try await PostgresStore.open(options, loops: loops)
        return OpenDatabase(database: store) { await store.close() }
    }
}

/// Runs `body` on a loop with `count` connections to one empty database, as if each were a server's.
func withDatabases(
    _ count: Int, on engine: Engine,
    _ body: @escaping @Sendable ([any Database & StatementDescriber]) async throws -> Void
) async throws {
    let place = try TestDatabase(on: engine)
    defer { place.remove() }
    let loops = EventLoopGroup(count: 2)
    loops.start()
    defer {
        loops.stop()
        loops.join()
    }
    var opened: [OpenDatabase] = []
    for _ in 0..<count { opened.append(try await open(engine, at: place.location, loops)) }
    let databases = opened.map(\.database)
    let result = await loops.any.spawn(throwing: { try await body(databases) }).result
    for database in opened { await database.close() }
    try result.get()
}

/// Runs `body` on a loop with a database that has the tables of `Thing` and `Part`.
func withDatabase(
    on engine: Engine,
    _ body: @escaping @Sendable (any Database & StatementDescriber) async throws -> Void
) async throws {
    try await withDatabases(1, on: engine) { databases in
        let script = Thing.schema.script(for: engine).up
        try await databases[0].transaction { try await $0.runScript(script) }
        try await body(databases[0])
    }
}

/// Runs what must fail, and returns how.
func failure(
    _ body: () async throws -> Void, at location: SourceLocation = #_sourceLocation
) async -> DatabaseError.Code? {
    do {
        try await body()
        Issue.record("nothing failed", sourceLocation: location)
        return nil
    } catch {
        return (error as? DatabaseError)?.code
    }
}

/// Counts for many tasks.
final class Tally: Sendable {
    private let atomic = Atomic<Int>(0)

    var count: Int { atomic.load(ordering: .relaxed) }
    func add() { atomic.add(1, ordering: .relaxed) }
}
