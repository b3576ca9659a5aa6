import Resources

/// What a place among the listeners of a topic needs beside the listener.
struct Seat: Sendable {
    let listener: Listener
    /// As the rules of a resource look at him; of no meaning for an app's topic.
    var rules: RuleCaller
    /// Events up to this one he has.
    let after: Int64

    func wants(_ seq: Int64) -> Bool { seq > after }
}

/// What came of asking for a place.
enum Joining: Sendable {
    /// He is told of all that follows.
    case seated
    /// Events came meanwhile. These he is to be told first; then he asks again, from `through`.
    case behind([EventFrame], through: Int64)
    /// What followed is not kept any more, or it is a number that was never given.
    case resync(newest: Int64)
}

/// Tells listeners what happens: one for each kind of log, which it reads once for all of them.
protocol EventFeed: Sendable {
    /// Where the log is, for whoever wants only what comes.
    func newest(of topic: Topic) async throws -> Int64

    func join(
        _ topic: Topic, _ listener: Listener, _ rules: RuleCaller, after seq: Int64
    ) async throws -> Joining

    func leave(_ topic: Topic, _ listener: Listener)
}

extension EventFeed {
    /// Leads a listener from where he was to where the others are. Events that he missed are sent as
    /// fast as he takes them; from his place on he is told with all others, once of each.
    func follow(
        _ topic: Topic, _ listener: Listener, _ rules: RuleCaller, after seq: Int64
    ) async throws {
        var position = seq
        while listener.sink.isOpen {
            switch try await join(topic, listener, rules, after: position) {
            case .seated: return
            case .behind(let events, let through):
                for event in events { try await listener.sink.send(event) }
                position = through
            case .resync(let newest):
                try await listener.sink.say(.resync(topic, seq: newest))
                position = newest
            }
        }
    }
}
