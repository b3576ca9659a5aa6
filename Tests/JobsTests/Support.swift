import Bus
import DatabaseTesting
import Logs
import Loop
import PostgresStore
import SQL
import SQLiteStore
import Synchronization
import Values

@testable import Jobs

/// Runs `body` on a loop with two connections to one database, as two nodes have them.
func withNodes(
    on engine: Engine,
    _ body: @escaping @Sendable ([any Database], EventLoop) async throws -> Void
) async throws {
    let place = try TestDatabase(on: engine)
    defer { place.remove() }
    let loops = EventLoopGroup(count: 2)
    loops.start()
    defer {
        loops.stop()
        loops.join()
    }
    var opened: [(database: any Database, close: @Sendable () async -> Void)] = []
    for _ in 0..<2 { opened.append(try await open(place, loops)) }
    let databases = opened.map(\.database)
    let loop = loops.any
    let result = await loop.spawn(throwing: {
        try await Migrator(Job.migrations, clock: .system).up(on: databases[0])
        try await body(databases, loop)
    }).result
    for one in opened { await one.close() }
    try result.get()
}

private func open(
    _ place: TestDatabase, _ loops: EventLoopGroup
) async throws -> (database: any Database, close: @Sendable () async -> Void) {
    switch place.engine {
    case .sqlite:
        var options = SQLiteOptions()
        options.bodyTimeMax = .seconds(30)
        let store = try SQLiteStore.open(path: place.location, loops: loops, options: options)
        return (store, { await store.close() })
    case .postgres:
        var options = PostgresOptions(url: place.location)
        options.transactionTimeout = .seconds(20)
        let store = try await PostgresStore.open(options, loops: loops)
        return (store, { await store.close() })
    }
}

/// What handlers have done.
final class Notes: Sendable {
    private let list = Mutex<[String]>([])

    var all: [String] { list.withLock { $0 } }
    func add(_ line: String) { list.withLock { $0.append(line) } }
}

struct Broken: Error {}

extension JobQueue {
    init(_ database: any Database, _ bus: any Bus = InProcessBus()) {
        self.init(database, bus, .system)
    }

    func add(_ payload: String, kind: String = "test.note", at now: Instant) async throws {
        try await insert(kind, at: now, in: database) { _ in payload }
    }
}

extension JobRunner {
    convenience init(_ queue: JobQueue, _ clock: MovableClock, _ handlers: JobHandler...) {
        self.init(queue, handlers, clock: clock.clock, logger: .none)
    }
}
