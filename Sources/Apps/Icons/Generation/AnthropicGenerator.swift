import Outgoing
import Values

/// Asks a model of Anthropic's over the Messages API.
package struct AnthropicGenerator: IconGenerator {
    package let name = "anthropic"
    package var model: String? { options.model }
    let options: AnthropicOptions
    let client: HTTPClient
    let clock: Clock
    let randomness: Randomness
    let pause: @Sendable (Duration) async throws -> Void

    /// `pause` waits between two tries, and ends early when its task is cancelled.
    package init(
        _ options: AnthropicOptions, client: HTTPClient, clock: Clock, randomness: Randomness,
        pause: @escaping @Sendable (Duration) async throws -> Void
    ) {
        (self.options, self.client, self.clock) = (options, client, clock)
        (self.randomness, self.pause) = (randomness, pause)
    }

    package func generate(
        _ brief: IconBrief, progress: @escaping @Sendable (GenerationProgress) async -> Void
    ) async throws -> [DraftIcon] {
        throw GenerationProblem.notConfigured
    }
}
