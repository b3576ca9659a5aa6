import Coding
import Identity
import Realtime
import SQL
import Values

/// What is told to the listeners of a stream.
enum StreamEvent: Sendable {
    case effect(Studio.ActivationBody, by: ID<User>)
    /// It is paused, goes on or has ended.
    case session(StreamSession)
    /// The kit of the stream was changed, or deleted.
    case brandKit(BrandKit?)
    /// An overlay has come, or has come back.
    case overlay(OverlayState, at: Instant)

    fileprivate func told(at now: Instant) throws -> TopicEvent {
        switch self {
        case .effect(let activation, let creator):
            try TopicEvent("effect", encoding: activation, from: creator.description, at: now)
        case .session(let session):
            try TopicEvent("session", encoding: Studio.CourseBody(session), at: now)
        case .brandKit(let kit):
            try TopicEvent(
                "brand-kit", encoding: ["brandKit": Nullable(kit.map(Studio.BrandKitBody.init))],
                at: now)
        case .overlay(let state, let moment):
            try TopicEvent("overlay", encoding: Studio.OverlayBody(state, at: moment), at: now)
        }
    }
}

extension Studio {
    /// Puts an event into the topic of a stream or of a creator, in the transaction of what it tells.
    /// `tell` is for afterwards.
    func append(
        _ event: StreamEvent, to topic: Topic?, at now: Instant, in transaction: any Transaction
    ) async throws {
        guard let topic else { return }
        _ = try await topics.append(try event.told(at: now), to: topic, in: transaction)
    }

    func append(
        _ event: StreamEvent, to session: ID<StreamSession>, at now: Instant,
        in transaction: any Transaction
    ) async throws {
        try await append(event, to: Topic(session), at: now, in: transaction)
    }

    func tell(_ session: ID<StreamSession>) async { await tell(Topic(session)) }

    func tell(_ topic: Topic?) async {
        if let topic { await topics.tell(topic) }
    }
}
