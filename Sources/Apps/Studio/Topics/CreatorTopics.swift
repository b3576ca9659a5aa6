import API
import Identity
import Realtime
import SQL
import Values

/// `studio/creators/<id>`: that a session of a creator's has begun, for himself and for the overlay that
/// shows each of them. What happens on it is at the session's own topic.
struct CreatorTopics: TopicFamily {
    static let name = "studio/creators"

    let studio: Studio

    var name: String { Self.name }
    var messages: [TopicMessage] { studio.creatorMessages }

    /// A creator who is not there and a key that is none of his are answered alike.
    func require(
        _ action: TopicAction, _ key: String, _ visitor: TopicVisitor, at now: Instant
    ) async throws {
        guard action == .listen else { throw Failure.forbidden }
        guard let id = ID<User>(key) else { throw Failure.topicNotFound }
        if try visitor.creator() == id { return }
        let shown = try visitor.requireKey()
        guard try await studio.opens(shown.text, id) else { throw Failure.topicNotFound }
    }
}

extension Topic {
    /// A creator's.
    init?(_ creator: ID<User>) {
        self.init(CreatorTopics.name, creator.description)
    }
}

extension Studio {
    /// Whether a key is that of the creator's lasting link. It is compared where there is none, too, so
    /// that both take as long.
    func opens(_ key: String, _ creator: ID<User>) async throws -> Bool {
        let number = try await database.first(Creator.overlayNumber, creator)?.value
        return overlayKeys.isKey(key, of: creator, number: number ?? 0) && number != nil
    }
}
