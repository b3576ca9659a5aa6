import API
import Identity
import SQL
import Values

/// Registers a user with an e-mail address and a password, and lets the caller start a session in the
/// same transaction: there is no user without what was promised with him.
///
/// Of two requests for one address the database lets one through.
struct SignUp: Sendable {
    struct Draft: Sendable {
        var email: EmailAddress
        var password: NewPassword
        var name: String?
        var image: String?
    }

    let identity: Identity

    func callAsFunction<Started: StartedSession>(
        _ draft: Draft, _ call: Call,
        thenIn start: @escaping @Sendable (User, any Transaction) async throws -> Started
    ) async throws -> Started {
        guard identity.settings.signUp.isOpen else { throw Failure.signUpClosed }
        try await identity.attempts.countSignUp(call)
        // Asked before the hash, so that a known address costs no hashing.
        guard try await identity.database.first(User.findByEmail, draft.email) == nil else {
            throw Failure.emailTaken
        }
        let hash = try await identity.passwords.hash(draft.password)
        let user = User(
            id: ID(at: call.now, from: identity.randomness), email: draft.email, name: draft.name,
            image: draft.image, createdAt: call.now)
        do {
            let started = try await identity.database.transaction { transaction in
                try await transaction.execute(
                    User.insert, user.id, user.email, user.name, user.image, hash, user.createdAt)
                let started = try await start(user, transaction)
                try await identity.record(
                    .signedUp, about: started, by: Password.name, call, in: transaction)
                return started
            }
            call.note(userID: user.id.description)
            return started
        } catch let error as DatabaseError where error.code == Self.emailTaken {
            throw Failure.emailTaken.because(error)
        }
    }

    private static let emailTaken = DatabaseError.Code.uniqueViolation(
        constraint: "users_email_key")
}
