import API
import HTTP
import Values

extension Attempts {
    static let providerStarts = GuardLimit("provider address", tries: 30, per: .minutes(1))
    static let codeExchanges = GuardLimit("exchange address", tries: 30, per: .minutes(1))

    /// Counts somebody who is sent to a provider: each is a row until he comes back.
    package func countProviderStart(_ call: Call) async throws {
        try await count(Self.providerStarts, call)
    }

    /// Counts a code that is shown.
    package func countCodeExchange(_ call: Call) async throws {
        try await count(Self.codeExchanges, call)
    }

    private func count(_ limit: GuardLimit, _ call: Call) async throws {
        guard isEnabled else { return }
        let network = call.request.client.network.description
        try call.apply(try await limiter.count(limit, network, at: call.now))
    }
}
