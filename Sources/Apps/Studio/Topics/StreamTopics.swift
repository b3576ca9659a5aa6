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
        if let principal = visitor.principal,
            try await isOwn(id, principal, asksForScope: visitor.key == nil)
        {
            return
        }
        guard let shown = visitor.key else {
            throw visitor.principal == nil ? Failure.unauthorized : .topicNotFound
        }
        do {
            _ = try await studio.stream(id, openedBy: shown.text)
        } catch let failure as Failure where failure == .sessionNotFound {
            throw Failure.topicNotFound
        }
    }

    /// An API key without the scope is nobody's who shows the overlay's key, too.
    private func isOwn(
        _ id: ID<StreamSession>, _ principal: Principal, asksForScope: Bool
    ) async throws -> Bool {
        if case .key(let holder) = principal, !holder.scopes.contains(.studioRead) {
            if asksForScope { try holder.require(.studioRead) }
            return false
        }
        guard let user = principal.user else { return false }
        return try await studio.database.first(StreamSession.find, id)?.creator == user.id
    }
}

extension Topic {
    init?(_ session: ID<StreamSession>) {
        self.init(StreamTopics.name, session.description)
    }
}

extension Studio {
    package var topicFamily: any TopicFamily { StreamTopics(studio: self) }

    /// A stream that is under way, for who shows its key.
    func stream(
        _ id: ID<StreamSession>, openedBy key: String
    ) async throws -> StreamSession {
        guard overlayKeys.isKey(key, of: id),
            let session = try await database.first(StreamSession.find, id)
        else { throw Failure.sessionNotFound }
        if session.status == .ended { throw Failure.sessionEnded }
        return session
    }
}
