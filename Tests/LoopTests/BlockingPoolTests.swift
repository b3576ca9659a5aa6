import Loop
import Synchronization
import Testing

/// A gate at which the threads of a pool wait until it opens.
private final class Gate: Sendable {
    private let isOpen = Atomic(false)

    func open() { isOpen.store(true, ordering: .releasing) }

    func wait() { while !isOpen.load(ordering: .acquiring) { _ = 0 } }
}

struct BlockingPoolTests {
    @Test func `work runs elsewhere and its caller goes on where it was`() async throws {
        let pool = BlockingPool(name: "test", threads: 1, queueLimit: 4)
        defer { pool.stop() }
        try await withLoop { loop in
            let wasElsewhere = try await pool.run { EventLoop.current == nil }
            #expect(wasElsewhere)
            #expect(EventLoop.current === loop)
        }
    }

    @Test func `a full queue answers at once`() async throws {
        let pool = BlockingPool(name: "test", threads: 1, queueLimit: 2)
        let gate = Gate()
        let running = Task { try await pool.run { gate.wait() } }
        while pool.counts.running == 0 { await Task.yield() }
        let waiting = (0..<2).map { _ in Task { try await pool.run {} } }
        while pool.queueDepth < 2 { await Task.yield() }
        await #expect(throws: PoolIsFull.self) { try await pool.run {} }
        gate.open()
        try await running.value
        for task in waiting { try await task.value }
        pool.stop()
        let counts = pool.counts
        #expect(counts.completed == 3)
        #expect(counts.refused == 1)
        #expect(counts.queued == 0)
    }

    @Test func `a stopped pool finishes what it has and takes no more`() async throws {
        let pool = BlockingPool(name: "test", threads: 2, queueLimit: 100)
        let sum = Counter(0)
        let tasks = (1...50).map { number in
            Task { try await pool.run { sum.withLock { $0 += number } } }
        }
        for task in tasks { try await task.value }
        pool.stop()
        #expect(sum.withLock { $0 } == 1275)
        await #expect(throws: PoolIsFull.self) { try await pool.run {} }
    }
}
