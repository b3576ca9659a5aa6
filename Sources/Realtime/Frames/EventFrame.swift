import Changes
import Coding
import HTTP
import Values

/// An event, written once for all who are told of it.
final class EventFrame: Sendable {
    let topic: Topic
    let seq: Int64
    let json: [UInt8]
    let webSocket: WebSocketFrame

    init(_ topic: Topic, _ seq: Int64, _ json: [UInt8]) {
        (self.topic, self.seq, self.json) = (topic, seq, json)
        webSocket = .text(utf8: json)
    }

    /// A change as those are told of it who see it as `kind`; `data` is left out where the row is not
    /// there for them any more.
    convenience init(_ topic: Topic, _ numbered: NumberedChange, as kind: ChangeKind) {
        let change = numbered.change
        var json = JSONOutput()
        json.open()
        json.field("type", "event")
        json.field("topic", topic.description)
        json.field("seq", numbered.seq)
        json.field("kind", kind.rawValue)
        json.field("row", change.row)
        json.field("at", change.at)
        if kind != .deleted, let row = change.after { json.field("data", row) }
        json.close()
        self.init(topic, numbered.seq, json.bytes())
    }
}
