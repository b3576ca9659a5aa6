import Coding
import Values

/// A provider of one's own in `auth.oauth.providers`: one that speaks OpenID Connect, found by its
/// issuer, or plain OAuth 2.0, with its addresses.
package struct ProviderSettings: Codable, Sendable {
    /// How the client shows its secret at the token endpoint (RFC 6749 §2.3.1).
    package enum Authentication: String, Codable, CaseIterable, Sendable {
        case basic, post
    }

    /// Who becomes a user by signing in for the first time.
    package enum SignUpRule: String, Codable, CaseIterable, Sendable {
        case always, requested, never
    }

    package var id: ProviderID
    package var clientID: ClientID
    package var clientSecret: ClientSecret?
    package var issuer: ProviderURL?
    package var discoveryURL: ProviderURL?
    package var authorizationURL: ProviderURL?
    package var tokenURL: ProviderURL?
    package var userInfoURL: ProviderURL?
    package var keysURL: ProviderURL?
    package var accountIssuer: AccountIssuer?
    package var scopes: [OAuthScope]
    package var pkce: Bool
    package var nonce: Bool
    package var authentication: Authentication
    package var signUp: SignUpRule
    package var parameters: [String: String]

    /// Parameters of the provider's page that no setting and no request may set (RFC 6749 §4.1.1,
    /// RFC 7636 §4.3).
    package static let reservedParameters: Set<String> = [
        "state", "client_id", "redirect_uri", "response_type", "code_challenge",
        "code_challenge_method", "nonce", "scope",
    ]

    package init(id: ProviderID, clientID: ClientID) {
        (self.id, self.clientID) = (id, clientID)
        (scopes, pkce, nonce) = ([], true, true)
        (authentication, signUp, parameters) = (.post, .always, [:])
    }

    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        id = try members.decode(ProviderID.self, forKey: .id)
        clientID = try members.decode(ClientID.self, forKey: .clientID)
        clientSecret = try members.decodeIfPresent(ClientSecret.self, forKey: .clientSecret)
        issuer = try members.decodeIfPresent(ProviderURL.self, forKey: .issuer)
        discoveryURL = try members.decodeIfPresent(ProviderURL.self, forKey: .discoveryURL)
        authorizationURL = try members.decodeIfPresent(ProviderURL.self, forKey: .authorizationURL)
        tokenURL = try members.decodeIfPresent(ProviderURL.self, forKey: .tokenURL)
        userInfoURL = try members.decodeIfPresent(ProviderURL.self, forKey: .userInfoURL)
        keysURL = try members.decodeIfPresent(ProviderURL.self, forKey: .keysURL)
        accountIssuer = try members.decodeIfPresent(
            AccountIssuer.self, forKey: .accountIssuer)
        scopes = try members.decodeIfPresent([OAuthScope].self, forKey: .scopes) ?? []
        pkce = try members.decodeIfPresent(Bool.self, forKey: .pkce) ?? true
        nonce = try members.decodeIfPresent(Bool.self, forKey: .nonce) ?? true
        authentication =
            try members.decodeIfPresent(Authentication.self, forKey: .authentication) ?? .post
        signUp = try members.decodeIfPresent(SignUpRule.self, forKey: .signUp) ?? .always
        parameters =
            try members.decodeIfPresent([String: String].self, forKey: .parameters) ?? [:]
    }
}
