/// Stands where a model was chosen and there is no key for it. It says so to whoever asks, and lets
/// nothing else draw in its place.
package struct MissingGenerator: IconGenerator {
    package let name = "anthropic"
    package let model: String?

    package init(model: String?) { self.model = model }

    package func generate(
        _ brief: IconBrief, progress: @escaping @Sendable (GenerationProgress) async -> Void
    ) async throws -> [DraftIcon] {
        throw GenerationProblem.notConfigured
    }
}
