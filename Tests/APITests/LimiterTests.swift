import API
import DatabaseTesting
import Testing
import Values

/// Both classes of limits in memory. The one that nodes share is in Tests/ServerTests.
struct LimiterTests {
    private let clock = MovableClock()
    private static let limit = GuardLimit("sign-in", tries: 3, per: .minutes(1))

    @Test func `a window starts with the first request and ends by the clock`() {
        let limiter = TrafficLimiter(TrafficLimit(requests: 2, seconds: 10))
        #expect(limiter.count("a", at: clock.now).remaining == 1)
        clock.advance(by: .seconds(9))
        let second = limiter.count("a", at: clock.now)
        #expect(second.remaining == 0)
        #expect(!second.isOver)
        #expect(second.resetsAfter == .seconds(1))
        #expect(limiter.count("a", at: clock.now).isOver)
        #expect(!limiter.count("b", at: clock.now).isOver)
        clock.advance(by: .seconds(1))
        #expect(limiter.count("a", at: clock.now).remaining == 1)
    }

    @Test func `a clock that goes back does not lock anybody out for ever`() {
        let limiter = TrafficLimiter(TrafficLimit(requests: 1, seconds: 10))
        _ = limiter.count("a", at: clock.now + .days(1))
        let state = limiter.count("a", at: clock.now)
        #expect(state.resetsAfter <= .seconds(10))
    }

    @Test func `guards count every try and look without counting`() {
        let limiter = MemoryGuardLimiter()
        #expect(limiter.look(Self.limit, "ada", at: clock.now).remaining == 3)
        for left in [2, 1, 0] {
            #expect(limiter.count(Self.limit, "ada", at: clock.now).remaining == left)
            #expect(limiter.look(Self.limit, "ada", at: clock.now).remaining == left)
        }
        #expect(!limiter.look(Self.limit, "ada", at: clock.now).isOver)
        #expect(limiter.count(Self.limit, "ada", at: clock.now).isOver)
        #expect(limiter.look(Self.limit, "bob", at: clock.now).remaining == 3)
        clock.advance(by: .seconds(60))
        #expect(limiter.look(Self.limit, "ada", at: clock.now).remaining == 3)
        #expect(limiter.count(Self.limit, "ada", at: clock.now).remaining == 2)
    }

    @Test func `who has shown to be right starts anew`() {
        let limiter = MemoryGuardLimiter()
        for _ in 0..<5 { _ = limiter.count(Self.limit, "ada", at: clock.now) }
        limiter.clear(Self.limit, "ada")
        #expect(limiter.count(Self.limit, "ada", at: clock.now).remaining == 2)
    }

    @Test func `limits of different names do not mix`() {
        let limiter = MemoryGuardLimiter()
        let other = GuardLimit("codes", tries: 1, per: .minutes(1))
        _ = limiter.count(Self.limit, "ada", at: clock.now)
        #expect(limiter.look(other, "ada", at: clock.now).remaining == 1)
    }

    @Test func `parallel tries all count`() async {
        let limiter = MemoryGuardLimiter()
        let now = clock.now
        let passed = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                group.addTask { !limiter.count(Self.limit, "ada", at: now).isOver }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(passed == 3)
    }
}
