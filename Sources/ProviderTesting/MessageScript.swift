import Coding
import HTTP

/// How the Messages API may answer; the shapes are recorded ones.
package enum MessageScript: Hashable, Sendable {
    /// The tool's input, streamed.
    case success
    /// As many icons as asked for, each of them this text.
    case drawing(String)
    /// JSON in a fence among words, no tool.
    case fenced
    /// Drawings among words, no JSON.
    case surrounded
    /// The whole message at once, as from a gateway that does not stream.
    case whole
    /// Words without a drawing.
    case noDrawing
    /// A tool's input that is no JSON.
    case malformed
    /// Not even a message.
    case garbled
    /// Cut off at `max_tokens`.
    case truncated
    /// The model does not want to: by its stop reason, or by the tool.
    case refusal, politeRefusal
    case unauthorized, forbidden, unknownModel
    case limited(retryAfter: Int?)
    case overloaded
    /// The stream begins and says that it is overloaded.
    case overloadedLate
    case failing
    /// Nothing comes.
    case slow
    /// The stream begins, and nothing more comes.
    case stuck
    /// The connection is cut in the middle of the stream.
    case cut
    /// The stream ends early, as if that were its end.
    case short

    func response(to body: JSON, wait: @escaping @Sendable () async -> Void) async -> Response {
        if let failure { return failure }
        switch self {
        case .slow:
            await wait()
            return .text("late")
        case .whole: return .json(Self.message(toolInput(body)).bytes())
        case .garbled: return .text("<html>It works</html>")
        default: return stream(body, wait)
        }
    }

    // MARK: Failures

    private var failure: Response? {
        switch self {
        case .unauthorized:
            Self.error(.unauthorized, "authentication_error", "invalid x-api-key")
        case .forbidden:
            Self.error(.forbidden, "permission_error", "Your API key does not have permission")
        case .unknownModel: Self.error(.notFound, "not_found_error", "model: no-such-model")
        case .limited(let seconds): Self.limited(seconds)
        case .overloaded: Self.error(Status(529), "overloaded_error", "Overloaded")
        case .failing: Self.error(.internalServerError, "api_error", "Internal server error")
        default: nil
        }
    }

    static func error(_ status: Status, _ type: String, _ message: String) -> Response {
        let body: JSON = [
            "type": "error", "error": ["type": .string(type), "message": .string(message)],
            "request_id": "req_011CSHoEeqs5C35K2UUqR7Fy",
        ]
        return .json(body.bytes(), status: status)
    }

    private static func limited(_ seconds: Int?) -> Response {
        var response = error(
            .tooManyRequests, "rate_limit_error",
            "This request would exceed your organization's rate limit")
        if let seconds { response.fields[.retryAfter] = "\(seconds)" }
        return response
    }

    // MARK: Messages

    private func stream(_ body: JSON, _ wait: @escaping @Sendable () async -> Void) -> Response {
        let events = MessageEvents(self, body).all
        let script = self
        return .events { writer in
            for event in events { try await writer.send(event) }
            switch script {
            case .cut: throw WriteError()
            case .stuck: await wait()
            default: break
            }
        }
    }

    func toolInput(_ body: JSON) -> JSON {
        let schema = body["tools"]?[0]?["input_schema"]?["properties"]?["variants"]
        let count = schema?["maxItems"]?.asInteger ?? 1
        let variants = (1...max(1, min(count, 9))).map { number in
            JSON.object(["name": .string("Variant \(number)"), "svg": .string(svg(Int(number)))])
        }
        return ["variants": .list(variants)]
    }

    func svg(_ number: Int) -> String {
        if case .drawing(let text) = self { return text }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" \
            stroke="currentColor" stroke-width="2"><circle cx="12" cy="12" r="\(2 + number)"/>\
            <path id="hand" d="M12 7v5l3 2" stroke-linecap="round"/></svg>
            """
    }

    private static func message(_ input: JSON) -> JSON {
        [
            "id": "msg_01XFDUDYJgAACzvnptvVoYEL", "type": "message", "role": "assistant",
            "model": "claude-sonnet-4-5", "stop_reason": "tool_use", "stop_sequence": .null,
            "content": [
                [
                    "type": "tool_use", "id": "toolu_01T1x1fJ34qAmk2tNTrN7Up6",
                    "name": "draw_icons",
                    "input": input,
                ]
            ], "usage": ["input_tokens": 912, "output_tokens": 330],
        ]
    }
}
