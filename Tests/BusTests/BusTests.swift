import Bus
import DatabaseTesting
import PostgresStore
import Synchronization
import Testing

/// The transports of the bus.
enum Transport: CaseIterable {
    case inProcess, postgres

    static var tested: [Transport] {
        PostgresCluster.isExpected ? [.inProcess, .postgres] : [.inProcess]
    }
}

/// What a listener has heard.
final class Heard: Sendable {
    private struct State {
        var events: [BusEvent] = []
        var waiting: (count: Int, continuation: CheckedContinuation<Void, Never>)?
    }

    private let state = Mutex(State())

    var events: [BusEvent] { state.withLock { $0.events } }

    func add(_ event: BusEvent) {
        let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.events.append(event)
            guard let waiting = state.waiting, state.events.count >= waiting.count else {
                return nil
            }
            state.waiting = nil
            return waiting.continuation
        }
        continuation?.resume()
    }

    /// Returns when that many events have come.
    func wait(for count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.events.count >= count { return true }
                state.waiting = (count, continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}

/// Keeps subscriptions alive.
private final class Kept: Sendable {
    private let subscriptions = Mutex<[BusSubscription]>([])
    func add(_ subscription: BusSubscription) { subscriptions.withLock { $0.append(subscription) } }
}

struct BusTests {
    /// Runs `body` with a bus, and with what ends the connections it hears by.
    private func withBus(
        _ transport: Transport, _ body: (any Bus) async throws -> Void
    ) async throws {
        switch transport {
        case .inProcess: try await body(InProcessBus())
        case .postgres: try await withNodes(1) { nodes, _ in try await body(nodes[0]) }
        }
    }

    @Test(arguments: Transport.tested)
    func `a message is heard once, by its topic's listeners`(over transport: Transport)
        async throws
    {
        try await withBus(transport) { bus in
            let heard = Heard()
            let elsewhere = Heard()
            let first = try await bus.subscribe("a") { heard.add($0) }
            let second = try await bus.subscribe("b") { elsewhere.add($0) }
            for number in 0..<20 { try await bus.publish("a", "\(number)") }
            try await bus.publish("b", "end")
            await elsewhere.wait(for: 1)
            #expect(heard.events == (0..<20).map { .message("\($0)") })
            #expect(elsewhere.events == [.message("end")])
            withExtendedLifetime((first, second)) {}
        }
    }

    @Test(arguments: Transport.tested)
    func `who has gone hears nothing`(over transport: Transport) async throws {
        try await withBus(transport) { bus in
            let heard = Heard()
            do {
                let subscription = try await bus.subscribe("a") { heard.add($0) }
                try await bus.publish("a", "1")
                withExtendedLifetime(subscription) {}
            }
            try await bus.publish("a", "2")
            #expect(heard.events == [.message("1")])
        }
    }

    @Test(arguments: Transport.tested)
    func `a listener may publish and subscribe`(over transport: Transport) async throws {
        try await withBus(transport) { bus in
            let heard = Heard()
            let kept = Kept()
            let subscription = try await bus.subscribe("a") { event in
                Task {
                    let late = try await bus.subscribe("b") { heard.add($0) }
                    kept.add(late)
                    try await bus.publish("b", "from \(event)")
                }
            }
            try await bus.publish("a", "1")
            await heard.wait(for: 1)
            #expect(heard.events.count == 1)
            withExtendedLifetime(subscription) {}
        }
    }

    @Test(arguments: Transport.tested)
    func `what does not fit is refused`(over transport: Transport) async throws {
        try await withBus(transport) { bus in
            let heard = Heard()
            let subscription = try await bus.subscribe("a") { heard.add($0) }
            let longest = String(repeating: "é", count: 3500)
            try await bus.publish("a", longest)
            for payload in [longest + "x", "nul\0"] {
                await #expect(throws: BusError.unusablePayload) {
                    try await bus.publish("a", payload)
                }
            }
            for topic in ["", "A", "a b", String(repeating: "a", count: 64)] {
                await #expect(throws: BusError.unusableTopic) {
                    try await bus.publish(topic, "x")
                }
            }
            #expect(heard.events == [.message(longest)])
            withExtendedLifetime(subscription) {}
        }
    }
}

/// Runs `body` with buses as of `count` nodes on one database.
func withNodes(
    _ count: Int, _ body: ([PostgresBus], TestDatabase) async throws -> Void
) async throws {
    let place = try TestDatabase(on: .postgres)
    defer { place.remove() }
    var stores: [PostgresStore] = []
    var nodes: [PostgresBus] = []
    for _ in 0..<count {
        let options = PostgresOptions(url: place.location)
        stores.append(try await PostgresStore.open(options, loops: testLoops))
        nodes.append(try await PostgresBus.open(on: stores[stores.count - 1]))
    }
    try await body(nodes, place)
    for node in nodes { await node.close() }
    for store in stores { await store.close() }
}
