import CLinux
import Loop
import SQL

/// What waits for the writer's thread: jobs, and the parts of transaction bodies that can go on.
///
/// It is the executor that bodies prefer, so that their statements run on the writer's thread
/// without a hop.
// Safe because all state is read and written under the lock.
final class WriterQueue: TaskExecutor, @unchecked Sendable {
    enum Refusal { case full, closed }

    private let lock = ThreadCondition()
    private let limit: Int
    private var jobs: [WriteJob] = []
    private var parts: [UnownedJob] = []
    /// Jobs not yet answered, wherever they are.
    private var open = 0
    private var isClosed = false

    init(limit: Int) { self.limit = limit }

    func push(_ job: WriteJob) -> Refusal? {
        lock.locked {
            if isClosed { return .closed }
            if open >= limit { return .full }
            open += 1
            jobs.append(job)
            if jobs.count == 1 { lock.wakeOne() }
            return nil
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let part = UnownedJob(job)
        lock.locked {
            parts.append(part)
            lock.wakeOne()
        }
    }

    func close() {
        lock.locked {
            isClosed = true
            lock.wakeOne()
        }
    }

    /// Jobs that were answered make room for others.
    func answered(_ count: Int) { lock.locked { open -= count } }

    // MARK: The writer's side

    /// What has come, if anything, without waiting.
    func takeJobs() -> [WriteJob] {
        lock.locked { takeQueued() }
    }

    /// Waits for jobs and runs parts meanwhile. Empty when the queue is closed and nothing is left.
    func waitForJobs() -> [WriteJob] {
        while true {
            let (jobs, parts) = lock.locked {
                while self.jobs.isEmpty && self.parts.isEmpty && !isClosed { lock.wait() }
                return (takeQueued(), takeParts())
            }
            run(parts)
            if !jobs.isEmpty || parts.isEmpty { return jobs }
        }
    }

    /// Runs parts until `isDone`, however long that takes.
    func runParts(until isDone: () -> Bool) {
        while !isDone() {
            let parts = lock.locked {
                if self.parts.isEmpty { lock.wait() }
                return takeParts()
            }
            run(parts)
        }
    }

    private func takeQueued() -> [WriteJob] {
        defer { jobs = [] }
        return jobs
    }

    private func takeParts() -> [UnownedJob] {
        defer { parts = [] }
        return parts
    }

    /// Runs parts until `isDone`, or until the monotonic clock shows `deadline`, which a part may
    /// move.
    func runParts(until isDone: () -> Bool, deadline: () -> UInt64) {
        while !isDone() && linux_monotonic_nanoseconds() < deadline() {
            let parts = lock.locked {
                if self.parts.isEmpty { lock.wait(until: deadline()) }
                return takeParts()
            }
            run(parts)
        }
    }

    private func run(_ parts: [UnownedJob]) {
        let executor = asUnownedTaskExecutor()
        for part in parts { part.runSynchronously(on: executor) }
    }
}
