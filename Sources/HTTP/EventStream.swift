/// One event of a stream of server-sent events (HTML §9.2).
package struct ServerSentEvent: Sendable, Hashable {
    package var data: String
    package var event: String?
    package var id: String?
    /// How long a client waits before it connects again.
    package var retry: Duration?

    package init(data: String, event: String? = nil, id: String? = nil, retry: Duration? = nil) {
        self.data = data
        self.event = event
        self.id = id
        self.retry = retry
    }

    /// Lines of `data` become lines of the event; a line end in another field would begin a field
    /// of its own and is left out.
    package var text: String {
        var text = ""
        if let event { text += "event: \(Self.oneLine(event))\n" }
        if let id { text += "id: \(Self.oneLine(id))\n" }
        if let retry { text += "retry: \(retry.components.seconds * 1000)\n" }
        for line in Self.lines(data) { text += "data: \(line)\n" }
        return text + "\n"
    }

    private static func oneLine(_ text: String) -> String {
        String(decoding: text.utf8.filter { $0 != 10 && $0 != 13 && $0 != 0 }, as: UTF8.self)
    }

    /// CRLF is one end of a line, and one character of Swift's.
    private static func lines(_ text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false) { ["\n", "\r", "\r\n"].contains($0) }
    }
}

/// Writes server-sent events to a streamed response.
package struct EventWriter: Sendable {
    private let writer: ResponseWriter

    package init(_ writer: ResponseWriter) { self.writer = writer }

    package func send(_ event: ServerSentEvent) async throws(WriteError) {
        try await writer.write(event.text)
    }

    /// Keeps proxies from closing a quiet stream.
    package func comment() async throws(WriteError) { try await writer.write(":\n\n") }
}

extension Response {
    /// A stream of events that no proxy buffers or caches.
    package static func events(
        _ produce: @escaping @Sendable (EventWriter) async throws -> Void
    ) -> Response {
        Response(
            .ok, fields: eventFields,
            body: .stream { writer in try await produce(EventWriter(writer)) })
    }

    private static let eventFields: Fields = [
        .contentType: "text/event-stream", .cacheControl: "no-cache, no-transform",
        FieldName("x-accel-buffering"): "no",
    ]
}
