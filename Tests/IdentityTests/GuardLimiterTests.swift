import API
import DatabaseTesting
import SQL
import Testing
import Values

/// S3-26: limits on guessing that all nodes share. Both engines can keep them.
struct GuardLimiterTests {
    private static let limit = GuardLimit("sign-in", tries: 3, per: .minutes(1))

    private func withLimiter(
        on engine: Engine, _ body: @escaping @Sendable (SQLGuardLimiter) async throws -> Void
    ) async throws {
        try await withStore(on: engine) { store in
            try await Migrator([GuardWindow.migration], clock: .system).up(on: store)
            try await body(SQLGuardLimiter(store))
        }
    }

    @Test(arguments: Engine.tested)
    func `every try counts until the window ends`(on engine: Engine) async throws {
        try await withLimiter(on: engine) { limiter in
            let clock = MovableClock()
            #expect(try await limiter.look(Self.limit, "ada", at: clock.now).remaining == 3)
            for left in [2, 1, 0] {
                let state = try await limiter.count(Self.limit, "ada", at: clock.now)
                #expect(state.remaining == left)
                #expect(state.resetsAfter == .seconds(60))
            }
            clock.advance(by: .seconds(59))
            let over = try await limiter.count(Self.limit, "ada", at: clock.now)
            #expect(over.isOver)
            #expect(over.resetsAfter == .seconds(1))
            #expect(try await limiter.look(Self.limit, "bob", at: clock.now).remaining == 3)
            clock.advance(by: .seconds(1))
            #expect(try await limiter.look(Self.limit, "ada", at: clock.now).remaining == 3)
            #expect(try await limiter.count(Self.limit, "ada", at: clock.now).remaining == 2)
            try await limiter.clear(Self.limit, "ada")
            #expect(try await limiter.look(Self.limit, "ada", at: clock.now).remaining == 3)
        }
    }

    @Test(arguments: Engine.tested)
    func `parallel tries all count`(on engine: Engine) async throws {
        try await withLimiter(on: engine) { limiter in
            let now = MovableClock().now
            let passed = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await !limiter.count(Self.limit, "ada", at: now).isOver }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(passed == 3)
        }
    }
}
