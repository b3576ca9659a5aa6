import Outgoing
import Values

/// Asks a model of Anthropic's over the Messages API (docs/drawings.md).
///
/// The answer is streamed, so that whoever waits sees it grow; it is asked for as the input of a tool,
/// so that it has a form. What fails in passing is asked again until the time is over.
package struct AnthropicGenerator: IconGenerator {
    package let name = "anthropic"
    package var model: String? { options.model }
    private let options: AnthropicOptions
    private let client: HTTPClient
    private let clock: Clock
    private let backoff: AnthropicBackoff
    private let pause: @Sendable (Duration) async throws -> Void

    /// `pause` waits between two tries, and throws when its task is cancelled.
    package init(
        _ options: AnthropicOptions, client: HTTPClient, clock: Clock, randomness: Randomness,
        pause: @escaping @Sendable (Duration) async throws -> Void
    ) {
        (self.options, self.client, self.clock, self.pause) = (options, client, clock, pause)
        backoff = AnthropicBackoff(retries: options.retries, randomness: randomness)
    }

    package func generate(
        _ brief: IconBrief, progress: @escaping @Sendable (GenerationProgress) async -> Void
    ) async throws -> [DraftIcon] {
        guard !options.key.exposed.isEmpty else { throw GenerationProblem.notConfigured }
        let end = clock.now + options.timeLimit
        let body = AnthropicRequest(brief, options).bytes
        var attempt = 1
        while true {
            do throws(GenerationProblem) {
                await progress(.asked(attempt: attempt))
                let answer = try await ask(body, until: end, progress)
                let drafts = try DraftReader.drafts(in: answer, upTo: brief.variantCount)
                await progress(.drawn(count: drafts.count))
                return drafts
            } catch {
                try Task.checkCancellation()
                guard let delay = backoff.delay(after: error, attempt: attempt),
                    clock.now + delay < end
                else { throw error }
                attempt += 1
                await progress(.waiting(attempt: attempt, after: delay))
                try await pause(delay)
            }
        }
    }

    private func ask(
        _ body: [UInt8], until end: Instant,
        _ progress: @Sendable (GenerationProgress) async -> Void
    ) async throws(GenerationProblem) -> MessageAnswer {
        let left = end - clock.now
        guard left > .zero else { throw .timedOut }
        var request = OutgoingRequest(options.endpoint)
        request.fields = options.fields
        (request.body, request.timeout) = (body, left)
        let (pieces, sink) = AsyncStream.makeStream(of: [UInt8].self)
        async let outcome = outcome(of: request, sink)
        var stream = MessageStream()
        var reported = 0
        for await piece in pieces {
            stream.take(piece)
            guard stream.characters >= reported + Self.charactersPerReport else { continue }
            reported = stream.characters
            await progress(.receiving(characters: reported))
        }
        return try stream.answer(await outcome)
    }

    private func outcome(
        of request: OutgoingRequest, _ sink: AsyncStream<[UInt8]>.Continuation
    ) async -> Result<OutgoingAnswer, OutgoingFailure> {
        defer { sink.finish() }
        do throws(OutgoingFailure) {
            return .success(try await client.send(request) { sink.yield($0) })
        } catch {
            return .failure(error)
        }
    }

    private static let charactersPerReport = 100
}
