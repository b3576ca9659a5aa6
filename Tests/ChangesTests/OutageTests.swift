import DatabaseTesting
import Loop
import SQL
import Synchronization
import Testing
import Values

@testable import Changes

/// PostgreSQL's connections end, or all of it does, while several nodes write, number and follow.
@Suite(.enabled(if: PostgresCluster.isExpected)) struct OutageTests {
    @Test(arguments: 1...3)
    func `connections that are ended anywhere cost no change`(seed: Int) async throws {
        let cluster = try PostgresCluster.shared
        let place = try TestDatabase(on: .postgres)
        defer { place.remove() }
        let name = String(place.location.split(separator: "/")[1].prefix { $0 != "?" })
        try await check(place, seed: seed, every: 10) {
            // Listeners, too: what they miss is read all the same.
            _ = try await blocking.run {
                Result {
                    try cluster.run(
                        """
                        SELECT pg_terminate_backend(pid) FROM (
                            SELECT pid FROM pg_stat_activity
                            WHERE datname = current_database() AND pid <> pg_backend_pid()
                            ORDER BY state = 'idle', random() LIMIT 2) AS chosen
                        """, in: name)
                }
            }.get()
        }
    }

    @Test(arguments: [true, false])
    func `a server that stops and comes back costs no change`(isOrderly: Bool) async throws {
        let cluster = try PostgresCluster()
        let place = TestDatabase(engine: .postgres, location: try cluster.makeDatabase())
        try await check(place, seed: 9, every: 80) {
            try await blocking.run {
                Result {
                    try cluster.stop(fast: isOrderly)
                    try cluster.start()
                }
            }.get()
        }
    }

    /// Three nodes at work, and `disturb` after every so many writes that were acknowledged.
    private func check(
        _ place: TestDatabase, seed: Int, every count: Int,
        _ disturb: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await withNodes(3, at: place) { nodes, loop in
            let follower = try await Follower(nodes[2], on: loop)
            for node in nodes { try await node.sequencer.start(on: loop) }
            let acknowledged = Mutex<[Written]>([])
            let disturbances = Atomic(0)
            let tasks = nodes.prefix(2).enumerated().map { index, node in
                loop.spawn {
                    await Writing(
                        database: node.database, log: node.log, seed: seed * 10 + index
                    ) { write in
                        let number = acknowledged.withLock { list in
                            list.append(write)
                            return list.count
                        }
                        guard number % count == 0 else { return }
                        disturbances.add(1, ordering: .relaxed)
                        // Whoever ends connections may have ended the other's who does it, too.
                        try? await disturb()
                    }.run(on: loop)
                }
            }
            for task in tasks { await task.value }
            for node in nodes { await node.sequencer.stop() }
            try await nodes[0].numberAll()
            let read = try await follower.end()
            let writes = try await nodes[0].database.all(Thing.all)
            #expect(Verdict(read, of: writes).problems == [])
            #expect(Set(acknowledged.withLock { $0 }).subtracting(writes) == [])
            #expect(disturbances.load(ordering: .relaxed) > 1)
            #expect(read.count > 100)
        }
    }
}

/// For what blocks: the tasks of other tests must go on meanwhile.
let blocking = BlockingPool(name: "tests", threads: 2, queueLimit: 100)
