/// Draws icons from words.
package protocol IconGenerator: Sendable {
    /// As in settings and answers: "anthropic", "offline".
    var name: String { get }
    /// Which of the generator's models draws. Nil where there is nothing to choose.
    var model: String? { get }

    /// As many drafts as the brief asks for, or fewer, but one at least. Throws `GenerationProblem`,
    /// or `CancellationError` when the task is cancelled. `progress` is called as the work goes on,
    /// one call after the other.
    func generate(
        _ brief: IconBrief, progress: @escaping @Sendable (GenerationProgress) async -> Void
    ) async throws -> [DraftIcon]
}
