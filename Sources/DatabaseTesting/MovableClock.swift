import Synchronization
import Values

/// A clock that stands still until a test moves it.
package final class MovableClock: Sendable {
    private let microseconds: Atomic<Int64>

    /// Starts on 20 November 2026, 12:00 UTC, unless told otherwise.
    package init(at start: Instant = Instant(seconds: 1_795_176_000)) {
        microseconds = Atomic(start.microseconds)
    }

    package var clock: Clock { Clock { self.now } }

    package var now: Instant {
        Instant(microseconds: microseconds.load(ordering: .acquiring))
    }

    package func advance(by duration: Duration) {
        microseconds.add(duration.microseconds, ordering: .acquiringAndReleasing)
    }
}
