import API
import HTTP
import Values

extension Attempts {
    static let resets = GuardLimit("reset address", tries: 10, per: .minutes(1))
    static let resetsOfAccount = GuardLimit("reset account", tries: 5, per: .minutes(1))
    static let codes = GuardLimit("mailed codes", tries: 10, per: .minutes(15))
    static let mails = GuardLimit("unasked mails", tries: 5, per: .minutes(60))

    /// Counts a wish for a mail, the same for addresses that nobody has.
    package func countResetWish(_ email: EmailAddress, _ call: Call) async throws {
        guard isEnabled else { return }
        try await countReset(call)
        try call.apply(try await limiter.count(Self.resetsOfAccount, email.text, at: call.now))
    }

    /// Counts a mail to an address that its reader did not ask for by himself. False when there were as
    /// many as may be: then it is not sent, and nobody is told.
    package func mayMail(_ email: EmailAddress, _ call: Call) async throws -> Bool {
        guard isEnabled else { return true }
        return try await !limiter.count(Self.mails, email.text, at: call.now).isOver
    }

    /// Counts a code that is tried, the same for addresses that nobody has.
    package func countCode(_ email: EmailAddress, _ call: Call) async throws {
        guard isEnabled else { return }
        try await countReset(call)
        try call.apply(try await limiter.count(Self.codes, email.text, at: call.now))
    }

    /// Counts what is shown of a mail.
    package func count(_ proof: MailProof, _ call: Call) async throws {
        switch proof {
        case .token: try await countReset(call)
        case .code(_, let email): try await countCode(email, call)
        }
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
