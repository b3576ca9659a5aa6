/// Draws by itself, without a model: the same icon for the same words. For trying the app out.
package struct OfflineGenerator: IconGenerator {
    package let name = "offline"
    package let model: String? = nil

    package init() {}

    package func generate(
        _ brief: IconBrief, progress: @escaping @Sendable (GenerationProgress) async -> Void
    ) async throws -> [DraftIcon] {
        throw GenerationProblem.notConfigured
    }
}
