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
    let mails: UserMails
    private var identity: Identity { mails.identity }

    func callAsFunction<Started: StartedSession>(
        email: EmailAddress, password: Secret<String>, callbackURL: String? = nil, _ call: Call,
        thenIn start: @escaping @Sendable (User, any Transaction) async throws -> Started
    ) async throws -> Started {
        guard identity.settings.password.isOn else { throw Failure.passwordsOff }
        try await identity.attempts.countSignIn(email, call)
        let found = try await identity.database.first(User.findByEmail, email)
        guard try await identity.passwords.check(password, of: found), let found else {
            try await identity.recordFailure(email, of: found?.user.id, call)
            throw Failure.invalidCredentials
        }
        let user = found.user
        call.note(userID: user.id.description)
        try await identity.attempts.clear(email, call)
        try await requireVerified(user, callbackURL, call)
        return try await identity.database.transaction { transaction in
            let started = try await start(user, transaction)
            try await identity.record(
                .signedIn, about: started, by: Password.name, call, in: transaction)
            return started
        }
    }

    /// Only who knows the password hears that the address was not confirmed, and gets another mail.
    private func requireVerified(
        _ user: User, _ callbackURL: String?, _ call: Call
    ) async throws {
        guard identity.settings.verification.required, !user.isEmailVerified else { return }
        try await identity.database.transaction { transaction in
            try await mails.verifyEmail(
                of: user, callbackURL: callbackURL, at: call.now, in: transaction)
        }
        await mails.wake()
        throw Failure.emailNotVerified
    }
}
