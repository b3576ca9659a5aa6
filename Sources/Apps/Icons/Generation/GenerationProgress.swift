/// What a generator is doing, for whoever waits for it.
package enum GenerationProgress: Hashable, Sendable {
    /// The model was asked. `attempt` counts from one.
    case asked(attempt: Int)
    /// It could not answer and will be asked again.
    case waiting(attempt: Int, after: Duration)
    /// So much of the answer has come so far.
    case receiving(characters: Int)
    /// So many icons are there.
    case drawn(count: Int)
}
