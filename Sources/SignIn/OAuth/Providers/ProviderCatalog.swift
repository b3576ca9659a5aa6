import Identity
import Secrets
import Values

/// The providers that are on, in the order in which the settings have them.
package struct ProviderCatalog: Sendable {
    package let providers: [Provider]

    package init(_ settings: OAuthSettings, _ linking: LinkingSettings = LinkingSettings()) {
        let builtIn = BuiltInProvider.allCases.compactMap { Provider($0, settings) }
        let own = settings.providers.map { Provider($0) }
        let trusted = Set(linking.trustedProviders)
        providers = (builtIn + own).map { provider in
            var provider = provider
            provider.isTrusted = trusted.contains(provider.id)
            return provider
        }
    }

    package func find(_ id: ProviderID) -> Provider? { providers.first { $0.id == id } }

    /// Nil for what is no id, too.
    package func find(_ text: String) -> Provider? { providers.first { $0.id.text == text } }
}
