import Loop
import SQL
import Synchronization
import Values

@testable import Changes

/// Many writers at once over few rows, whose transactions are now and then undone or broken off.
struct Writing: Sendable {
    let database: any Database
    let log: ChangeLog
    let seed: Int
    var writers = 6
    var turns = 40
    var rows = 4
    /// Called with each write that was acknowledged.
    var acknowledge: @Sendable (Written) async -> Void

    func run(on loop: EventLoop) async {
        let tasks = (0..<writers).map { writer in
            loop.spawn { await write(SeededNumbers(seed: UInt64(seed * 100 + writer))) }
        }
        for task in tasks { await task.value }
    }

    private func write(_ dice: SeededNumbers) async {
        var dice = dice
        for _ in 0..<turns {
            let ids = Set((0...dice.below(3)).map { _ in "row\(dice.below(rows))" }).sorted()
            let isUndone = dice.below(5) == 0
            let writes = try? await database.transaction { transaction in
                var writes: [Written] = []
                for id in ids {
                    let version = try await Thing.write(id, in: transaction)
                    writes.append(Written(id, version))
                }
                if isUndone { throw Undone() }
                return writes
            }
            log.wake()
            for write in writes ?? [] { await acknowledge(write) }
        }
    }
}

/// Follows changes by their numbers, as readers do, until it is told to come to an end.
final class Follower: Sendable {
    private let node: Node
    private let isEnding = Atomic(false)
    private let task: Mutex<Task<[NumberedChange], any Error>?> = Mutex(nil)

    init(_ node: Node, on loop: EventLoop) async throws {
        self.node = node
        let ear = try await Ear(node.log)
        let task = loop.spawn(throwing: { [self] in try await follow(ear) })
        self.task.withLock { $0 = task }
    }

    private func follow(_ ear: Ear) async throws -> [NumberedChange] {
        var read: [NumberedChange] = []
        while true {
            let isLast = isEnding.load(ordering: .acquiring)
            let rings = ear.rings
            // A database that is away for a while is asked again.
            if case .changes(let next)? = try? await node.log.after(read.last?.seq ?? 0, limit: 7) {
                read += next
                if !next.isEmpty { continue }
                if isLast { return read }
            }
            await ear.rest(since: rings)
        }
    }

    /// All that it has read, when there is nothing more.
    func end() async throws -> [NumberedChange] {
        isEnding.store(true, ordering: .releasing)
        return try await task.withLock { $0 }?.value ?? []
    }
}
