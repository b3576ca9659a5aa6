import Bus
import DatabaseTesting
import SQL
import Synchronization
import Testing
import Values

@testable import Identity

/// C6: many nodes on one database act as one.
struct NodesTests {
    @Test(arguments: Engine.tested)
    func `a session ended on one node has ended on the other at once`(
        on engine: Engine
    ) async throws {
        try await withStore(on: engine) { store in
            try await Migrator(Identity.migrations, clock: .system).up(on: store)
            let (bus, clock) = (InProcessBus(), MovableClock())
            let one = try await Node(store, bus, clock)
            let other = try await Node(store, bus, clock)
            let tokens = try await one.user()
            // Both have it in their caches.
            #expect(try await one.admits(tokens.access.token))
            #expect(try await other.admits(tokens.access.token))
            try await one.identity.sessions.end(tokens.active.session.id)
            #expect(try await !other.admits(tokens.access.token))
            #expect(try await !one.admits(tokens.access.token))
        }
    }

    @Test(arguments: Engine.tested)
    func `a node that hears nothing finds out within five seconds`(
        on engine: Engine
    ) async throws {
        try await withStore(on: engine) { store in
            try await Migrator(Identity.migrations, clock: .system).up(on: store)
            let clock = MovableClock()
            let one = try await Node(store, InProcessBus(), clock)
            let deaf = try await Node(store, InProcessBus(), clock)
            let tokens = try await one.user()
            #expect(try await deaf.admits(tokens.access.token))
            try await one.identity.endAllSessions(of: tokens.active.user.id, one.call)
            #expect(try await deaf.admits(tokens.access.token))
            clock.advance(by: .seconds(5))
            #expect(try await !deaf.admits(tokens.access.token))
        }
    }

    // S3-33
    @Test func `after a gap in what was heard nothing is taken from the cache`() async throws {
        try await withStore(on: .sqlite) { store in
            try await Migrator(Identity.migrations, clock: .system).up(on: store)
            let clock = MovableClock()
            let (bus, other) = (GapBus(), InProcessBus())
            let node = try await Node(store, bus, clock)
            let far = try await Node(store, other, clock)
            let tokens = try await node.user()
            #expect(try await node.admits(tokens.access.token))
            try await far.identity.sessions.end(tokens.active.session.id)
            bus.lose()
            #expect(try await !node.admits(tokens.access.token))
        }
    }

    /// The session is read before it is revoked and comes into the cache after it.
    @Test func `a read that lost the race with a revocation is not kept`() throws {
        let cache = SessionCache(InProcessBus())
        let now = Instant(seconds: 1_800_000_000)
        let user = User(
            id: ID(at: now, from: .system), email: try EmailAddress("a@b.co"), name: nil,
            image: nil, createdAt: now)
        let session = Session(
            id: ID(at: now, from: .system), userID: user.id, expiresAt: now + .days(7),
            createdAt: now, updatedAt: now, address: nil, userAgent: nil, isRemembered: true)
        let active = ActiveSession(session: session, user: user)
        let generation = cache.generation
        cache.insert(active, at: now, readAt: generation)
        #expect(cache.find(session.id, at: now) != nil)
        #expect(cache.find(session.id, at: now + .seconds(5)) == nil)
        cache.drop(session.id)
        cache.insert(active, at: now, readAt: generation)
        #expect(cache.find(session.id, at: now) == nil)
    }

    @Test(arguments: Engine.tested)
    func `a token signed by a key that another node made is accepted`(
        on engine: Engine
    ) async throws {
        try await withStore(on: engine) { store in
            try await Migrator(Identity.migrations, clock: .system).up(on: store)
            let (bus, clock) = (InProcessBus(), MovableClock())
            let one = try await Node(store, bus, clock)
            let other = try await Node(store, bus, clock)
            #expect(one.identity.signingKeys.all.jwks == other.identity.signingKeys.all.jwks)
            let tokens = try await one.user()
            #expect(try await other.admits(tokens.access.token))
        }
    }

    @Test(arguments: Engine.tested)
    func `nodes that rotate one token at once agree on the successor`(
        on engine: Engine
    ) async throws {
        try await withStore(on: engine) { store in
            try await Migrator(Identity.migrations, clock: .system).up(on: store)
            let (bus, clock) = (InProcessBus(), MovableClock())
            let nodes = [try await Node(store, bus, clock), try await Node(store, bus, clock)]
            let tokens = try await nodes[0].user()
            let successors = try await withThrowingTaskGroup(of: String.self) { group in
                for index in 0..<8 {
                    let node = nodes[index % 2]
                    group.addTask {
                        try await node.identity.refresh(tokens.refresh, node.call)
                            .refresh.text.exposed
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(successors.count == 1)
        }
    }
}

/// A bus that can lose messages.
private final class GapBus: Bus {
    private let inner = InProcessBus()
    private let listener = Mutex<(@Sendable (BusEvent) -> Void)?>(nil)

    func publish(_ topic: String, _ payload: String) async throws {
        try inner.publish(topic, payload)
    }

    func subscribe(
        _ topic: String, _ body: @escaping @Sendable (BusEvent) -> Void
    ) async throws -> BusSubscription {
        listener.withLock { $0 = body }
        return inner.subscribe(topic, body)
    }

    func lose() { listener.withLock { $0 }?(.gap) }
}
