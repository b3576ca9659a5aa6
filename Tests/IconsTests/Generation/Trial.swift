import DatabaseTesting
import Outgoing
import ProviderTesting
import Synchronization
import Values

@testable import Icons

/// A generator beside a fake of its API, with a clock that moves when it pauses.
final class Trial: Sendable {
    let server: FakeMessages
    let client: HTTPClient
    let stopsAtPause = Mutex(false)
    private let options: AnthropicOptions
    private let clock = MovableClock()
    private let notes = Mutex<(pauses: [Duration], progress: [GenerationProgress])>(([], []))

    init(
        _ scripts: [MessageScript], key: String = "sk-test",
        _ adjust: (inout AnthropicOptions) -> Void = { _ in }
    ) throws {
        server = try FakeMessages(scripts)
        var reach = HTTPClient.Options()
        reach.reach.privateNetworks = true
        client = HTTPClient(reach)
        var options = AnthropicOptions(key: Secret(key))
        options.baseURL = server.address + "/"
        adjust(&options)
        self.options = options
    }

    deinit { client.close() }

    var pauses: [Duration] { notes.withLock { $0.pauses } }
    var progress: [GenerationProgress] { notes.withLock { $0.progress } }

    func generator(_ client: HTTPClient) -> AnthropicGenerator {
        AnthropicGenerator(options, client: client, clock: clock.clock, randomness: .system) {
            try self.pause($0)
        }
    }

    func generate(_ brief: IconBrief) async throws -> [DraftIcon] {
        try await generator(client).generate(brief) { step in
            self.notes.withLock { $0.progress.append(step) }
        }
    }

    private func pause(_ duration: Duration) throws {
        if stopsAtPause.withLock({ $0 }) { throw CancellationError() }
        clock.advance(by: duration)
        notes.withLock { $0.pauses.append(duration) }
    }
}
