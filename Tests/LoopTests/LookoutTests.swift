import Loop
import Synchronization
import Testing

/// A lookout whose looks come to what a test says.
private final class Watch: Sendable {
    typealias Outcome = Result<Lookout.Found, Trouble>

    struct Trouble: Error {}

    let lookout: Lookout
    let journal = Journal()
    private let outcomes: Mutex<[Outcome]>
    private let seen = Bell()

    init(_ times: Lookout.Times, _ outcomes: [Outcome] = []) {
        lookout = Lookout(times)
        self.outcomes = Mutex(outcomes)
    }

    func start(on loop: EventLoop) {
        lookout.start(on: loop) { [journal] _ in
            journal.note("failed")
        } _: { [self] cause in
            journal.note("\(cause)")
            seen.ring()
            return try outcomes.withLock { $0.isEmpty ? .success(.nothing) : $0.removeFirst() }
                .get()
        }
    }

    /// Returns when it has looked so often.
    func wait(for looks: UInt64, on loop: EventLoop) async {
        while seen.rings < looks {
            await seen.wait(since: seen.rings, atMost: .milliseconds(1), on: loop)
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct LookoutTests {
    private static let long = Lookout.Times(restMax: .seconds(3600), pauseMin: .milliseconds(1))

    @Test func `it looks when it begins, and whenever its bell is rung`() async throws {
        try await withLoop { loop in
            let watch = Watch(Self.long)
            watch.start(on: loop)
            await watch.wait(for: 1, on: loop)
            watch.lookout.bell.ring()
            await watch.wait(for: 2, on: loop)
            watch.lookout.bell.ring()
            await watch.wait(for: 3, on: loop)
            await watch.lookout.stop()
            #expect(watch.journal.all == ["rested", "rung", "rung"])
        }
    }

    @Test func `it looks after a rest, unasked`() async throws {
        try await withLoop { loop in
            let watch = Watch(Lookout.Times(restMax: .milliseconds(1)))
            watch.start(on: loop)
            await watch.wait(for: 3, on: loop)
            await watch.lookout.stop()
            #expect(watch.journal.all.prefix(3) == ["rested", "rested", "rested"])
        }
    }

    @Test func `what it found is a reason to look again`() async throws {
        try await withLoop { loop in
            let watch = Watch(Self.long, [.success(.some), .success(.notNow), .success(.some)])
            watch.start(on: loop)
            await watch.wait(for: 4, on: loop)
            await watch.lookout.stop()
            #expect(watch.journal.all.count == 4)
        }
    }

    @Test func `the first of several failures is told of, and it looks again`() async throws {
        try await withLoop { loop in
            let trouble = Watch.Outcome.failure(Watch.Trouble())
            let watch = Watch(
                Self.long, [trouble, trouble, .success(.some), trouble, .success(.notNow)])
            watch.start(on: loop)
            await watch.wait(for: 6, on: loop)
            await watch.lookout.stop()
            #expect(
                watch.journal.all == [
                    "rested", "failed", "rested", "rested", "rested", "failed", "rested", "rested",
                ])
        }
    }

    @Test func `it stops while it rests, and lets go of what rang its bell`() async throws {
        try await withLoop { loop in
            let lookout = Lookout(Self.long)
            let isGone = Counter(0)
            let rings = lookout.bell.rings
            lookout.start(on: loop, hearing: Ear(isGone), failed: { _ in }) { _ in .nothing }
            #expect(isGone.withLock { $0 } == 0)
            await lookout.stop()
            #expect(isGone.withLock { $0 } == 1)
            #expect(lookout.bell.rings > rings)
            await lookout.stop()
        }
    }
}

/// Says when nobody holds it any more.
private final class Ear: Sendable {
    private let isGone: Counter

    init(_ isGone: Counter) { self.isGone = isGone }

    deinit { isGone.withLock { $0 += 1 } }
}
