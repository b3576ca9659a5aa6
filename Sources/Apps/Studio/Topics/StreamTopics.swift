import API
import Coding
import Identity
import Realtime
import Values

/// `studio/sessions/<id>`: what happens on a stream, for its creator's pages and its overlay. The studio
/// itself speaks there, and nobody else (S4-13).
struct StreamTopics: TopicFamily {
    static let name = "studio/sessions"

    let studio: Studio

    var name: String { Self.name }
    var messages: [TopicMessage] { studio.messages }
    var failures: [FailureRow] {
        Studio.rows + [
            FailureRow(.tooManyRequests, .tooManyRequests, "RATE_LIMITED", "Too many requests")
        ]
    }

    func require(
        _ action: TopicAction, _ key: String, _ visitor: TopicVisitor, at now: Instant
    ) async throws {
        guard action == .listen else { throw Failure.forbidden }
        guard let id = ID<StreamSession>(key) else { throw Failure.topicNotFound }
        if let user = try visitor.creator(),
            try await studio.database.first(StreamSession.find, id)?.creator == user
        {
            return
        }
        let shown = try visitor.requireKey()
        do {
            _ = try await studio.stream(id, openedBy: shown.text)
        } catch let failure as Failure where failure == .sessionNotFound {
            throw Failure.topicNotFound
        }
    }
}

extension TopicVisitor {
    /// Whose pages they are who comes. An API key without the scope is nobody's who shows an overlay's key,
    /// too.
    func creator() throws -> ID<User>? {
        guard let principal else { return nil }
        if case .key(let holder) = principal, !holder.scopes.contains(.studioRead) {
            if key == nil { try holder.require(.studioRead) }
            return nil
        }
        return principal.user?.id
    }

    /// For who is not the creator.
    func requireKey() throws -> TopicKey {
        if let key { return key }
        throw principal == nil ? Failure.unauthorized : .topicNotFound
    }
}

extension Topic {
    init?(_ session: ID<StreamSession>) {
        self.init(StreamTopics.name, session.description)
    }
}

extension Studio {
    package var topicFamilies: [any TopicFamily] {
        [StreamTopics(studio: self), CreatorTopics(studio: self)]
    }

    /// A stream that is under way, for who shows its key, or the lasting one of its creator.
    func stream(
        _ id: ID<StreamSession>, openedBy key: String
    ) async throws -> StreamSession {
        guard let session = try await database.first(StreamSession.find, id),
            try await opens(key, session)
        else { throw Failure.sessionNotFound }
        if session.status == .ended { throw Failure.sessionEnded }
        return session
    }

    private func opens(_ key: String, _ session: StreamSession) async throws -> Bool {
        if overlayKeys.isKey(key, of: session.id) { return true }
        return try await opens(key, session.creator)
    }
}
