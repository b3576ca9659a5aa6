import Coding
import Identity
import Secrets
import Values

/// An identity provider as this program knows it: where it is, who we are there, what it is asked
/// for, and how what it says about somebody is read.
package struct Provider: Sendable {
    package let id: ProviderID
    package var client: ProviderClient
    package var endpoints: ProviderEndpoints
    package var issuer: ProviderIssuer
    /// How its id_tokens are verified; nil of providers that give none, or whose are not asked for.
    package var idToken: IDTokenRules?
    package var page: ProviderPage
    /// Whether the code is bound to who started (RFC 7636).
    package var usesPKCE = true
    /// Whether an id_token of this flow is told from others by a nonce.
    package var usesNonce = false
    package var signUp = ProviderSettings.SignUpRule.always
    /// Whether its word for an address is taken even if it does not say that it is verified.
    package var isTrusted = false
    package var readProfile: @Sendable (ProviderWords) -> ProviderProfile?

    /// Whether it is one of the settings' own and none that is built in.
    package var isOwn: Bool { BuiltInProvider(rawValue: id.text) == nil }

    /// Whether somebody who is no user yet becomes one.
    package func allowsSignUp(isRequested: Bool) -> Bool {
        switch signUp {
        case .always: true
        case .requested: isRequested
        case .never: false
        }
    }
}

/// Where a provider is reached. What is missing is in the document at `discovery`.
package struct ProviderEndpoints: Hashable, Sendable {
    package var authorize: String?
    package var token: String?
    package var userInfo: String?
    package var keys: String?
    /// OpenID Connect Discovery 1.0 §4; its `issuer` must be the provider's.
    package var discovery: String?
    /// GitHub's list of a user's addresses.
    package var emails: String?
}

/// In whose name accounts are kept, so that two providers may have the same ids.
package enum ProviderIssuer: Hashable, Sendable {
    case fixed(String)
    /// The id_token's `iss`: Microsoft has one for each tenant.
    case claim

    /// The issuer of an account with these claims; nil where there must be one and is none.
    package func name(in claims: JSON?) -> String? {
        switch self {
        case .fixed(let name): name
        case .claim: claims?["iss"]?.asString.flatMap { $0.isEmpty ? nil : $0 }
        }
    }

    /// The issuer of accounts of a provider that has none.
    static func local(_ id: ProviderID) -> ProviderIssuer { .fixed("local:oauth:" + id.text) }
}
