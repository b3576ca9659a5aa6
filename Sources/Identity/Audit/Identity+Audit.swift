import API
import SQL
import Values

/// What a sign-in has begun, in whatever form its surface hands it out.
package protocol StartedSession: Sendable {
    var active: ActiveSession { get }
}

extension Sessions.Started: StartedSession {}
extension IssuedTokens: StartedSession {}

// What happens to a session and its entry in the audit log are one transaction.

extension Identity {
    /// Records a sign-in or sign-up of a user who has shown by `method` who he is.
    package func record(
        _ event: AuditEvent, about started: some StartedSession, by method: String, _ call: Call,
        in transaction: any Transaction
    ) async throws {
        let (user, session) = (started.active.user.id, started.active.session.id)
        try await audit.append(
            event, about: user, session: session, by: AuditOrigin(call, .user(user)),
            details: ["method": .string(method)], at: call.now, in: transaction)
    }

    /// Counts and records a wrong password: the same work for an address that nobody has.
    package func recordFailure(
        _ email: EmailAddress, of user: ID<User>?, _ call: Call
    ) async throws {
        let isLocked = try await attempts.countFailure(email, call)
        try await audit.appendFailure(about: user, call)
        guard isLocked else { return }
        try await audit.append(
            .accountLocked, about: user, by: AuditOrigin(call, .anonymous), at: call.now,
            in: database)
    }

    package func signOut(_ session: ID<Session>, _ call: Call) async throws {
        try await signOut(call) { try await $0.first(SessionEnd.delete, session) }
    }

    package func signOut(_ token: SessionToken, _ call: Call) async throws {
        try await signOut(call) { try await $0.first(SessionEnd.deleteByToken, token.hash) }
    }

    private func signOut(
        _ call: Call, _ end: @escaping @Sendable (any Transaction) async throws -> SessionEnd?
    ) async throws {
        let ended = try await database.transaction { [self] transaction in
            let ended = try await end(transaction)
            if let ended {
                try await audit.append(
                    .signedOut, about: ended.user, session: ended.session,
                    by: AuditOrigin(call, .user(ended.user)), at: call.now, in: transaction)
            }
            return ended
        }
        if let ended { await sessions.cache.revoke(ended.session) }
    }

    /// Ends a session if it is the user's. Says whether it was.
    @discardableResult
    package func endSession(
        _ id: ID<Session>, of user: ID<User>, _ call: Call
    ) async throws -> Bool {
        try await revoke(of: user, call) { try await $0.all(Session.deleteOwn, id, user) } > 0
    }

    /// The same by the session's token.
    package func endSession(
        _ token: SessionToken, of user: ID<User>, _ call: Call
    ) async throws {
        let hash = token.hash
        _ = try await revoke(of: user, call) {
            try await $0.all(Session.deleteOwnByToken, hash, user)
        }
    }

    /// Ends all sessions of the user but one.
    package func endOtherSessions(
        of user: ID<User>, but kept: ID<Session>, _ call: Call
    ) async throws {
        _ = try await revoke(of: user, call) { try await $0.all(Session.deleteOthers, user, kept) }
    }

    /// Ends what a user has open anywhere, on his own wish.
    package func endAllSessions(of user: ID<User>, _ call: Call) async throws {
        _ = try await revoke(of: user, call) { try await $0.all(Session.deleteAll, user) }
    }

    /// How many sessions ended. None is nothing to record.
    private func revoke(
        of user: ID<User>, _ call: Call,
        _ end: @escaping @Sendable (any Transaction) async throws -> [Single<ID<Session>>]
    ) async throws -> Int {
        let ended = try await database.transaction { [self] transaction in
            let ended = try await end(transaction)
            if !ended.isEmpty {
                try await audit.append(
                    .sessionsRevoked, about: user, by: AuditOrigin(call, .user(user)),
                    details: ["count": .integer(Int64(ended.count))], at: call.now,
                    in: transaction)
            }
            return ended
        }
        for row in ended { await sessions.cache.revoke(row.value) }
        return ended.count
    }
}

/// A session that was ended, with whose it was.
struct SessionEnd: RowDecodable {
    let session: ID<Session>
    let user: ID<User>

    init(row: inout Row) throws(DatabaseError) {
        session = try row.next()
        user = try row.next()
    }

    static let delete = Statement(
        .write, "DELETE FROM sessions WHERE id = $1 RETURNING id, user_id",
        binds: ID<Session>.self, returns: SessionEnd.self)

    static let deleteByToken = Statement(
        .write, "DELETE FROM sessions WHERE token_hash = $1 RETURNING id, user_id",
        binds: TokenHash.self, returns: SessionEnd.self)

    static let statements: [StatementCore] = [delete.core, deleteByToken.core]
}
