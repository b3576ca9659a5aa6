import Coding
import HTTP
import Outgoing

/// Puts a streamed message together while it comes.
struct MessageStream {
    private var decoder = EventDecoder()
    private var blocks: [Int64: String] = [:]
    private var tools: Set<Int64> = []
    private var stopReason: String?
    private var isComplete = false
    private var problem: GenerationProblem?

    /// Of text and of what goes to tools.
    private(set) var characters = 0

    mutating func take(_ bytes: [UInt8]) {
        do {
            for event in try decoder.take(bytes) { take(event) }
        } catch {
            problem = problem ?? .noIcon(.isMalformed)
        }
    }

    private mutating func take(_ event: ServerSentEvent) {
        guard let json = try? JSON(parsing: Array(event.data.utf8)) else { return }
        switch json["type"]?.asString {
        case "content_block_start": begin(json)
        case "content_block_delta": add(json["delta"], to: json["index"]?.asInteger)
        case "message_delta": stopReason = json["delta"]?["stop_reason"]?.asString ?? stopReason
        case "message_stop": isComplete = true
        case "error": problem = problem ?? GenerationProblem(error: json)
        default: break  // Pings, and what other versions may add.
        }
    }

    private mutating func begin(_ json: JSON) {
        guard let index = json["index"]?.asInteger, let block = json["content_block"] else {
            return
        }
        if block["type"]?.asString == "tool_use" { tools.insert(index) }
        blocks[index] = block["text"]?.asString ?? ""
    }

    private mutating func add(_ delta: JSON?, to index: Int64?) {
        guard let index,
            let more = delta?["partial_json"]?.asString ?? delta?["text"]?.asString
        else { return }
        blocks[index, default: ""] += more
        characters += more.count
    }

    /// What has come, now that the exchange has ended so.
    func answer(
        _ outcome: Result<OutgoingAnswer, OutgoingFailure>
    ) throws(GenerationProblem) -> MessageAnswer {
        switch outcome {
        case .failure(let failure): throw problem ?? GenerationProblem(failure)
        case .success(let answer):
            if let problem = GenerationProblem(answer) ?? problem { throw problem }
            if isComplete { return message }
            // The end of the stream was cut off, or there was none.
            guard let json = try? JSON(parsing: answer.body) else {
                throw answer.isStream ? .down : .noIcon(.isMalformed)
            }
            return try MessageAnswer(json)
        }
    }

    private var message: MessageAnswer {
        var answer = MessageAnswer()
        for (index, text) in blocks.sorted(by: { $0.key < $1.key }) {
            if tools.contains(index) { answer.inputs.append(text) } else { answer.text += text }
        }
        answer.stopReason = stopReason
        return answer
    }
}

extension OutgoingAnswer {
    fileprivate var isStream: Bool {
        fields[.contentType]?.lowercased().hasPrefix("text/event-stream") == true
    }
}
