import Bus
import Logs
import Loop
import Synchronization
import Values

/// Does the jobs of one node, a few at a time.
package final class JobRunner: Sendable {
    /// Jobs that a node does at once.
    static let runningMax = 4
    /// How long it rests at most: what another program put in unheard is found then.
    static let restMax: Duration = .seconds(30)
    /// How often it looks whether something recurs.
    static let lookInterval: Duration = .minutes(10)
    /// How long a node that stops waits for what it has begun.
    package static let patience: Duration = .seconds(5)

    package let queue: JobQueue
    private let handlers: [String: JobHandler]
    private let recurring: [Recurring]
    private let clock: Clock
    private let logger: Logger
    private let bell = Bell()
    private let life = Mutex(Life())

    private struct Life {
        var isStopping = false
        var ear: BusSubscription?
        var finder: Task<Void, Never>?
        var running: [ID<Lease>: Task<Void, Never>] = [:]
    }

    package init(
        _ queue: JobQueue, _ handlers: [JobHandler], _ recurring: [Recurring] = [], clock: Clock,
        logger: Logger
    ) {
        self.queue = queue
        let own = JobHandler("jobs.delete-ended") { _, now in try await queue.deleteEnded(at: now) }
        self.handlers = Dictionary(
            (handlers + [own]).map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
        self.recurring = recurring + [Recurring(own.kind, every: .days(1))]
        self.clock = clock
        self.logger = logger
    }

    // MARK: Life

    /// Does what is due, and what becomes due, until `stop`.
    package func start(on loop: EventLoop) async throws {
        let ear = try await queue.bus.subscribe(JobQueue.topic) { [bell] _ in bell.ring() }
        let finder = loop.spawn { [self] in await find(on: loop) }
        life.withLock { life in
            life.ear = ear
            life.finder = finder
        }
    }

    /// Takes nothing new, and returns when what was begun has ended or been given back.
    package func stop(
        on loop: EventLoop, within patience: Duration = JobRunner.patience
    ) async {
        let finder = life.withLock { life in
            life.isStopping = true
            life.ear = nil
            return life.finder
        }
        bell.ring()
        await finder?.value
        let running = life.withLock { Array($0.running.values) }
        let end = loop.spawn {
            guard (try? await loop.sleep(for: patience)) != nil else { return }
            for task in running { task.cancel() }
        }
        for task in running { await task.value }
        end.cancel()
    }

    private var isStopping: Bool { life.withLock { $0.isStopping } }
    private var isFull: Bool { life.withLock { $0.running.count >= Self.runningMax } }

    private func find(on loop: EventLoop) async {
        var nextLook = clock.now + Self.restMax
        while !isStopping {
            let rings = bell.rings
            do {
                if !isFull, let (job, lease) = try await queue.claim(at: clock.now) {
                    begin(job, lease, on: loop)
                    continue
                }
                await bell.wait(since: rings, atMost: try await rest(), on: loop)
                if !isStopping, clock.now >= nextLook {
                    nextLook = clock.now + Self.lookInterval
                    try await beginRecurring()
                }
            } catch {
                logger.warn("jobs could not be looked for", ["error": LogValue(error)])
                await bell.wait(since: rings, atMost: Self.restMax, on: loop)
            }
        }
    }

    /// What ends makes room, which is worth another look.
    private func begin(_ job: Job, _ lease: ID<Lease>, on loop: EventLoop) {
        life.withLock { life in
            life.running[lease] = loop.spawn { [self] in
                do {
                    try await run(job, lease)
                } catch {
                    logger.warn("the end of a job was not noted", ["error": LogValue(error)])
                }
                end(of: lease)
            }
        }
    }

    private func end(of lease: ID<Lease>) {
        life.withLock { _ = $0.running.removeValue(forKey: lease) }
        bell.ring()
    }

    /// Until the next job is due, or until one ends where there is no room for more.
    private func rest() async throws -> Duration {
        guard !isFull, let next = try await queue.database.first(Job.nextDue)?.value else {
            return Self.restMax
        }
        return min(Self.restMax, max(.milliseconds(1), next - clock.now))
    }

    // MARK: Work

    /// Puts in what recurs and is due, unless another node has.
    package func beginRecurring() async throws {
        try await queue.begin(recurring, at: clock.now)
    }

    /// Does all that is due and returns how many that were. Beside a runner that was started, or without one.
    @discardableResult
    package func runDue() async throws -> Int {
        var count = 0
        while try await runNext() { count += 1 }
        return count
    }

    /// False when nothing is due.
    private func runNext() async throws -> Bool {
        guard let (job, lease) = try await queue.claim(at: clock.now) else { return false }
        try await run(job, lease)
        return true
    }

    private func run(_ job: Job, _ lease: ID<Lease>) async throws {
        guard let handler = handlers[job.kind] else {
            // Another node may know it: one of a newer version.
            return try await fail(job, lease, "no handler of this kind", isLast: job.tries > 50)
        }
        guard job.tries <= handler.triesMax else {
            return try await fail(job, lease, "its node ended before it did", isLast: true)
        }
        do {
            try await handler.run(job, clock.now)
            _ = try await queue.database.first(
                Job.end, job.id, lease, JobState.done, clock.now, String?.none)
        } catch let refusal as JobRefusal {
            try await fail(job, lease, refusal.description, isLast: true)
        } catch  where Task.isCancelled {
            try await queue.database.execute(Job.giveBack, job.id, lease, clock.now)
        } catch {
            try await fail(job, lease, "\(error)", isLast: job.tries >= handler.triesMax)
        }
    }

    private func fail(
        _ job: Job, _ lease: ID<Lease>, _ reason: String, isLast: Bool
    ) async throws {
        let words = reason.prefix(Self.reasonMax).printable
        logger.warn(
            isLast ? "a job was put aside" : "a job failed and is tried again",
            [
                "job": .string(job.id.description), "kind": .string(job.kind),
                "tries": .integer(Int64(job.tries)), "reason": .string(words),
            ])
        if isLast {
            _ = try await queue.database.first(
                Job.end, job.id, lease, JobState.dead, clock.now, words)
        } else {
            let delay = JobBackoff.delay(afterTries: job.tries, queue.randomness)
            try await queue.database.execute(
                Job.postpone, job.id, lease, clock.now + delay, words)
        }
    }

    /// Characters kept of what went wrong.
    private static let reasonMax = 500
}

extension Substring {
    /// Servers say what they like, and no column takes a NUL.
    fileprivate var printable: String {
        String(map { $0.isASCII && ($0.asciiValue ?? 0) < 0x20 ? " " : $0 })
    }
}
