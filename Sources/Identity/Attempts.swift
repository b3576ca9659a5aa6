import API
import HTTP
import Values

/// Limits on guessing passwords and codes.
///
/// Tries count before their outcome is known. What is counted per account is counted the same for
/// accounts that do not exist, so that the answer tells nothing.
package struct Attempts: Sendable {
    let limiter: any GuardLimiter
    package var isEnabled = true

    static let perAddress = GuardLimit("sign-in address", tries: 10, per: .minutes(1))
    static let perAccount = GuardLimit("sign-in account", tries: 5, per: .minutes(1))
    static let signUps = GuardLimit("sign-up address", tries: 10, per: .minutes(1))
    /// Failures of one account from one network before it is locked for that network.
    static let failures = GuardLimit("sign-in failures", tries: 10, per: .minutes(15))

    /// Counts a try to sign in. Throws when there were too many.
    package func countSignIn(_ email: EmailAddress, _ call: Call) async throws {
        guard isEnabled else { return }
        let network = call.request.client.network.description
        try call.apply(try await limiter.count(Self.perAddress, network, at: call.now))
        try call.apply(try await limiter.count(Self.perAccount, email.text, at: call.now))
        try await requireUnlocked(email, call)
    }

    /// Counts an account that is made, per network.
    package func countSignUp(_ call: Call) async throws {
        guard isEnabled else { return }
        let network = call.request.client.network.description
        try call.apply(try await limiter.count(Self.signUps, network, at: call.now))
    }

    /// Counts a wrong password. Throws when the account is locked for this network.
    package func countFailure(_ email: EmailAddress, _ call: Call) async throws {
        guard isEnabled else { return }
        _ = try await limiter.count(Self.failures, lockSubject(email, call), at: call.now)
    }

    /// Forgets the failures of an account whose password was given.
    package func clear(_ email: EmailAddress, _ call: Call) async throws {
        guard isEnabled else { return }
        try await limiter.clear(Self.failures, lockSubject(email, call))
    }

    /// Throws when there were too many failures lately.
    private func requireUnlocked(_ email: EmailAddress, _ call: Call) async throws {
        let state = try await limiter.look(Self.failures, lockSubject(email, call), at: call.now)
        if state.remaining == 0 { throw Failure.accountLocked.retry(after: state.resetsAfter) }
    }

    private func lockSubject(_ email: EmailAddress, _ call: Call) -> String {
        email.text + " " + call.request.client.network.description.description
    }
}
