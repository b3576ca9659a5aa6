import API
import SQL
import Secrets
import Values

extension Identity {
    /// What `confirm` may throw.
    package static let confirmationFailures: [Failure] = [
        .wrongPassword, .noPassword, .accountLocked,
    ]

    /// Makes sure that who is signed in as a user knows his password, and returns its hash.
    ///
    /// Tries count as sign-ins do: whoever finds an open browser guesses no faster there.
    @discardableResult
    package func confirm(
        _ password: Secret<String>, of user: User, _ call: Call
    ) async throws -> String {
        try await attempts.countSignIn(user.email, call)
        let found = try await database.first(User.findWithPassword, user.id)
        guard let hash = found?.passwordHash else { throw Failure.noPassword }
        guard try await passwords.matches(password, hash) else {
            try await recordFailure(user.email, of: user.id, call)
            throw Failure.wrongPassword
        }
        try await attempts.clear(user.email, call)
        return hash
    }

    /// Which sessions end with the old password.
    package enum SessionsToEnd: Sendable {
        case none, others(but: ID<Session>), all
    }

    /// Changes the password of a user who knows the one he has. What `thenIn` writes, such as a new
    /// session, is written with it or not at all.
    package func changePassword(
        of user: User, from old: Secret<String>, to new: NewPassword, ending: SessionsToEnd,
        _ call: Call,
        thenIn finish: @escaping @Sendable (User, any Transaction) async throws -> Sessions.Started?
    ) async throws -> (user: User, started: Sessions.Started?) {
        let oldHash = try await confirm(old, of: user, call)
        let newHash = try await passwords.hash(new)
        let (changed, ended, started) = try await database.transaction { [self] transaction in
            let found = try await transaction.first(
                User.changePassword, user.id, newHash, oldHash, call.now)
            guard var changed = found else { throw Failure.wrongPassword }
            changed.fields = user.fields
            // A mail that was on its way when he changed it is not to undo it.
            try await verifications.consumeAll(of: user.id, at: call.now, in: transaction)
            let ended =
                switch ending {
                case .none: [Single<ID<Session>>]()
                case .others(let kept):
                    try await transaction.all(Session.deleteOthers, user.id, kept)
                case .all: try await transaction.all(Session.deleteAll, user.id)
                }
            try await audit.append(
                .passwordChanged, about: user.id, by: AuditOrigin(call, .user(user.id)),
                details: ["endedSessions": .integer(Int64(ended.count))], at: call.now,
                in: transaction)
            return (changed, ended, try await finish(changed, transaction))
        }
        await sessions.forget(ended)
        return (changed, started)
    }
}
