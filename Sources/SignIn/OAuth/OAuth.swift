import API
import Identity
import Outgoing
import Surfaces
import Values

/// Signing in with an account elsewhere, by OAuth 2.0 and OpenID Connect.
///
/// The way of a sign-in, which each surface dresses in its own words: `start` sends a browser to the
/// provider and remembers it; `open` takes it back, once; `prove` asks the provider who came; then
/// `signIn` starts a session for him, or `link` ties the account to a user. What `prove` gives can
/// also come from an id_token that an app shows (`proveIDToken`).
package struct OAuth: Sendable {
    package static let name = "oauth"

    let identity: Identity
    package let catalog: ProviderCatalog
    let caller: ProviderCaller
    let directory: ProviderDirectory
    let baseURL: String
    let isSecure: Bool

    /// `client` asks the providers; below `baseURL` they send browsers back.
    package init(_ identity: Identity, _ client: HTTPClient, baseURL: String) {
        self.identity = identity
        catalog = ProviderCatalog(identity.settings.oauth, identity.settings.linking)
        caller = ProviderCaller(client: client)
        directory = ProviderDirectory(catalog, caller)
        self.baseURL = baseURL
        isSecure = baseURL.hasPrefix("https://")
    }

    func require(_ id: String) throws -> Provider {
        guard let provider = catalog.find(id) else { throw Failure.unknownProvider }
        return provider
    }

    /// How a sign-in with a provider is called in the audit log.
    static func method(_ provider: Provider) -> String { "oauth:" + provider.id.text }
}
