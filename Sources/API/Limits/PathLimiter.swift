import HTTP
import Synchronization
import Values

/// Counts requests for each address and path, as better-auth's own limit does: for clients that expect
/// it, beside the limits that guard accounts. In memory, per node.
///
/// A window ends when nothing was let through for its length, so that who keeps on asking keeps on
/// waiting for nobody but himself. Its memory is bounded as `TrafficLimiter`'s is.
package final class PathLimiter: Sendable {
    /// What paths that begin so may be asked for; the first that fits counts.
    package struct Rule: Sendable {
        let prefixes: [String]
        let limit: TrafficLimit

        package init(_ prefixes: [String], _ limit: TrafficLimit) {
            (self.prefixes, self.limit) = (prefixes, limit)
        }
    }

    private struct Window {
        var lastAt: Instant
        var count: Int
        let length: Duration
    }

    private static let windowsMax = 100_000

    private let standard: TrafficLimit
    private let rules: [Rule]
    private let windows = Mutex<[String: Window]>([:])

    package init(_ standard: TrafficLimit, _ rules: [Rule]) {
        (self.standard, self.rules) = (standard, rules)
    }

    /// Counts a request. Returns how long to wait when it was one too many, which does not count.
    package func count(_ request: Request, below prefix: String, at now: Instant) -> Duration? {
        let path = request.path.dropFirst(prefix.count)
        let rule = rules.first { $0.prefixes.contains { path.hasPrefix($0) } }
        return count(
            request.client.network.description + " " + path, rule?.limit ?? standard, at: now)
    }

    private func count(_ key: String, _ limit: TrafficLimit, at now: Instant) -> Duration? {
        let length = Duration.seconds(limit.seconds)
        return windows.withLock { windows in
            if windows.count >= Self.windowsMax { Self.forget(&windows, at: now) }
            guard var window = windows[key], now - window.lastAt < length, now >= window.lastAt
            else {
                windows[key] = Window(lastAt: now, count: 1, length: length)
                return nil
            }
            if window.count >= limit.requests { return window.lastAt + length - now }
            window.count += 1
            window.lastAt = now
            windows[key] = window
            return nil
        }
    }

    private static func forget(_ windows: inout [String: Window], at now: Instant) {
        windows = windows.filter { now - $0.value.lastAt < $0.value.length }
        if windows.count >= windowsMax { windows.removeAll(keepingCapacity: true) }
    }
}
