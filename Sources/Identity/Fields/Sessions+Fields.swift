import API
import Coding
import SQL
import Values

extension Sessions {
    /// Whether the session's lookup reads fields, too.
    var readsFields: Bool { !userFields.isEmpty || !fields.isEmpty }

    func shown(_ found: ActiveSessionWithFields) -> ActiveSession {
        var (session, user) = (found.session, found.user)
        session.fields = fields.shown(found.sessionFields)
        user.fields = userFields.shown(found.userFields)
        return ActiveSession(session: session, user: user)
    }

    /// The user with his fields, whoever found him without.
    func withFields(
        _ user: User, in transaction: any Transaction
    ) async throws(DatabaseError) -> User {
        guard !userFields.isEmpty, user.fields == nil else { return user }
        var user = user
        let stored = try await transaction.first(UserFields.find, user.id)?.value
        user.fields = stored.flatMap { userFields.shown($0) }
        return user
    }

    /// Changes fields of a session, which shows so on all nodes when this returns.
    package func update(
        _ session: Session, _ changes: JSONObject, at now: Instant
    ) async throws -> Session {
        let stored = try await database.transaction { transaction in
            for change in changes.members {
                try await transaction.execute(
                    SessionFields.set, session.id, change.name,
                    JSONText(change.value.description))
            }
            return try await transaction.first(SessionFields.touch, session.id, now)
        }
        // Ended since the guard looked.
        guard let stored else { throw Failure.unauthorized }
        await cache.revoke(session.id)
        var updated = session
        updated.fields = fields.shown(stored.value)
        updated.updatedAt = now
        return updated
    }
}
