import DatabaseTesting
import SQL
import Synchronization
import Testing
import Values

/// The engines these tests run on.
let engines = Engine.tested

/// Runs `body` on a loop with `count` connections to one empty database, as if each were a server's.
func withDatabases(
    _ count: Int, on engine: Engine,
    _ body: @escaping @Sendable ([TestStore]) async throws -> Void
) async throws {
    try await TestDatabase.opened(count, on: engine) { stores, _ in try await body(stores) }
}

/// Runs `body` on a loop with a database that has the tables of `Thing` and `Part`.
func withDatabase(
    on engine: Engine,
    _ body: @escaping @Sendable (TestStore) async throws -> Void
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
