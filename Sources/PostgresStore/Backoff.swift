import Values

/// How long to wait before connecting again: 10 ms, doubling to 2 s, half of it by chance, so that
/// the nodes of a restarted database do not come back all at once.
struct Backoff {
    private var failures = 0

    mutating func reset() { failures = 0 }

    mutating func next(_ randomness: Randomness) -> Duration {
        let milliseconds = min(2000, 10 << min(failures, 8))
        failures += 1
        let half = milliseconds / 2
        return .milliseconds(half + Int(randomness.integer() % UInt64(half + 1)))
    }
}
