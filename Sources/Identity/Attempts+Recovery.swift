import API
import HTTP
import Values

extension Attempts {
    static let resets = GuardLimit("reset address", tries: 10, per: .minutes(1))
    static let resetsOfAccount = GuardLimit("reset account", tries: 5, per: .minutes(1))

    /// Counts a wish for a mail, the same for addresses that nobody has.
    package func countResetWish(_ email: EmailAddress, _ call: Call) async throws {
        guard isEnabled else { return }
        try await countReset(call)
        try call.apply(try await limiter.count(Self.resetsOfAccount, email.text, at: call.now))
    }

    /// Counts a token that is shown.
    package func countReset(_ call: Call) async throws {
        guard isEnabled else { return }
        let network = call.request.client.network.description
        try call.apply(try await limiter.count(Self.resets, network, at: call.now))
    }

    /// Opens an account whose user could read a mail.
    package func unlock(_ email: EmailAddress, _ call: Call) async throws {
        guard isEnabled else { return }
        let subject = email.text + " " + call.request.client.network.description
        try await AccountLock(subject: subject).open(limiter)
    }
}
