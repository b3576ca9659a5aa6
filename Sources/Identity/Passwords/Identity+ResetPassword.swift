import API
import SQL
import Values

extension Identity {
    /// Gives a user a new password who could read the mail, and ends all of his sessions: whoever had
    /// got in is out. Throws `invalidToken`, the same for one that is used, expired or made up.
    package func resetPassword(
        _ token: VerificationToken, to password: NewPassword, _ call: Call
    ) async throws -> User {
        let now = call.now
        // Asked before the hash, so that guesses cost no hashing.
        guard try await verifications.isLive(token, .resetPassword, at: now) else {
            throw Failure.invalidToken
        }
        let hash = try await passwords.hash(password)
        let (user, ended) = try await database.transaction { transaction in
            guard
                let id = try await verifications.consume(
                    token, .resetPassword, at: now, in: transaction),
                let user = try await transaction.first(User.find, id)
            else { throw Failure.invalidToken }
            try await transaction.execute(User.setPasswordHash, id, hash, now)
            let ended = try await transaction.all(Session.deleteAll, id).map(\.value)
            try await audit.append(
                .passwordChanged, about: id, by: AuditOrigin(call, .anonymous),
                details: ["by": "mail", "endedSessions": .integer(Int64(ended.count))], at: now,
                in: transaction)
            return (user, ended)
        }
        for session in ended { await sessions.cache.revoke(session) }
        return user
    }
}
