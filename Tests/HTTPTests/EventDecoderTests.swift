import Testing

@testable import HTTP

/// HTML §9.2.6.
struct EventDecoderTests {
    private func events(_ text: String, piece: Int = .max) throws -> [ServerSentEvent] {
        var decoder = EventDecoder()
        var events: [ServerSentEvent] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            events += try decoder.take(Array(rest.prefix(piece)))
            rest = rest.dropFirst(piece)
        }
        return events
    }

    private static let text = """
        \u{feff}: a comment\r\nevent: a\rdata: one\ndata:two\n\nid: 7\ndata\n\r\n\
        data:  spaced: x\nunknown: y\nretry: 1500\n\ndata: never ends
        """

    private static let wanted = [
        ServerSentEvent(data: "one\ntwo", event: "a"), ServerSentEvent(data: "", id: "7"),
        ServerSentEvent(data: " spaced: x", id: "7", retry: .milliseconds(1500)),
    ]

    @Test(arguments: [1, 2, 3, 7, .max])
    func `events are the same whatever pieces they come in`(_ piece: Int) throws {
        #expect(try events(Self.text, piece: piece) == Self.wanted)
    }

    @Test func `what we write is read as it was`() throws {
        let event = ServerSentEvent(data: "a\nb: c\n", event: "e", id: "1", retry: .seconds(2))
        #expect(try events(event.text + event.text) == [event, event])
    }

    @Test func `an event without data is none, and an id with a NUL is not kept`() throws {
        #expect(try events("event: a\n\nid: a\u{0}b\ndata: x\n\n") == [ServerSentEvent(data: "x")])
        #expect(try events("retry: 1x\ndata: y\n\n\n\n") == [ServerSentEvent(data: "y")])
    }

    @Test func `a line or an event that is too long ends it`() throws {
        var decoder = EventDecoder(bytesMax: 8)
        #expect(try decoder.take(Array("data: ab".utf8)).isEmpty)
        #expect(throws: EventDecoder.TooLong.self) { try decoder.take([0x61]) }
        var other = EventDecoder(bytesMax: 8)
        #expect(throws: EventDecoder.TooLong.self) {
            try other.take(Array("data:abc\ndata:abc\ndata:abc\n".utf8))
        }
    }
}
