import Coding
import Identity
import Values

/// The address of a provider's page, for one who signs in: what is the provider's own and what
/// belongs to this once.
///
/// Parameters stand in better-auth's order, so that both make the same address of the same provider.
package struct AuthorizationURL: Sendable {
    package var state: String
    package var redirectURI: String
    /// SHA-256 of the verifier, in base64url.
    package var codeChallenge: String?
    package var nonce: String?
    package var loginHint: String?
    /// Scopes beside the usual ones.
    package var scopes: [String] = []
    /// Those with reserved names are left out.
    package var parameters: [(name: String, text: String)] = []

    package init(state: String, redirectURI: String) {
        self.state = state
        self.redirectURI = redirectURI
    }

    /// `endpoint` is the provider's `authorize`, given or discovered.
    package func text(of provider: Provider, at endpoint: String) -> String {
        var fields = PageParameters(provider, self)
        let own = provider.page.parameters.sorted { $0.key < $1.key }
        for (name, text) in own { fields.setUnlessReserved(name, text) }
        for (name, text) in parameters { fields.setUnlessReserved(name, text) }
        return endpoint + (endpoint.contains("?") ? "&" : "?") + FormURLEncoded.encode(fields.list)
    }
}

/// Fields in their order; a name that comes again keeps its place and takes the new text.
private struct PageParameters {
    private(set) var list: [FormURLEncoded.Field] = []

    init(_ provider: Provider, _ url: AuthorizationURL) {
        let page = provider.page
        set("response_type", page.responseType)
        set("client_id", provider.client.id)
        set("state", url.state)
        let scopes = page.scopes(with: url.scopes).joined(separator: " ")
        set("scope", scopes.isEmpty ? nil : scopes)
        set("redirect_uri", url.redirectURI)
        set("login_hint", page.takesLoginHint ? url.loginHint : nil)
        set("nonce", url.nonce)
        set("prompt", page.prompt)
        set("response_mode", page.responseMode)
        if let challenge = url.codeChallenge {
            set("code_challenge_method", "S256")
            set("code_challenge", challenge)
        }
        set("claims", Self.claims(page.claims))
    }

    mutating func setUnlessReserved(_ name: String, _ text: String) {
        if !ProviderSettings.reservedParameters.contains(name) { set(name, text) }
    }

    private mutating func set(_ name: String, _ text: String?) {
        guard let text else { return }
        if let index = list.firstIndex(where: { $0.name == name }) {
            list[index].text = text
        } else {
            list.append((name, text))
        }
    }

    private static func claims(_ names: [String]) -> String? {
        if names.isEmpty { return nil }
        let members = JSONObject(names.map { ($0, JSON.null) })
        return JSON.object(["id_token": .object(members)]).description
    }
}
