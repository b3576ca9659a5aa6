import API
import HTTP
import Values

/// Limits on guessing passwords and codes.
///
/// Tries count before their outcome is known. What is counted per account is counted the same for
/// accounts that do not exist, so that the answer tells nothing.
package struct Attempts: Sendable {
    let limiter: any GuardLimiter
    let isEnabled: Bool

    static let perAddress = GuardLimit("sign-in address", tries: 10, per: .minutes(1))
    static let perAccount = GuardLimit("sign-in account", tries: 5, per: .minutes(1))
    static let signUps = GuardLimit("sign-up address", tries: 10, per: .minutes(1))

    /// Counts a try to sign in. Throws when there were too many, or the account is locked.
    package func countSignIn(_ email: EmailAddress, _ call: Call) async throws {
        guard isEnabled else { return }
        let network = call.request.client.network.description
        try call.apply(try await limiter.count(Self.perAddress, network, at: call.now))
        try call.apply(try await limiter.count(Self.perAccount, email.text, at: call.now))
        try await lock(email, call).requireOpen(limiter, at: call.now)
    }

    /// Counts an account that is made, per network.
    package func countSignUp(_ call: Call) async throws {
        guard isEnabled else { return }
        let network = call.request.client.network.description
        try call.apply(try await limiter.count(Self.signUps, network, at: call.now))
    }

    /// Counts a wrong password. Says whether it has locked the account.
    @discardableResult
    package func countFailure(_ email: EmailAddress, _ call: Call) async throws -> Bool {
        guard isEnabled else { return false }
        return try await lock(email, call).countFailure(limiter, at: call.now)
    }

    /// Forgets the failures of an account whose password was given.
    package func clear(_ email: EmailAddress, _ call: Call) async throws {
        guard isEnabled else { return }
        try await lock(email, call).clear(limiter)
    }

    /// Of the account for the caller's network: nobody elsewhere can lock its user out. A crowd of
    /// networks is held to `perAccount`, which keeps it below a hundred tries in any quarter of an hour.
    private func lock(_ email: EmailAddress, _ call: Call) -> AccountLock {
        AccountLock(subject: email.text + " " + call.request.client.network.description)
    }
}
