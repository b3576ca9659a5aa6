import Values

/// Which problems may pass, and how long to wait before the model is asked again.
///
/// As long as it says itself, or a second, doubling to eight, half of it by chance, so that those who
/// were refused together do not come back together.
struct AnthropicBackoff: Sendable {
    let retries: Int
    let randomness: Randomness

    /// Nil when it is not asked again.
    func delay(after problem: GenerationProblem, attempt: Int) -> Duration? {
        guard attempt <= retries else { return nil }
        switch problem {
        case .limited(let asked?), .overloaded(let asked?):
            return asked <= Self.longest ? asked : nil
        case .limited(nil), .overloaded(nil), .down: return doubling(attempt)
        case .notConfigured, .keyRefused, .requestRefused, .timedOut, .noIcon, .refused:
            return nil
        }
    }

    private func doubling(_ attempt: Int) -> Duration {
        let half = (1000 << min(max(attempt, 1) - 1, 3)) / 2
        return .milliseconds(half + Int(randomness.integer() % UInt64(half + 1)))
    }

    /// Whoever is told to come back later than this is told so himself.
    private static let longest: Duration = .seconds(20)
}
