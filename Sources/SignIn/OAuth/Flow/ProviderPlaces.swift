import API
import Coding
import Identity

/// Where a provider is reached, with nothing missing that it has.
struct ProviderPlaces: Sendable {
    let authorize: String
    let token: String
    let userInfo: String?
    let keys: String?
    let emails: String?
    /// Whether each answer of the provider's page names its issuer (RFC 9207).
    let namesIssuer: Bool

    /// Throws unless the document is the provider's own and names what is missing. Only addresses to
    /// which secrets may be sent are taken from it.
    init(_ provider: Provider, document: JSON?) throws {
        if let document { try Self.check(document, of: provider) }
        func place(_ given: String?, _ name: String) -> String? {
            given ?? (document?[name]?.asString).flatMap { try? ProviderURL($0) }?.text
        }
        let own = provider.endpoints
        guard let authorize = place(own.authorize, "authorization_endpoint"),
            let token = place(own.token, "token_endpoint")
        else {
            throw Failure.providerFaulty.because(
                ProviderProblem("\(provider.id) names no addresses that can be used"))
        }
        (self.authorize, self.token) = (authorize, token)
        userInfo = place(own.userInfo, "userinfo_endpoint")
        keys = place(own.keys, "jwks_uri")
        emails = own.emails
        namesIssuer = document?["authorization_response_iss_parameter_supported"] == true
    }

    /// OpenID Connect Discovery 1.0 §4.3: another issuer's document would have its accounts taken for
    /// this one's.
    private static func check(_ document: JSON, of provider: Provider) throws {
        guard case .oneOf(let issuers) = provider.idToken?.issuer else { return }
        guard let issuer = document["issuer"]?.asString, issuers.contains(issuer) else {
            throw Failure.providerFaulty.because(
                ProviderProblem("the document of \(provider.id) is of another issuer"))
        }
    }
}
