import Coding
import HTTP

/// A streamed message, event by event.
struct MessageEvents {
    let all: [ServerSentEvent]

    init(_ script: MessageScript, _ body: JSON) {
        let model = body["model"] ?? "claude-sonnet-4-5"
        let block = Self.block(script, body)
        let events = [Self.start(model), Self.event("ping")] + block
        all = script.isWhole ? events + Self.end(script) : events + script.lastWords
    }

    // MARK: Parts

    private static func event(_ type: String, _ members: JSONObject = [:]) -> ServerSentEvent {
        var json: JSONObject = ["type": .string(type)]
        for member in members.members { json[member.name] = member.value }
        return ServerSentEvent(data: JSON.object(json).description, event: type)
    }

    private static func start(_ model: JSON) -> ServerSentEvent {
        event(
            "message_start",
            [
                "message": [
                    "id": "msg_01XFDUDYJgAACzvnptvVoYEL", "type": "message", "role": "assistant",
                    "model": model, "content": [], "stop_reason": .null, "stop_sequence": .null,
                    "usage": ["input_tokens": 912, "output_tokens": 1],
                ]
            ])
    }

    private static func end(_ script: MessageScript) -> [ServerSentEvent] {
        let delta: JSON = ["stop_reason": .string(script.stopReason), "stop_sequence": .null]
        return [
            event("message_delta", ["delta": delta, "usage": ["output_tokens": 330]]),
            event("message_stop"),
        ]
    }

    /// The content, in pieces of some forty characters.
    private static func block(_ script: MessageScript, _ body: JSON) -> [ServerSentEvent] {
        let text = script.content(body)
        let isTool = script.usesTool
        let block: JSON =
            isTool
            ? [
                "type": "tool_use", "id": "toolu_01T1x1fJ34qAmk2tNTrN7Up6", "name": "draw_icons",
                "input": [:],
            ] : ["type": "text", "text": ""]
        let pieces = script.shortened(text.pieces(of: 40)).map { piece in
            let delta: JSON =
                isTool
                ? ["type": "input_json_delta", "partial_json": .string(piece)]
                : ["type": "text_delta", "text": .string(piece)]
            return event("content_block_delta", ["index": 0, "delta": delta])
        }
        let start = event("content_block_start", ["index": 0, "content_block": block])
        return [start] + pieces
            + (script.isWhole ? [event("content_block_stop", ["index": 0])] : [])
    }
}

extension MessageScript {
    /// Whether the stream comes to its end.
    fileprivate var isWhole: Bool {
        switch self {
        case .cut, .short, .stuck, .overloadedLate: false
        default: true
        }
    }

    fileprivate var lastWords: [ServerSentEvent] {
        guard self == .overloadedLate else { return [] }
        let error: JSON = [
            "type": "error", "error": ["type": "overloaded_error", "message": "Overloaded"],
        ]
        return [ServerSentEvent(data: error.description, event: "error")]
    }

    fileprivate var usesTool: Bool {
        switch self {
        case .fenced, .surrounded, .noDrawing, .refusal: false
        default: true
        }
    }

    fileprivate var stopReason: String {
        switch self {
        case .truncated: "max_tokens"
        case .refusal: "refusal"
        default: usesTool ? "tool_use" : "end_turn"
        }
    }

    fileprivate func content(_ body: JSON) -> String {
        switch self {
        case .fenced:
            "Here are the icons {as asked}:\n\n```json\n\(toolInput(body))\n```\n\nTell me what to change."
        case .surrounded: "First:\n\(svg(1))\nand then\n```svg\n\(svg(2))\n```\n"
        case .noDrawing: "A gear is a wheel with teeth. What should it look like?"
        case .refusal: "I cannot draw this."
        case .malformed: #"{"variants": [{"name": "Gear", "svg": <svg/>"#
        case .politeRefusal: #"{"variants": [], "refusal": "This is somebody's trade mark."}"#
        default: toolInput(body).description
        }
    }

    /// What of the content comes before the stream ends.
    fileprivate func shortened(_ pieces: [String]) -> [String] {
        isWhole && self != .truncated ? pieces : Array(pieces.prefix(3))
    }
}

extension String {
    fileprivate func pieces(of length: Int) -> [String] {
        var rest = self[...]
        var pieces: [String] = []
        while !rest.isEmpty {
            pieces.append(String(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return pieces
    }
}
