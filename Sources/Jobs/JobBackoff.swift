import Values

/// How long a job that failed waits: 15 s, doubling to an hour, half of it by chance, so that what
/// failed together is not tried together.
enum JobBackoff {
    static func delay(afterTries tries: Int, _ randomness: Randomness) -> Duration {
        let seconds = min(3600, 15 << min(max(tries, 1) - 1, 8))
        let half = seconds * 1000 / 2
        return .milliseconds(half + Int(randomness.integer() % UInt64(half + 1)))
    }
}
