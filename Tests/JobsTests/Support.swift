import Bus
import DatabaseTesting
import Logs
import Loop
import SQL
import Synchronization
import Values

@testable import Jobs

/// Runs `body` on a loop with two connections to one database, as two nodes have them.
func withNodes(
    on engine: Engine,
    _ body: @escaping @Sendable ([any Database], EventLoop) async throws -> Void
) async throws {
    try await TestDatabase.opened(2, on: engine) { databases, loop in
        try await Migrator(Job.migrations, clock: .system).up(on: databases[0])
        try await body(databases, loop)
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
