import Coding
import Identity
import Values

/// What an id_token of a provider must say about where it comes from, beside what any must: a
/// signature of the provider's keys, our client id as its audience, and an end that is ahead.
package struct IDTokenRules: Sendable {
    /// Who may have signed it, by the claim `iss`.
    package enum Issuer: Hashable, Sendable {
        case oneOf([String])
        /// `https://login.microsoftonline.com/<tid>/v2.0` with the token's own `tid`.
        case microsoft(tenant: String)
    }

    package var issuer: Issuer
    /// Whether the profile comes from here, so that there must be one.
    package var isRequired: Bool
    /// Whether somebody may sign in by showing one (`idToken` of better-auth's sign-in).
    package var canSignIn = true
    /// Whether the nonce may stand in it as its SHA-256 in hexadecimal: Apple's programs do that.
    package var takesHashedNonce = false

    package func accepts(issuerOf claims: JSON) -> Bool {
        guard let name = claims["iss"]?.asString else { return false }
        switch issuer {
        case .oneOf(let names): return names.contains(name)
        case .microsoft(let tenant): return Self.isMicrosoft(name, claims, tenant)
        }
    }

    /// The directory of everybody's personal accounts.
    private static let consumers = "9188040d-6c67-4c5b-b112-36a304b66dad"

    private static func isMicrosoft(_ name: String, _ claims: JSON, _ tenant: String) -> Bool {
        guard let id = claims["tid"]?.asString, ID<Provider>(id) != nil,
            name == "https://login.microsoftonline.com/\(id)/v2.0"
        else { return false }
        switch tenant {
        case "common": return true
        case "organizations": return id != consumers
        case "consumers": return id == consumers
        default: return id == tenant
        }
    }
}
