import API
import Identity
import SQL
import Secrets
import Values

/// Signs a user in who knows his password.
///
/// An address that nobody has and a wrong password cost the same work and get the same answer. Tries
/// are counted, per address and per account, before the password is looked at.
struct SignInWithPassword: Sendable {
    let identity: Identity

    func callAsFunction<Started: StartedSession>(
        email: EmailAddress, password: Secret<String>, _ call: Call,
        thenIn start: @escaping @Sendable (User, any Transaction) async throws -> Started
    ) async throws -> Started {
        try await identity.attempts.countSignIn(email, call)
        let found = try await identity.database.first(User.findByEmail, email)
        guard try await identity.passwords.check(password, of: found), let found else {
            try await identity.recordFailure(email, of: found?.user.id, call)
            throw Failure.invalidCredentials
        }
        let user = found.user
        call.note(userID: user.id.description)
        try await identity.attempts.clear(email, call)
        return try await identity.database.transaction { transaction in
            let started = try await start(user, transaction)
            try await identity.record(
                .signedIn, about: started, by: Password.name, call, in: transaction)
            return started
        }
    }
}
