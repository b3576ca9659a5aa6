import API
import Identity
import Outgoing
import Values

/// Looks at the providers before somebody wants to sign in with one.
package struct ProviderCheck: Sendable {
    package let providers: [Provider]
    private let directory: ProviderDirectory

    package init(_ settings: IdentitySettings, _ client: HTTPClient) {
        let catalog = ProviderCatalog(settings.oauth, settings.linking)
        providers = catalog.providers
        directory = ProviderDirectory(catalog, ProviderCaller(client: client))
    }

    /// Why nobody can be sent to the provider; nil where its addresses are known, or were found.
    package func problem(of provider: Provider, at now: Instant) async -> String? {
        do {
            _ = try await directory.places(of: provider, at: now)
            return nil
        } catch {
            let reason = (error as? Failure)?.underlying ?? error
            return "\(reason)"
        }
    }

    /// Where providers are told to send browsers back to (S1-16).
    package static func redirectURI(of provider: ProviderID, below baseURL: String) -> String {
        "\(baseURL)/api/auth/oauth/\(provider)/callback"
    }
}
