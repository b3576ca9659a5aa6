import Coding

/// A message of the model's, as far as drawings may be in it.
struct MessageAnswer {
    /// Of its blocks of text, one after the other.
    var text = ""
    /// What it gave to tools, each a JSON text.
    var inputs: [String] = []
    /// Why it ended: `end_turn`, `tool_use`, `max_tokens`, `refusal` …
    var stopReason: String?

    init() {}

    /// A message that came in one piece, as from a gateway that does not stream.
    init(_ json: JSON) throws(GenerationProblem) {
        guard let content = json["content"]?.asList else { throw .noIcon(.isMalformed) }
        for block in content {
            text += block["text"]?.asString ?? ""
            if let input = block["input"] { inputs.append(input.description) }
        }
        stopReason = json["stop_reason"]?.asString
    }
}
