import Icons
import Loop
import Outgoing
import Values

/// Who draws icons: the generator that the settings name.
struct IconGenerators: Sendable {
    let generator: any IconGenerator
    private let client: HTTPClient

    init(_ settings: Settings, _ ambient: Ambient, _ loops: EventLoopGroup) {
        client = HTTPClient(HTTPClient.Options(icons: settings))
        generator = Self.generator(settings.icons, client, ambient, loops)
    }

    private static func generator(
        _ settings: IconSettings, _ client: HTTPClient, _ ambient: Ambient, _ loops: EventLoopGroup
    ) -> any IconGenerator {
        switch settings.choice {
        case .offline: return OfflineGenerator()
        case .missing:
            return MissingGenerator(model: settings.anthropic.model.text)
        case .anthropic(let key):
            return AnthropicGenerator(
                AnthropicOptions(settings.anthropic, key), client: client, clock: ambient.clock,
                randomness: ambient.randomness,
                pause: { [loops] delay in try await loops.any.sleep(for: delay) })
        }
    }

    /// Gives up what is under way.
    func close() { client.close() }
}

extension IconSettings {
    /// What the settings come to.
    enum Choice: Sendable {
        case anthropic(Secret<String>)
        case offline
        /// A model is to draw, and there is no key for it.
        case missing
    }

    var choice: Choice {
        switch (generator, anthropic.key) {
        case (.offline, _), (.auto, nil): .offline
        case (.anthropic, nil): .missing
        case (.anthropic, let key?), (.auto, let key?): .anthropic(key.secret)
        }
    }
}

extension HTTPClient.Options {
    /// A model writes for as long as it may, and what it writes is longer than what providers answer.
    fileprivate init(icons settings: Settings) {
        self.init(settings.outgoing)
        timeout = settings.icons.anthropic.timeLimit.duration
        answerBytesMax = Self.answerBytes
    }

    private static let answerBytes = 4 << 20
}
