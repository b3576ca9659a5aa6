import Bus
import SQL
import Secrets
import Values

/// Starts, finds, extends and ends sessions.
package struct Sessions: Sendable {
    let database: any Database
    let randomness: Randomness
    let settings: SessionSettings
    let cache: SessionCache
    /// What settings add to users and to sessions.
    let userFields: FieldSet
    let fields: FieldSet

    /// A session that has just started. The token is shown once: the database keeps its hash.
    package struct Started: Sendable {
        package let active: ActiveSession
        package let token: SessionToken
    }

    /// Throws `userBanned` for a user who is kept out.
    package func start(
        for user: User, on device: Device, isRemembered: Bool, at now: Instant,
        in transaction: any Transaction
    ) async throws -> Started {
        try await User.requireActive(user.id, at: now, in: transaction)
        let token = SessionToken(RandomToken.session(from: randomness))
        let session = Session(
            id: ID(at: now, from: randomness), userID: user.id,
            expiresAt: now + lifetime(isRemembered: isRemembered), createdAt: now, updatedAt: now,
            address: settings.storesAddress ? device.address : nil,
            userAgent: device.userAgent.map { String($0.prefix(Self.userAgentMax)) },
            isRemembered: isRemembered, fields: fields.shown([:]))
        try await transaction.execute(
            Session.insert, session.id, user.id, token.hash, session.expiresAt, session.address,
            session.userAgent, isRemembered, now)
        return Started(
            active: ActiveSession(
                session: session, user: try await withFields(user, in: transaction)),
            token: token)
    }

    /// The session that a token names, unless it has ended.
    package func find(
        _ token: SessionToken, at now: Instant
    ) async throws(DatabaseError) -> ActiveSession? {
        if readsFields {
            return try await database.first(SessionFields.find, token.hash, now).map(shown)
        }
        return try await database.first(Session.find, token.hash, now)
    }

    /// The session that an access token names. Asked of a cache that is at most a few seconds old
    /// and hears of revocations at once.
    package func find(
        _ id: ID<Session>, at now: Instant
    ) async throws(DatabaseError) -> ActiveSession? {
        if let cached = cache.find(id, at: now) { return cached }
        let generation = cache.generation
        guard let active = try await read(id, at: now) else { return nil }
        cache.insert(active, at: now, readAt: generation)
        return active
    }

    /// The same, asked of the database.
    func read(_ id: ID<Session>, at now: Instant) async throws(DatabaseError) -> ActiveSession? {
        if readsFields {
            return try await database.first(SessionFields.findByID, id, now).map(shown)
        }
        return try await database.first(Session.findByID, id, now)
    }

    package func isExtensionDue(_ active: ActiveSession, at now: Instant) -> Bool {
        let extended = active.session.expiresAt - lifetime(isRemembered: true)
        return active.session.isRemembered && now - extended >= settings.updateAge.duration
    }

    /// Moves a session's end when it is used and was last moved more than a day ago (`updateAge`).
    /// A session that is not to be remembered ends when it was said to.
    package func extendIfDue(
        _ active: ActiveSession, at now: Instant
    ) async throws(DatabaseError) -> ActiveSession? {
        guard isExtensionDue(active, at: now) else { return nil }
        let session = active.session
        var extended = session
        extended.expiresAt = now + lifetime(isRemembered: true)
        extended.updatedAt = now
        try await database.execute(Session.extend, session.id, extended.expiresAt, now)
        return ActiveSession(session: extended, user: active.user)
    }

    package func end(_ id: ID<Session>) async throws {
        await forget(try await database.all(Session.delete, id))
    }

    /// Deletes what has expired, a thousand rows at a time.
    package func deleteExpired(before now: Instant) async throws(DatabaseError) {
        while try await database.all(Session.deleteExpired, now).count == 1000 {}
    }

    /// What transactions that delete sessions do when they have been committed: no node answers from
    /// its cache any more.
    package func forget(_ rows: [Single<ID<Session>>]) async {
        for row in rows { await cache.revoke(row.value) }
    }

    func lifetime(isRemembered: Bool) -> Duration {
        isRemembered ? settings.expiresAfter.duration : settings.unrememberedExpiresAfter.duration
    }

    /// Characters kept of a user agent: it is shown in lists, not parsed.
    private static let userAgentMax = 255
}
