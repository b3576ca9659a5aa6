import API
import Coding
import HTTP
import Values

/// Writes one stream of events, and knows where each of its topics is.
struct EventStream {
    private let topics: [Topic]
    private var positions: [Int64?]

    init(_ topics: [Topic], _ since: Positions?) {
        self.topics = topics
        positions = since?.list ?? topics.map { _ in nil }
    }

    /// Returns when the queue or the client has ended.
    func write(_ queue: EventQueue, to writer: EventWriter) async {
        var stream = self
        while let items = await queue.next() {
            for item in items {
                do throws(WriteError) {
                    try await stream.write(item, writer)
                } catch {
                    return
                }
            }
        }
    }

    private mutating func write(
        _ item: EventQueue.Item, _ writer: EventWriter
    ) async throws(WriteError) {
        switch item {
        case .comment: try await writer.comment()
        case .event(let frame):
            move(frame.topic, to: frame.seq)
            try await writer.send(event("event", frame.json))
        case .message(let message):
            note(message)
            try await writer.send(event(message.name, message.json.bytes()))
        }
    }

    private func event(_ name: String, _ json: [UInt8]) -> ServerSentEvent {
        var event = ServerSentEvent(data: String(decoding: json, as: UTF8.self), event: name)
        // Only where all topics are known is there a place to go on from.
        let known = positions.compactMap { $0 }
        if known.count == topics.count { event.id = known.map(String.init).joined(separator: ",") }
        return event
    }

    private mutating func note(_ message: ServerMessage) {
        switch message {
        case .ack(_, let members):
            guard let topic = members["topic"]?.asString.flatMap({ Topic($0) }),
                let seq = members["seq"]?.asInteger
            else { return }
            move(topic, to: seq)
        case .resync(let topic, let seq): move(topic, to: seq)
        default: break
        }
    }

    private mutating func move(_ topic: Topic, to seq: Int64) {
        if let index = topics.firstIndex(of: topic) { positions[index] = seq }
    }
}

extension ServerMessage {
    /// The name of the event that carries it; the same as its type.
    fileprivate var name: String { json["type"]?.asString ?? "message" }
}

/// A stream of events as an operation answers it.
struct EventStreamAnswer: OperationOutput {
    let produce: @Sendable (EventWriter) async throws -> Void

    static func documentation() -> OutputDocumentation {
        OutputDocumentation(
            .ok, "Events until one side ends it.", mediaType: "text/event-stream", schema: .string,
            example: .string(
                """
                id: 1024
                event: event
                data: {"type":"event","topic":"resources/items","seq":1024,"kind":"deleted",…}

                """))
    }

    func response() -> Response { .events(produce) }
}
