import API
import Values

/// Locks an account after ten wrong passwords within a quarter of an hour: for a quarter of an
/// hour, and twice as long each further time within a day, a day at most.
///
/// An account that does not exist is locked the same way.
struct AccountLock: Sendable {
    let subject: String

    private static let firstLength: Duration = .minutes(15)
    private static let longest: Duration = .hours(24)

    private static let failures = GuardLimit(
        "sign-in failures", tries: 10, per: firstLength)

    /// The locks of the last day: how long the next one is.
    private static let earlier = GuardLimit("sign-in locks", tries: 1, per: longest)

    private static func lock(_ length: Duration) -> GuardLimit {
        GuardLimit("sign-in lock", tries: 1, per: length)
    }

    func requireOpen(_ limiter: any GuardLimiter, at now: Instant) async throws {
        let state = try await limiter.look(Self.lock(Self.firstLength), subject, at: now)
        if state.remaining == 0 { throw Failure.accountLocked.retry(after: state.resetsAfter) }
    }

    /// The failure that reaches the limit locks; those that race with it count for nothing more. Says
    /// whether this one did.
    func countFailure(_ limiter: any GuardLimiter, at now: Instant) async throws -> Bool {
        let state = try await limiter.count(Self.failures, subject, at: now)
        guard state.remaining == 0, !state.isOver else { return false }
        let locks = try await limiter.count(Self.earlier, subject, at: now).count
        let length = min(Self.longest, Self.firstLength * (1 << min(max(locks, 1) - 1, 7)))
        _ = try await limiter.count(Self.lock(length), subject, at: now)
        try await limiter.clear(Self.failures, subject)
        return true
    }

    func clear(_ limiter: any GuardLimiter) async throws {
        try await limiter.clear(Self.failures, subject)
        try await limiter.clear(Self.earlier, subject)
    }

    /// Ends a lock that is on, too.
    func open(_ limiter: any GuardLimiter) async throws {
        try await clear(limiter)
        try await limiter.clear(Self.lock(Self.firstLength), subject)
    }
}
