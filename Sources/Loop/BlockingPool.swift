import CLinux
import Glibc

/// Too much work waits for a pool already. The caller should be told to come back later.
package struct PoolIsFull: Error {
    package init() {}
}

/// A few threads for work that computes or blocks: password hashes, file reads.
///
/// The queue is bounded, so that overload answers at once instead of growing a backlog. Threads
/// start when they are first needed.
// Safe because all state is read and written under `lock`.
package final class BlockingPool: @unchecked Sendable {
    /// How busy the pool is, for metrics.
    package struct Counts: Sendable, Equatable {
        package var queued = 0
        package var running = 0
        package var completed = 0
        package var refused = 0

        package init() {}
    }

    package let name: String
    package let threadLimit: Int
    package let queueLimit: Int

    private let lock = ThreadCondition()
    private var queue: [() -> Void] = []
    /// Where the queue begins: taken work is cut off in one go, not item by item.
    private var first = 0
    private var threads: [pthread_t] = []
    private var idle = 0
    private var isStopping = false
    private var tally = Counts()

    package init(name: String, threads: Int, queueLimit: Int) {
        precondition(threads > 0 && queueLimit > 0, "a pool has a thread and a queue")
        self.name = name
        threadLimit = threads
        self.queueLimit = queueLimit
    }

    package var counts: Counts { lock.locked { tally } }

    /// How many wait for a thread.
    package var queueDepth: Int { counts.queued }

    /// Runs `body` on one of the pool's threads and returns where the caller was.
    package func run<Value: Sendable>(
        _ body: @escaping @Sendable () -> Value
    ) async throws(PoolIsFull) -> Value {
        let result: Result<Value, PoolIsFull> = await withUnsafeContinuation { continuation in
            let isAccepted = submit { continuation.resume(returning: .success(body())) }
            if !isAccepted { continuation.resume(returning: .failure(PoolIsFull())) }
        }
        return try result.get()
    }

    /// Lets queued work finish, then ends the threads and waits for them.
    package func stop() {
        let threads = lock.locked {
            isStopping = true
            defer { self.threads = [] }
            return self.threads
        }
        lock.wakeAll()
        for thread in threads { pthread_join(thread, nil) }
    }

    private func submit(_ work: @escaping () -> Void) -> Bool {
        lock.locked {
            guard tally.queued < queueLimit, !isStopping else {
                tally.refused += 1
                return false
            }
            queue.append(work)
            tally.queued += 1
            if idle >= tally.queued {
                lock.wakeOne()
            } else if threads.count < threadLimit {
                threads.append(startThread(named: name) { self.work() })
            }
            return true
        }
    }

    private func work() {
        while let next = take() {
            next()
            lock.locked {
                tally.running -= 1
                tally.completed += 1
            }
        }
    }

    /// The next piece of work, or nil when the pool has stopped and nothing is left.
    private func take() -> (() -> Void)? {
        lock.locked {
            idle += 1
            while tally.queued == 0 && !isStopping { lock.wait() }
            idle -= 1
            guard tally.queued > 0 else { return nil }
            tally.queued -= 1
            tally.running += 1
            defer { shrink() }
            return queue[first]
        }
    }

    private func shrink() {
        queue[first] = {}
        first += 1
        guard first == queue.count || first >= 256 else { return }
        queue.removeFirst(first)
        first = 0
    }
}
