import API
import SQL
import Values

extension Identity {
    /// Gives a user a new password who could read the mail, and ends all of his sessions unless a
    /// setting keeps them: whoever had got in is out. Throws `invalidToken`, the same for what is used,
    /// expired or made up.
    package func resetPassword(
        _ proof: MailProof, to password: NewPassword, _ call: Call
    ) async throws -> User {
        // Asked before the hash, so that guesses cost no hashing.
        guard try await verifications.isLive(proof, .resetPassword, at: call.now) else {
            return try await countWrong(proof, call)
        }
        let hash = try await passwords.hash(password)
        let (user, ended) = try await consume(proof, .resetPassword, call) {
            [self] verification, transaction in
            guard let user = try await transaction.first(User.find, verification.user) else {
                throw Failure.invalidToken
            }
            return (user, try await setPassword(hash, of: user.id, call, transaction))
        }
        await sessions.forget(ended)
        return user
    }

    /// Trying a code is what counts it.
    private func countWrong(_ proof: MailProof, _ call: Call) async throws -> User {
        try await consume(proof, .resetPassword, call) { _, _ in throw Failure.invalidToken }
    }

    private func setPassword(
        _ hash: String, of user: ID<User>, _ call: Call, _ transaction: any Transaction
    ) async throws -> [Single<ID<Session>>] {
        try await transaction.execute(User.setPasswordHash, user, hash, call.now)
        try await verifications.consumeAll(of: user, at: call.now, in: transaction)
        let ended =
            settings.password.resetEndsSessions
            ? try await transaction.all(Session.deleteAll, user) : []
        try await audit.append(
            .passwordChanged, about: user, by: AuditOrigin(call, .anonymous),
            details: ["by": "mail", "endedSessions": .integer(Int64(ended.count))], at: call.now,
            in: transaction)
        return ended
    }
}
