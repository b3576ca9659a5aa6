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
    /// What is written meanwhile is numbered together; what other programs and ended nodes have
    /// appended is found after the rest.
    private static let times = Lookout.Times(
        restMax: .seconds(2), pace: .milliseconds(10), pauseMin: .milliseconds(10))

    let log: ChangeLog
    private let clock: Clock
    private let logger: Logger
    private let lookout: Lookout
    private let life = Mutex(Life())

    private struct Life {
        /// The number that this node was last told of.
        var heard: Int64 = 0
        var numbered = 0
        /// Fewer after a transaction that took too long.
        var batch = Sequencer.batchMax
        var oldestWaiting: Instant?
    }

    package init(_ log: ChangeLog, clock: Clock, logger: Logger) {
        (self.log, self.clock, self.logger) = (log, clock, logger)
        lookout = Lookout(Self.times, bell: log.bell)
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
        lookout.start(on: loop, hearing: ear) { [logger] error in
            logger.warn("changes have no numbers yet", ["error": LogValue(error)])
        } _: { [self] _ in
            try await look()
        }
    }

    /// Returns when it does nothing any more. What has no number then gets it from another node, or
    /// after the next start.
    package func stop() async { await lookout.stop() }

    // MARK: Work

    /// Numbers what there is, at most one transaction of it. `notNow`: another node is at it.
    func look() async throws -> Lookout.Found {
        do {
            return try await findAndNumber()
        } catch {
            life.withLock { $0.batch = max(1, $0.batch / 4) }
            throw error
        }
    }

    private func findAndNumber() async throws -> Lookout.Found {
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
    private func tell(_ newest: Int64) async throws -> Lookout.Found {
        let isNews = life.withLock { life in
            defer { life.heard = newest }
            return life.heard != newest
        }
        guard isNews else { return .nothing }
        try await log.tell(newest)
        return .some
    }
}
