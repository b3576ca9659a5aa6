import Secrets
import Values

/// What a provider has given to act for a user there.
package struct ProviderTokens: Sendable {
    /// Nil where somebody has shown an id_token and nothing else.
    package var access: Secret<String>?
    package var refresh: Secret<String>?
    package var id: Secret<String>?
    package var accessExpiresAt: Instant?
    package var refreshExpiresAt: Instant?
    /// What the provider allows, in its own words; nil where it does not say.
    package var scopes: [String]?

    package init() {}

    /// These with what `newer` leaves out: a provider need not repeat a refresh token that is still
    /// good (RFC 6749 §6).
    package func renewed(by newer: ProviderTokens) -> ProviderTokens {
        var all = newer
        if newer.refresh == nil {
            (all.refresh, all.refreshExpiresAt) = (refresh, refreshExpiresAt)
        }
        if newer.id == nil { all.id = id }
        if newer.scopes == nil { all.scopes = scopes }
        return all
    }
}
