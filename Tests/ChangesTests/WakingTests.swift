import Bus
import DatabaseTesting
import Loop
import SQL
import Synchronization
import Testing
import Values

@testable import Changes

/// How those hear of changes who follow them.
struct WakingTests {
    @Test(arguments: Engine.tested)
    func `a commit wakes those who listen on its node`(on engine: Engine) async throws {
        try await withNodes(on: engine) { nodes, loop in
            let node = nodes[0]
            let ear = try await Ear(node.log)
            try await node.sequencer.start(on: loop)
            for number in 1...5 {
                try await node.write("a")
                await ear.wait(until: Int64(number))
                #expect(try await node.log.after(0).seqs == Array(1...Int64(number)))
            }
            await node.sequencer.stop()
        }
    }

    @Test(.enabled(if: PostgresCluster.isExpected))
    func `all nodes hear of what one has written`() async throws {
        try await withNodes(3, on: .postgres) { nodes, loop in
            var ears: [Ear] = []
            for node in nodes {
                ears.append(try await Ear(node.log))
                try await node.sequencer.start(on: loop)
            }
            try await nodes[1].write("a")
            for ear in ears { await ear.wait(until: 1) }
            for node in nodes { #expect(try await node.log.after(0).seqs == [1]) }
            for node in nodes { await node.sequencer.stop() }
        }
    }

    /// As when its node ended after the commit, or when another program wrote it.
    @Test(.enabled(if: PostgresCluster.isExpected))
    func `what nobody was told of is found by the next look of any node`() async throws {
        try await withNodes(2, on: .postgres) { nodes, loop in
            let ear = try await Ear(nodes[1].log)
            try await nodes[1].sequencer.start(on: loop)
            try await nodes[0].writeUnheard("a")
            await ear.wait(until: 1)
            // Numbered, and not told: as when its node ended in between.
            try await nodes[0].writeUnheard("a")
            while try await nodes[0].log.number(atMost: 1) == nil {}
            await ear.wait(until: 2)
            await nodes[1].sequencer.stop()
        }
    }

    @Test(arguments: Engine.tested)
    func `a gap on the bus is a reason to look`(on engine: Engine) async throws {
        let bus = GapBus()
        try await withNodes(on: engine) { nodes, _ in
            let heard = Mutex<[Int64?]>([])
            let ear = try await ChangeLog(nodes[0].database, bus).listen { newest in
                heard.withLock { $0.append(newest) }
            }
            bus.tell(.message("7"))
            bus.tell(.gap)
            bus.tell(.message("no number"))
            #expect(heard.withLock { $0 } == [7, nil, nil])
            withExtendedLifetime(ear) {}
        }
    }

    @Test(arguments: Engine.tested)
    func `it says nothing while nothing changes, and stops when told`(
        on engine: Engine
    ) async throws {
        try await withNodes(on: engine) { nodes, loop in
            let node = nodes[0]
            try await node.write("a")
            try await node.numberAll()
            let ear = try await Ear(node.log)
            for _ in 0..<3 { #expect(try await node.sequencer.look() == .nothing) }
            #expect(ear.all == [])
            try await node.sequencer.start(on: loop)
            await node.sequencer.stop()
            await node.sequencer.stop()
        }
    }
}

/// What somebody hears who listens.
final class Ear: Sendable {
    private let heard = Mutex<[Int64]>([])
    private let bell = Bell()
    private let subscription = Mutex<BusSubscription?>(nil)

    init(_ log: ChangeLog) async throws {
        let ear = try await log.listen { [weak self] newest in
            guard let self, let newest else { return }
            heard.withLock { $0.append(newest) }
            bell.ring()
        }
        subscription.withLock { $0 = ear }
    }

    var all: [Int64] { heard.withLock { $0 } }
    var rings: UInt64 { bell.rings }

    /// Until it hears something, or for a moment.
    func rest(since rings: UInt64) async {
        guard let loop = EventLoop.current else { return }
        await bell.wait(since: rings, atMost: .milliseconds(100), on: loop)
    }

    /// Returns when it has heard of `number`; fails the test when that takes a minute.
    func wait(until number: Int64, at location: SourceLocation = #_sourceLocation) async {
        guard let loop = EventLoop.current else { return }
        let end = loop.now + .seconds(60)
        while true {
            let rings = bell.rings
            if all.contains(where: { $0 >= number }) { return }
            guard loop.now < end else {
                Issue.record("nobody told of \(number)", sourceLocation: location)
                return
            }
            await bell.wait(since: rings, atMost: .seconds(5), on: loop)
        }
    }
}

/// Says what a test wants it to.
private final class GapBus: Bus {
    private let bodies = Mutex<[@Sendable (BusEvent) -> Void]>([])

    func publish(_ topic: String, _ payload: String) {}

    func subscribe(
        _ topic: String, _ body: @escaping @Sendable (BusEvent) -> Void
    ) -> BusSubscription {
        bodies.withLock { $0.append(body) }
        return BusSubscription {}
    }

    func tell(_ event: BusEvent) { for body in bodies.withLock({ $0 }) { body(event) } }
}
