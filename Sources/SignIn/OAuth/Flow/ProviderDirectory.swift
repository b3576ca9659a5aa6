import API
import Coding
import Identity
import Secrets
import Values

/// What has been learnt from providers about themselves: their addresses and keys, for an hour.
///
/// It holds one entry for each provider of the settings, so nothing from outside makes it grow.
final class ProviderDirectory: Sendable {
    private struct Entry: Sendable {
        let places = Remembered<ProviderPlaces>(keptFor: .hours(1))
        let keys = Remembered<KeySet>(keptFor: .hours(1))
    }

    /// After this time keys are looked for again where a token names one that is unknown.
    static let keysPause: Duration = .minutes(2)

    private let caller: ProviderCaller
    private let entries: [ProviderID: Entry]

    init(_ catalog: ProviderCatalog, _ caller: ProviderCaller) {
        self.caller = caller
        entries = Dictionary(catalog.providers.map { ($0.id, Entry()) }) { first, _ in first }
    }

    func places(of provider: Provider, at now: Instant) async throws -> ProviderPlaces {
        guard let discovery = provider.endpoints.discovery, let entry = entries[provider.id] else {
            return try ProviderPlaces(provider, document: nil)
        }
        return try await entry.places.value(at: now) { [caller] in
            try ProviderPlaces(provider, document: try await caller.get(discovery))
        }
    }

    func keys(of provider: Provider, at now: Instant) async throws -> KeySet {
        let entry = try entry(of: provider)
        return try await entry.keys.value(at: now) { [self] in
            try await fetchKeys(of: provider, now)
        }
    }

    /// The keys fetched again, where that was not done lately.
    func renewedKeys(of provider: Provider, at now: Instant) async throws -> KeySet? {
        try await entry(of: provider).keys.renewed(at: now, pause: Self.keysPause) { [self] in
            try await fetchKeys(of: provider, now)
        }
    }

    private func entry(of provider: Provider) throws -> Entry {
        guard let entry = entries[provider.id] else { throw Failure.unknownProvider }
        return entry
    }

    private func fetchKeys(of provider: Provider, _ now: Instant) async throws -> KeySet {
        guard let place = try await places(of: provider, at: now).keys else {
            throw Failure.providerFaulty.because(
                ProviderProblem("\(provider.id) does not say where its keys are"))
        }
        guard let keys = KeySet(jwks: try await caller.get(place)) else {
            throw Failure.providerFaulty.because(ProviderProblem("\(place) is no set of keys"))
        }
        return keys
    }
}
