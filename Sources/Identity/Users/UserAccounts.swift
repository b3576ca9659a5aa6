import API
import Coding
import SQL
import Secrets
import Values

/// A user with all that an operator wants to know of him.
package struct UserDetails: RowDecodable {
    package let user: User
    package let role: String?
    package let hasPassword: Bool
    package let bannedAt: Instant?
    package let banExpiresAt: Instant?
    package let banReason: String?

    package init(row: inout Row) throws(DatabaseError) {
        user = try User(row: &row)
        role = try row.next()
        hasPassword = try row.next()
        bannedAt = try row.next()
        banExpiresAt = try row.next()
        banReason = try row.next()
    }

    package func isBanned(at now: Instant) -> Bool {
        guard bannedAt != nil else { return false }
        return banExpiresAt.map { $0 > now } ?? true
    }
}

/// What an operator does with users from a shell. Each change is recorded.
package struct UserAccounts: Sendable {
    let identity: Identity
    let clock: Clock

    package init(_ identity: Identity, _ clock: Clock) {
        (self.identity, self.clock) = (identity, clock)
    }

    private var database: any Database { identity.database }

    package func create(
        _ email: EmailAddress, name: String?, role: String?, _ password: NewPassword
    ) async throws -> ID<User> {
        let hash = try await identity.passwords.hash(password)
        let now = clock.now
        let id = ID<User>(at: now, from: identity.randomness)
        do {
            try await database.transaction { transaction in
                try await transaction.execute(User.insert, id, email, name, nil, hash, now)
                if let role { try await transaction.execute(UserDetails.setRole, id, role, now) }
                try await record(
                    .userCreated, id, role.map { ["role": .string($0)] } ?? [:], now, transaction)
            }
        } catch let error as DatabaseError
            where error.code == .uniqueViolation(constraint: "users_email_key")
        {
            throw Failure.emailTaken.because(error)
        }
        return id
    }

    /// By id or by address.
    package func find(_ text: String) async throws -> UserDetails? {
        if let id = ID<User>(text) { return try await database.first(UserDetails.find, id) }
        guard let email = try? EmailAddress(text) else { return nil }
        return try await database.first(UserDetails.findByEmail, email)
    }

    /// In the order in which they registered, those after `id`.
    package func list(
        after id: ID<User>, max: Int
    ) async throws(DatabaseError) -> [UserDetails] {
        try await database.all(UserDetails.list, id, max)
    }

    package func sessionCount(of user: ID<User>) async throws(DatabaseError) -> Int {
        try await database.first(UserDetails.countSessions, user, clock.now)?.value ?? 0
    }

    /// Gives the user a role, or with nil takes his away.
    package func setRole(_ role: String?, of user: ID<User>) async throws {
        let now = clock.now
        try await database.transaction { transaction in
            if let role {
                try await transaction.execute(UserDetails.setRole, user, role, now)
            } else {
                try await transaction.execute(UserDetails.removeRole, user, now)
            }
            try await record(
                .userRoleChanged, user, ["role": role.map { .string($0) } ?? .null], now,
                transaction)
        }
        try await identity.sessions.refreshCaches(of: user)
    }

    /// Keeps the user out, for a time or for good, and ends all his sessions. Returns how many.
    package func ban(
        _ user: ID<User>, because reason: String?, until end: Instant?
    ) async throws -> Int {
        let now = clock.now
        let ended = try await database.transaction { transaction in
            try await transaction.execute(UserDetails.ban, user, now, end, reason)
            let ended = try await transaction.all(Session.deleteAll, user)
            try await record(
                .userBanned, user, end.map { ["until": .string($0.description)] } ?? [:], now,
                transaction)
            return ended
        }
        return await forget(ended)
    }

    package func unban(_ user: ID<User>) async throws {
        let now = clock.now
        try await database.transaction { transaction in
            try await transaction.execute(UserDetails.unban, user, now)
            try await record(.userUnbanned, user, [:], now, transaction)
        }
    }

    /// Takes the user's password, address, ties and sessions from him; the address may register
    /// again at once. His row stays for what refers to it (C23).
    package func delete(_ user: ID<User>, handingOver: Bool = false) async throws -> Int {
        try await identity.delete(
            user, handingOver: handingOver, by: .operator, at: clock.now)
    }

    private func record(
        _ event: AuditEvent, _ user: ID<User>, _ details: JSONObject, _ now: Instant,
        _ transaction: any Transaction
    ) async throws {
        try await identity.audit.append(
            event, about: user, by: .operator, details: details, at: now, in: transaction)
    }

    private func forget(_ sessions: [Single<ID<Session>>]) async -> Int {
        for session in sessions { await identity.sessions.cache.revoke(session.value) }
        return sessions.count
    }
}
