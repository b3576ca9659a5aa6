import HTTP
import Values

/// How the Messages API is asked.
package struct AnthropicOptions: Sendable {
    package var key: Secret<String>
    /// Without `/v1/messages`.
    package var baseURL = "https://api.anthropic.com"
    package var model = "claude-sonnet-4-5"
    /// The most that the model may write for one answer.
    package var maxTokens = 8192
    /// From the first question to the answer, repetitions included.
    package var timeLimit: Duration = .seconds(60)
    /// How often it is asked again.
    package var retries = 3

    package init(key: Secret<String>) { self.key = key }

    var endpoint: String {
        let base = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        return base + "/v1/messages"
    }

    var fields: Fields {
        [
            FieldName("x-api-key"): key.exposed, FieldName("anthropic-version"): "2023-06-01",
            .contentType: "application/json", .accept: "text/event-stream",
        ]
    }
}
