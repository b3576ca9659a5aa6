import API
import Coding
import HTTP
import Values

/// An icon that was drawn, or the stream of events that ends with it.
struct DrawnIcon: OperationOutput {
    private let make: @Sendable () throws -> Response

    init(_ icon: Icon) {
        make = {
            var response = try Created(Icons.IconBody(icon)).response()
            response.fields[.etag] = IconTag.of(icon).description
            return response
        }
    }

    /// `draw` is given what takes its progress. What it throws is the stream's last event, unless the
    /// client has left.
    init(
        to call: Call,
        _ draw: @escaping @Sendable (@escaping GenerateIcon.Progress) async throws -> Icon
    ) {
        make = {
            .events { writer in
                let last: ServerSentEvent
                do {
                    let icon = try await draw { step in
                        // Whoever is gone is not told; the task ends by itself then.
                        try? await writer.send(.progress(step))
                    }
                    last = try .icon(icon)
                } catch {
                    if Task.isCancelled { throw error }
                    last = .problem(
                        LateRefusal(error, Icons.surfaceErrors, Icons.allRows, to: call))
                }
                try await writer.send(last)
            }
        }
    }

    /// Whether the client asks for events rather than for the icon alone.
    static func isStreamed(_ request: Request) -> Bool {
        request.explicitlyAccepts(eventStream)
    }

    private static let eventStream = MediaType("text", "event-stream")

    func response() throws -> Response { try make() }

    static func documentation() throws -> OutputDocumentation {
        var output = try Created<Icons.IconBody>.documentation()
        output.fields = [.etag]
        output.alternatives = [
            OutputDocumentation(
                .ok, "A stream of events, as `Accept: text/event-stream` asks for.",
                mediaType: "text/event-stream", schema: .string, example: .string(example))
        ]
        return output
    }

    private static let example = """
        event: progress
        data: {"stage":"asked","attempt":1}

        event: progress
        data: {"stage":"drawn","count":1}

        event: problem
        data: {"error":"No icon could be made","code":"GENERATION_FAILED",\
        "message":"No icon could be made","status":502}


        """
}

extension ServerSentEvent {
    fileprivate static func progress(_ step: GenerationProgress) -> ServerSentEvent {
        ServerSentEvent(data: step.json.description, event: "progress")
    }

    fileprivate static func icon(_ icon: Icon) throws -> ServerSentEvent {
        let bytes = try JSONCoder.encode(Icons.IconBody(icon))
        return ServerSentEvent(data: String(decoding: bytes, as: UTF8.self), event: "icon")
    }

    fileprivate static func problem(_ refusal: LateRefusal) -> ServerSentEvent {
        ServerSentEvent(data: refusal.body.description, event: "problem")
    }
}

extension GenerationProgress {
    fileprivate var json: JSON {
        switch self {
        case .asked(let attempt): ["stage": "asked", "attempt": .integer(Int64(attempt))]
        case .waiting(let attempt, let wait):
            [
                "stage": "waiting", "attempt": .integer(Int64(attempt)),
                "seconds": .integer(wait.roundedUpToSeconds),
            ]
        case .receiving(let characters):
            ["stage": "receiving", "characters": .integer(Int64(characters))]
        case .drawn(let count): ["stage": "drawn", "count": .integer(Int64(count))]
        }
    }
}
