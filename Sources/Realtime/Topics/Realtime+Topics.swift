import API
import Coding
import Identity
import Values

extension Realtime {
    /// What a client says to a topic's listeners. Its number.
    func publish(
        _ data: JSON, to topic: Topic, by caller: RealtimeCaller
    ) async throws -> Int64 {
        guard case .app(let name, let key) = topic.source else { throw Failure.forbidden }
        let now = clock.now
        let visitor = TopicVisitor(principal: caller.principal, key: nil)
        try await families.require(name).require(.publish, key, visitor, at: now)
        return try await topics.publish(
            TopicEvent("message", data, from: caller.userID, at: now), to: topic)
    }

    /// Who listens to a topic. Asked for by one who does himself.
    func members(
        of topic: Topic, for caller: RealtimeCaller
    ) async throws -> (members: [JSON], count: Int) {
        guard families.hasPresence(topic) else { throw Failure.forbidden }
        return try await presence.members(of: topic)
    }

    /// Nil where no app knows the type of message.
    func answer(
        _ said: ClientMessage, from caller: RealtimeCaller
    ) async throws -> JSONObject? {
        guard let message = families.message(said.type) else { return nil }
        return try await message.run(
            TopicCall(caller: caller.principal, members: said.members, now: clock.now))
    }
}
