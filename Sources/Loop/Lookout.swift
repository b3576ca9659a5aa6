import Synchronization

/// Looks for work on a loop from its start to its stop: whenever its bell is rung, and after a rest
/// all the same, since a ring may be missed. Where looking fails it looks again, after growing pauses.
package final class Lookout: Sendable {
    /// Why it looks. It has rested, too, when it begins, and after a look that failed.
    package enum Cause: Sendable { case rung, rested }

    /// What a look came to. `notNow` is like a failure of which nobody needs to hear.
    package enum Found: Sendable { case nothing, some, notNow }

    package typealias Look = @Sendable (Cause) async throws -> Found

    /// What it is good for differs, and so does how soon somebody must know.
    package struct Times: Sendable {
        /// How long it rests at most.
        let restMax: Duration
        /// After a look that found something: what comes meanwhile is found together.
        let pace: Duration
        /// After the first look that failed; each further pause is twice as long, up to `restMax`.
        let pauseMin: Duration

        package init(
            restMax: Duration, pace: Duration = .zero, pauseMin: Duration = .milliseconds(50)
        ) {
            (self.restMax, self.pace, self.pauseMin) = (restMax, pace, pauseMin)
        }
    }

    private struct Life {
        var isStopping = false
        var ear: (any Sendable)?
        var work: Task<Void, Never>?
    }

    package let bell: Bell
    private let times: Times
    private let life = Mutex(Life())

    /// `bell` may be one that others ring already.
    package init(_ times: Times, bell: Bell = Bell()) {
        (self.times, self.bell) = (times, bell)
    }

    /// `ear` is what rings the bell for somebody elsewhere; it is kept until the stop. `failed` is told
    /// of the first of several failures in a row.
    package func start(
        on loop: EventLoop, hearing ear: (any Sendable)? = nil,
        failed: @escaping @Sendable (any Error) -> Void, _ look: @escaping Look
    ) {
        let work = loop.spawn { [self] in await run(on: loop, look, failed) }
        life.withLock { ($0.ear, $0.work) = (ear, work) }
    }

    /// Returns when the last look has ended, whose task is cancelled.
    package func stop() async {
        let work = life.withLock { life in
            life.isStopping = true
            life.ear = nil
            return life.work
        }
        work?.cancel()
        bell.ring()
        await work?.value
    }

    private var isStopping: Bool { life.withLock { $0.isStopping } }

    private func run(
        on loop: EventLoop, _ look: Look, _ failed: @Sendable (any Error) -> Void
    ) async {
        var (cause, pause, isFailing) = (Cause.rested, times.pauseMin, false)
        while !isStopping {
            let rings = bell.rings
            var found = Found.notNow
            do {
                found = try await look(cause)
                isFailing = false
            } catch {
                if !isFailing, !isStopping { failed(error) }
                isFailing = true
            }
            await rest(after: found, &pause, since: rings, on: loop)
            cause = found == .notNow || bell.rings == rings ? .rested : .rung
        }
    }

    private func rest(
        after found: Found, _ pause: inout Duration, since rings: UInt64, on loop: EventLoop
    ) async {
        switch found {
        case .nothing: await bell.wait(since: rings, atMost: times.restMax, on: loop)
        case .some: try? await loop.sleep(for: times.pace)
        case .notNow:
            try? await loop.sleep(for: pause)
            pause = min(pause * 2, times.restMax)
            return
        }
        pause = times.pauseMin
    }
}
