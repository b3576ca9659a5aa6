import DatabaseTesting
import Jobs
import SQL
import Testing
import Values

@testable import Changes

struct ChangeRetentionTests {
    private static let start = Instant(seconds: 1_795_176_000)
    private static let ages = ChangeRetention(count: 1_000_000, age: .hours(1))
    private static let counts = ChangeRetention(count: 10, age: .days(100))

    /// Changes of one row, a minute apart.
    private func append(_ count: Int, to node: Node, from start: Instant = start) async throws {
        try await node.log.transaction { transaction in
            try await ChangeLog.append(
                (0..<count).map { Change("a", .updated, "1", at: start + .minutes(Int64($0))) },
                in: transaction)
        }
        try await node.numberAll()
    }

    private func delete(
        _ retention: ChangeRetention, on node: Node, at now: Instant = start
    ) async throws {
        while try await node.log.deleteOldest(retention, at: now) {}
    }

    @Test(arguments: Engine.tested)
    func `the oldest go when there are more than are kept`(on engine: Engine) async throws {
        try await withNodes(on: engine) { nodes, _ in
            try await append(10, to: nodes[0])
            try await delete(Self.counts, on: nodes[0])
            #expect(try await nodes[0].log.after(0).seqs == Array(1...10))
            try await append(3, to: nodes[0])
            try await delete(Self.counts, on: nodes[0])
            #expect(try await nodes[0].log.after(2) == .resync(newest: 13))
            #expect(try await nodes[0].log.after(3).seqs == Array(4...13))
        }
    }

    @Test(arguments: Engine.tested)
    func `those go that are too old, and nothing after the first that is not`(
        on engine: Engine
    ) async throws {
        try await withNodes(on: engine) { nodes, _ in
            try await append(30, to: nodes[0])
            // One that was noted late is older than those before it: it goes when they do.
            try await append(1, to: nodes[0], from: Self.start - .days(1))
            try await delete(Self.ages, on: nodes[0], at: Self.start + .minutes(60))
            #expect(try await nodes[0].log.after(0).seqs == Array(1...31))
            try await delete(Self.ages, on: nodes[0], at: Self.start + .minutes(70))
            #expect(try await nodes[0].log.after(9) == .resync(newest: 31))
            #expect(try await nodes[0].log.after(10).seqs == Array(11...31))
        }
    }

    @Test(arguments: Engine.tested)
    func `numbers go on where all changes are gone`(on engine: Engine) async throws {
        try await withNodes(on: engine) { nodes, _ in
            try await append(5, to: nodes[0])
            try await delete(Self.ages, on: nodes[0], at: Self.start + .days(1))
            #expect(try await nodes[0].log.newest == 5)
            #expect(try await nodes[0].log.after(5).seqs == [])
            #expect(try await nodes[0].log.after(4) == .resync(newest: 5))
            try await append(2, to: nodes[0])
            #expect(try await nodes[0].log.after(5).seqs == [6, 7])
        }
    }

    @Test(arguments: Engine.tested)
    func `many go in several transactions, and two nodes do it side by side`(
        on engine: Engine
    ) async throws {
        try await withNodes(2, on: engine) { nodes, loop in
            for _ in 0..<5 { try await append(700, to: nodes[0]) }
            let tasks = nodes.map { node in
                loop.spawn(throwing: { try await delete(Self.counts, on: node) })
            }
            for task in tasks { try await task.value }
            try await delete(Self.counts, on: nodes[0])
            #expect(try await nodes[1].log.after(3490).seqs == Array(3491...3500))
            #expect(try await nodes[1].log.after(3489) == .resync(newest: 3500))
            #expect(try await nodes[0].database.first(Self.count)?.value == 10)
        }
    }

    @Test(arguments: Engine.tested)
    func `the job deletes what need not be kept`(on engine: Engine) async throws {
        try await withNodes(on: engine) { nodes, _ in
            try await append(2500, to: nodes[0])
            let runner = JobRunner(
                JobQueue(nodes[0].database, nodes[0].log.bus, .system),
                [Self.counts.handler(nodes[0].log)], [ChangeRetention.schedule],
                clock: MovableClock().clock, logger: .none)
            try await runner.beginRecurring()
            #expect(try await runner.runDue() == 2)
            #expect(try await nodes[0].database.first(Self.count)?.value == 10)
        }
    }

    /// What waits for its number is not looked at, however old it is.
    @Test(.enabled(if: PostgresCluster.isExpected))
    func `nothing is deleted that has no number`() async throws {
        try await withNodes(on: .postgres) { nodes, _ in
            try await append(3, to: nodes[0])
            try await nodes[0].database.transaction {
                try await ChangeLog.append(
                    Change("a", .updated, "1", at: Self.start - .days(9)), in: $0)
            }
            try await delete(Self.ages, on: nodes[0], at: Self.start + .days(1))
            try await nodes[0].numberAll()
            #expect(try await nodes[0].log.after(3).seqs == [4])
        }
    }

    private static let count = Statement(
        .scan, "SELECT count(*) FROM changes", returns: Single<Int>.self)
}
