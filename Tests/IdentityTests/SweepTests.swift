import Bus
import DatabaseTesting
import SQL
import Testing
import Values

@testable import Identity

/// What has expired is deleted, and what a grace kept is erased.
struct SweepTests {
    private static let sessions = Statement(
        .scan, "SELECT count(*) FROM sessions", returns: Single<Int>.self)
    private static let tokens = Statement(
        .scan, "SELECT count(*) FROM refresh_tokens", returns: Single<Int>.self)
    private static let sealed = Statement(
        .scan, "SELECT count(*) FROM refresh_tokens WHERE successor_sealed IS NOT NULL",
        returns: Single<Int>.self)

    @Test(arguments: Engine.tested)
    func `successors go after the grace, tokens and sessions after their end`(
        on engine: Engine
    ) async throws {
        try await withStore(on: engine) { store in
            try await Migrator(Identity.migrations, clock: .system).up(on: store)
            let clock = MovableClock()
            let node = try await Node(store, InProcessBus(), clock)
            @Sendable func count(_ statement: Statement<Single<Int>>) async throws -> Int? {
                try await store.first(statement)?.value
            }
            let tokens = try await node.user()
            _ = try await node.identity.refresh(tokens.refresh, node.call)
            #expect(try await count(Self.sealed) == 1)
            clock.advance(by: .seconds(30))
            try await node.identity.sweep(at: clock.now)
            #expect(try await count(Self.sealed) == 1)
            clock.advance(by: .seconds(1))
            try await node.identity.sweep(at: clock.now)
            #expect(try await count(Self.sealed) == 0)
            #expect(try await count(Self.tokens) == 2)
            clock.advance(by: .days(8))
            try await node.identity.sweep(at: clock.now)
            #expect(try await count(Self.sessions) == 0)
            #expect(try await count(Self.tokens) == 0)
        }
    }
}
