import Bus
import Coding
import DatabaseTesting
import Loop
import SQL
import Synchronization
import Testing
import Values

@testable import Changes

/// How changes get their numbers on PostgreSQL, where many write at once.
@Suite(.enabled(if: PostgresCluster.isExpected)) struct SequencerTests {
    @Test func `what commits later is numbered later, though it was appended first`() async throws {
        try await withNodes(on: .postgres) { nodes, loop in
            let (first, second) = (
                SteppedTransaction(nodes[0], loop), SteppedTransaction(nodes[0], loop)
            )
            try await first.take { try await Thing.write("a", in: $0) }
            try await second.take { try await Thing.write("b", in: $0) }
            try await second.commit()
            try await nodes[0].numberAll()
            #expect(try await nodes[0].log.all().map(\.change.row) == ["b"])
            try await first.commit()
            try await nodes[0].numberAll()
            #expect(try await nodes[0].log.all().map(\.change.row) == ["b", "a"])
        }
    }

    /// The transaction with the lower id has seen what the other wrote. An order by transactions
    /// would tell of the row's second version before its first.
    @Test func `a transaction that began first and wrote last comes last`() async throws {
        try await withNodes(on: .postgres) { nodes, loop in
            let (first, second) = (
                SteppedTransaction(nodes[0], loop), SteppedTransaction(nodes[0], loop)
            )
            try await first.take { try await Thing.write("other", in: $0) }
            try await second.take { try await Thing.write("row", in: $0) }
            try await second.commit()
            try await first.take { try await Thing.write("row", in: $0) }
            try await first.commit()
            try await nodes[0].numberAll()
            let told = try await nodes[0].log.all().compactMap { Written($0.change) }
            #expect(told == [Written("other", 1), Written("row", 1), Written("row", 2)])
        }
    }

    /// With a rule that waits for all older transactions, the second would have its number before
    /// the first, whose transaction is younger than the one that lasts.
    @Test func `a transaction that lasts holds up nothing and turns nothing round`() async throws {
        try await withNodes(on: .postgres) { nodes, loop in
            let steps = (0..<3).map { _ in SteppedTransaction(nodes[0], loop) }
            try await steps[0].take { try await Thing.write("early", in: $0) }
            try await steps[1].take { try await Thing.write("lasting", in: $0) }
            try await steps[2].take { try await Thing.write("row", in: $0) }
            try await steps[2].commit()
            try await steps[0].take { try await Thing.write("row", in: $0) }
            try await steps[0].commit()
            try await nodes[0].numberAll()
            let told = try await nodes[0].log.all().compactMap { Written($0.change) }
            #expect(told == [Written("early", 1), Written("row", 1), Written("row", 2)])
            try await steps[1].commit()
            try await nodes[0].numberAll()
            #expect(try await nodes[0].log.all().last?.change.row == "lasting")
            #expect(try await Verdict(of: nodes[0]).problems == [])
        }
    }

    @Test func `two that number at once give no number twice`() async throws {
        try await withNodes(3, on: .postgres) { nodes, loop in
            for _ in 0..<8 {
                try await nodes[0].database.transaction { transaction in
                    for id in 0..<50 { try await Thing.write("\(id)", in: transaction) }
                }
            }
            let tasks = nodes.map { node in
                loop.spawn(throwing: {
                    while try await node.log.newest < 400 {
                        _ = try await node.log.number(atMost: 30)
                    }
                })
            }
            for task in tasks { try await task.value }
            #expect(try await Verdict(of: nodes[0]).problems == [])
        }
    }

    @Test func `while one numbers the other leaves it alone`() async throws {
        try await withNodes(2, on: .postgres) { nodes, loop in
            try await nodes[0].write("a")
            let first = SteppedTransaction(nodes[0], loop)
            try await first.take { transaction in
                let lock = try await transaction.first(Change.lock)
                #expect(lock?.isHeld == true)
            }
            #expect(try await nodes[1].log.number(atMost: 10) == nil)
            #expect(try await nodes[1].sequencer.look() == .notNow)
            try await first.take { _ = try await $0.first(Change.number, 10) }
            #expect(try await nodes[1].log.number(atMost: 10) == nil)
            #expect(try await nodes[1].log.newest == 0)
            try await first.commit()
            #expect(try await nodes[1].sequencer.look() == .some)
            #expect(try await nodes[1].log.newest == 1)
            #expect(try await nodes[1].sequencer.look() == .nothing)
        }
    }

    @Test func `a node that hangs with the lock loses it`() async throws {
        try await withNodes(2, on: .postgres) { nodes, loop in
            try await nodes[0].write("a")
            let hanging = SteppedTransaction(nodes[0], loop)
            try await hanging.take { _ = try await $0.first(Change.lock) }
            // Not to wait five seconds here: what the lock set for its transaction is shortened.
            try await hanging.take {
                let setting = try await $0.first(Self.setting)
                #expect(setting?.value == "5s")
                _ = try await $0.first(Self.shorten)
            }
            for _ in 0..<100_000 where try await nodes[1].log.newest == 0 {
                _ = try? await nodes[1].sequencer.look()
            }
            #expect(try await nodes[1].log.newest == 1)
            await hanging.rollBack()
        }
    }

    private static let setting = Statement(
        .write, "SELECT current_setting('idle_in_transaction_session_timeout')",
        returns: Single<String>.self)
    private static let shorten = Statement(
        .write, "SELECT set_config('idle_in_transaction_session_timeout', '1', TRUE)",
        returns: Single<String>.self)

    @Test func `no more are numbered at once than a transaction is to hold`() async throws {
        try await withNodes(on: .postgres) { nodes, _ in
            try await nodes[0].database.transaction { transaction in
                try await ChangeLog.append(
                    (1...1201).map { Thing.change("\($0)", 1) }, in: transaction)
            }
            for end in [500, 1000, 1201] as [Int64] {
                #expect(try await nodes[0].sequencer.look() == .some)
                #expect(nodes[0].sequencer.newest <= end)
                #expect(try await nodes[0].log.newest == end)
            }
            #expect(nodes[0].sequencer.numbered == 1201)
            #expect(
                try await nodes[0].log.all(page: 500).map(\.change.row)
                    == (1...1201).map { "\($0)" })
        }
    }

    @Test func `its lag is the age of the oldest that waits`() async throws {
        try await withNodes(on: .postgres) { nodes, loop in
            let clock = MovableClock()
            let log = nodes[0].log
            let sequencer = Sequencer(log, clock: clock.clock, logger: .none)
            #expect(sequencer.lag == .zero)
            try await log.transaction {
                try await ChangeLog.append(Change("a", .created, "1", at: clock.now), in: $0)
            }
            clock.advance(by: .seconds(7))
            let other = SteppedTransaction(nodes[0], loop)
            try await other.take { _ = try await $0.first(Change.lock) }
            #expect(try await sequencer.look() == .notNow)
            #expect(sequencer.lag == .seconds(7))
            try await other.commit()
            #expect(try await sequencer.look() == .some)
            #expect(sequencer.lag == .zero)
        }
    }
}

extension SteppedTransaction {
    convenience init(_ node: Node, _ loop: EventLoop) { self.init(on: node.database, loop) }
}
