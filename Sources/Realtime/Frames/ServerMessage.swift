import Coding
import Values

/// What the server says that is no event.
enum ServerMessage: Hashable, Sendable {
    /// The first: who the client is taken for.
    case hello(user: String?)
    case ack(JSON?, JSONObject)
    case error(JSON?, RealtimeError)
    /// All events of resources up to `seq` were sent before it.
    case pong(JSON?, seq: Int64?)
    /// Events were lost to this client: it reads everything anew and goes on from `seq`.
    case resync(Topic, seq: Int64)
    /// The client listens to it no more: it may not.
    case left(Topic, RealtimeError)
    case presence(Topic, [JSON], count: Int)
    /// The server stops: come back after so many milliseconds.
    case reconnect(after: Duration)

    var json: JSON {
        switch self {
        case .hello(let user): ["type": "hello", "user": user.map { .string($0) } ?? .null]
        case .ack(let id, let members): Self.answer("ack", id, members)
        case .error(let id, let error): Self.answer("error", id, error.members)
        case .pong(let id, let seq):
            Self.answer("pong", id, seq.map { ["seq": .integer($0)] } ?? [:])
        case .resync(let topic, let seq):
            ["type": "resync", "topic": .string("\(topic)"), "seq": .integer(seq)]
        case .left(let topic, let error):
            [
                "type": "left", "topic": .string("\(topic)"), "code": .string(error.code),
                "message": .string(error.message),
            ]
        case .presence(let topic, let members, let count):
            [
                "type": "presence", "topic": .string("\(topic)"),
                "count": .integer(Int64(count)), "members": .list(members),
            ]
        case .reconnect(let delay):
            ["type": "reconnect", "after": .integer(delay.microseconds / 1000)]
        }
    }

    private static func answer(_ type: String, _ id: JSON?, _ members: JSONObject) -> JSON {
        var object: JSONObject = ["type": .string(type)]
        object["id"] = id
        // What an app answers does not hide which question it is the answer to.
        for member in members.members where object[member.name] == nil {
            object[member.name] = member.value
        }
        return .object(object)
    }
}
