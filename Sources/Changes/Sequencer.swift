import Bus
import Logs
import Loop
import SQL
import Synchronization
import Values

/// Gives committed changes their numbers and tells all nodes of them.
///
/// Every node has one, and each can number all there is: whoever has written something does it at
/// once, and what a node left behind that ended is found by the next look of another. One does it at
/// a time, under a lock that is its transaction's, so that nothing is to be taken over: with the
/// connection the lock is gone, and so are the numbers that were not committed.
///
/// A transaction that runs long holds up nothing: what it has not committed nobody can have seen, and
/// it comes later. `changes.id` is counted up when a change is appended, after its row was locked or
/// what it depends on was read; so among what is committed, the order of the ids is one in which
/// nothing comes before what it could have seen.
package final class Sequencer: Sendable {
    /// Numbers given in one transaction, which is to be short.
    static let batchMax = 500
    /// What is written meanwhile is numbered together.
    static let pace: Duration = .milliseconds(10)
    /// How long it rests at most: what other programs and ended nodes have appended is found then.
    static let restMax: Duration = .seconds(2)

    let log: ChangeLog
    private let clock: Clock
    private let logger: Logger
    private let life = Mutex(Life())

    private struct Life {
        var isStopping = false
        var ear: BusSubscription?
        var work: Task<Void, Never>?
        /// The number that this node was last told of.
        var heard: Int64 = 0
        var numbered = 0
        /// Fewer after a transaction that took too long.
        var batch = Sequencer.batchMax
        var oldestWaiting: Instant?
        var isFailing = false
    }

    package init(_ log: ChangeLog, clock: Clock, logger: Logger) {
        (self.log, self.clock, self.logger) = (log, clock, logger)
    }

    // MARK: What it has done

    /// The highest number that this node knows of.
    package var newest: Int64 { life.withLock { $0.heard } }
    /// How many numbers this node has given.
    package var numbered: Int { life.withLock { $0.numbered } }
    /// For how long the oldest change waits that the last look has found without a number.
    package var lag: Duration {
        guard let oldest = life.withLock({ $0.oldestWaiting }) else { return .zero }
        return max(.zero, clock.now - oldest)
    }

    // MARK: Life

    package func start(on loop: EventLoop) async throws {
        let ear = try await log.listen { [weak self] newest in
            guard let newest else { return }
            self?.life.withLock { $0.heard = newest }
        }
        let work = loop.spawn { [self] in await follow(on: loop) }
        life.withLock { life in
            life.ear = ear
            life.work = work
        }
    }

    /// Returns when it does nothing any more. What has no number then gets it from another node, or
    /// after the next start.
    package func stop() async {
        let work = life.withLock { life in
            life.isStopping = true
            life.ear = nil
            return life.work
        }
        log.wake()
        work?.cancel()
        await work?.value
    }

    private var isStopping: Bool { life.withLock { $0.isStopping } }

    private func follow(on loop: EventLoop) async {
        var pause = Self.pace
        while !isStopping {
            let rings = log.bell.rings
            switch await look() {
            case .nothing: await log.bell.wait(since: rings, atMost: Self.restMax, on: loop)
            case .some: try? await loop.sleep(for: Self.pace)
            case .notNow:
                try? await loop.sleep(for: pause)
                pause = min(pause * 2, Self.restMax)
                continue
            }
            pause = Self.pace
        }
    }

    // MARK: Work

    /// What a look came to. `notNow`: the database is away, or another node is at it.
    enum Found { case nothing, some, notNow }

    /// Numbers what there is, at most one transaction of it.
    func look() async -> Found {
        do {
            let found = try await findAndNumber()
            life.withLock { $0.isFailing = false }
            return found
        } catch {
            let isNew = life.withLock { life in
                defer { life.isFailing = true }
                life.batch = max(1, life.batch / 4)
                return !life.isFailing
            }
            if isNew { logger.warn("changes have no numbers yet", ["error": LogValue(error)]) }
            return .notNow
        }
    }

    private func findAndNumber() async throws -> Found {
        guard let state = try await log.numberingState else { return .nothing }
        life.withLock { $0.oldestWaiting = state.oldestWaiting }
        guard state.oldestWaiting != nil else { return try await tell(state.newest) }
        let batch = life.withLock { $0.batch }
        guard let numbered = try await log.number(atMost: batch) else { return .notNow }
        life.withLock { life in
            life.numbered += numbered.count
            life.batch = min(Self.batchMax, life.batch * 2)
            if numbered.count < batch { life.oldestWaiting = nil }
        }
        guard let newest = numbered.newest else { return .some }
        return try await tell(newest)
    }

    /// Once for all nodes: whoever has heard of it says nothing. The nodes that this does not reach
    /// find it by themselves.
    private func tell(_ newest: Int64) async throws -> Found {
        let isNews = life.withLock { life in
            defer { life.heard = newest }
            return life.heard != newest
        }
        guard isNews else { return .nothing }
        try await log.tell(newest)
        return .some
    }
}
