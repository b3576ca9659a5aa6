import SQL
import Values

// What a user does with his sessions: of others' he learns nothing, not even whether they are there.

extension Sessions {
    /// The sessions of a user that have not ended, the newest first.
    package func list(
        of user: ID<User>, at now: Instant
    ) async throws(DatabaseError) -> [Session] {
        if fields.isEmpty { return try await database.all(Session.list, user, now) }
        return try await database.all(SessionFields.list, user, now).map { found in
            var session = found.session
            session.fields = fields.shown(found.fields)
            return session
        }
    }

    /// Has all nodes read the user's sessions anew, because what they show of him has changed.
    package func refreshCaches(of user: ID<User>) async throws {
        await forget(try await database.all(Session.ids, user))
    }

    /// Whether the user has signed in so lately that he need not show again who he is. Using a session
    /// does not make it fresh.
    package func isFresh(_ session: Session, at now: Instant) -> Bool {
        now - session.createdAt < settings.freshAge.duration
    }
}
