import HTTP
import Synchronization
import Values

/// How many requests one caller may make: a window that starts with its first request.
package struct TrafficLimit: Codable, Sendable, Hashable {
    package var requests: Int
    package var seconds: Int

    package init(requests: Int, seconds: Int) {
        self.requests = requests
        self.seconds = seconds
    }
}

/// Where a caller stands, as the `RateLimit-*` fields show it.
package struct LimitState: Sendable, Hashable {
    package let limit: Int
    package let count: Int
    package let remaining: Int
    package let resetsAfter: Duration
    package let isOver: Bool

    init(limit: Int, count: Int, resetsAfter: Duration) {
        self.limit = limit
        self.count = count
        remaining = max(0, limit - count)
        self.resetsAfter = max(resetsAfter, .zero)
        isOver = count > limit
    }

    package func decorate(_ response: inout Response) {
        let seconds = resetsAfter.roundedUpToSeconds
        response.fields[.rateLimitLimit] = String(limit)
        response.fields[.rateLimitRemaining] = String(remaining)
        response.fields[.rateLimitReset] = String(seconds)
    }
}

/// Counts requests per user, or per network where nobody is signed in. In memory, per node.
///
/// Its memory is bounded: when too many callers are remembered, windows that have ended are
/// forgotten, and if that is not enough, all of them.
package final class TrafficLimiter: Sendable {
    package static let callersMax = 100_000

    private let limit: TrafficLimit
    private let windows = Mutex<[String: Window]>([:])

    private struct Window {
        var endsAt: Instant
        var count: Int
    }

    package init(_ limit: TrafficLimit) {
        self.limit = limit
    }

    package func count(_ caller: String, at now: Instant) -> LimitState {
        windows.withLock { windows in
            if windows.count >= Self.callersMax { Self.forget(&windows, endedAt: now) }
            var window =
                windows[caller] ?? Window(endsAt: now + .seconds(limit.seconds), count: 0)
            // A window that ends too late is one of a clock that went wrong meanwhile.
            let latest = now + .seconds(limit.seconds)
            if window.endsAt <= now || window.endsAt > latest {
                window = Window(endsAt: latest, count: 0)
            }
            window.count += 1
            windows[caller] = window
            return LimitState(
                limit: limit.requests, count: window.count, resetsAfter: window.endsAt - now)
        }
    }

    private static func forget(_ windows: inout [String: Window], endedAt now: Instant) {
        windows = windows.filter { $0.value.endsAt > now }
        if windows.count >= callersMax { windows.removeAll(keepingCapacity: true) }
    }
}

extension Duration {
    /// Seconds, rounded up, at least 1: what `Retry-After` says.
    package var roundedUpToSeconds: Int64 {
        max(1, components.seconds + (components.attoseconds > 0 ? 1 : 0))
    }
}
