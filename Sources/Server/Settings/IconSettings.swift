import Coding
import Icons
import Identity
import Secrets
import Values

/// The `icons` section: the app that draws icons ([icons.md](icons.md)), where `apps` names it.
package struct IconSettings: Codable, Sendable {
    /// A generator by its name in the settings.
    package enum GeneratorName: String, Codable, CaseIterable, Sendable {
        case auto, anthropic, offline
    }

    /// Who draws. `anthropic` asks a model; `offline` makes geometric icons by itself, for trying
    /// out; `auto` is `anthropic` where there is a key, else `offline`.
    package var generator = GeneratorName.auto
    /// Characters of a prompt.
    package var promptMax: PositiveCount = 2000
    /// Requests to draw that one user may make in a minute. One more is answered with 429.
    package var perMinute: PositiveCount = 10
    /// Icons that one user may have drawn in a day of UTC. One more is answered with 429.
    package var perDay: PositiveCount = 200
    /// One drawing, of a user's as of a generator's.
    package var svgBytes: ByteSize = "64KiB"
    /// How long a deleted icon can be brought back, before it goes for good.
    package var keepDeleted: TimeSpan = "30d"
    package var anthropic = AnthropicSettings()

    init() {}
}

/// The `icons.anthropic` section: the model that draws.
package struct AnthropicSettings: Codable, Sendable {
    /// The key of the Messages API. It is sent there and nowhere else.
    package var key: Key?
    /// Where the Messages API is, without `/v1/messages`: another address for a gateway.
    package var baseURL = ProviderURL(stored: "https://api.anthropic.com")
    /// Which model draws.
    package var model = SettingText(stored: "claude-sonnet-4-5")
    /// The most that the model may write for one answer.
    package var maxTokens: PositiveCount = 8192
    /// From the first question to the end of the answer, repetitions included. Less than
    /// `http.limits.handlerTime`, after which the server answers by itself.
    package var timeLimit: TimeSpan = "55s"
    /// How often it is asked again when it is too busy or fails.
    package var retries: Bounded<RetryBounds> = 3

    init() {}

    /// A key of any length.
    package struct Key: SecretValue {
        package let secret: Secret<String>

        package init(_ text: String) throws(Invalid) {
            guard !text.isEmpty else { throw .tooShort(min: 1) }
            secret = Secret(text)
        }

        private init(standIn text: String) { secret = Secret(text) }

        package static var example: Key { Key(standIn: "x") }
    }

    /// None to ten.
    package enum RetryBounds: Bounds { package static let range = 0...10 }
}

extension AnthropicOptions {
    init(_ settings: AnthropicSettings, _ key: Secret<String>) {
        self.init(key: key)
        baseURL = settings.baseURL.text
        model = settings.model.text
        maxTokens = settings.maxTokens.value
        timeLimit = settings.timeLimit.duration
        retries = settings.retries.value
    }
}

extension Icons.Options {
    init(_ settings: IconSettings) {
        self.init()
        promptMax = settings.promptMax.value
        perMinute = settings.perMinute.value
        perDay = settings.perDay.value
        svgBytesMax = settings.svgBytes.bytes
        keepsDeleted = settings.keepDeleted.duration
    }
}
