import Identity

/// What the provider's page, where somebody consents, is asked beside what every one is.
package struct ProviderPage: Hashable, Sendable {
    package typealias Parameter = (name: String, text: String)

    package var scopes: [String]
    /// Whether scopes that somebody asks for stand before the usual ones.
    package var putsAskedScopesFirst = false
    package var responseType = "code"
    /// `form_post` where the answer comes as a form: Apple's when it is asked for a name.
    package var responseMode: String?
    package var prompt: String?
    /// Members of the id_token that are not there by themselves, as `claims` (OIDC Core §5.5).
    package var claims: [String] = []
    package var takesLoginHint = false
    package var parameters: [String: String] = [:]

    package init(scopes: [String]) { self.scopes = scopes }

    func scopes(with asked: [String]) -> [String] {
        putsAskedScopesFirst ? asked + scopes : scopes + asked
    }
}
