import Identity
import Secrets
import Values

extension Provider {
    /// Nil without a client id and what proves it.
    init?(_ name: BuiltInProvider, _ settings: OAuthSettings) {
        let own = settings[name]
        guard let id = own.clientID?.text, let proof = Self.proof(name, settings) else {
            return nil
        }
        let traits = ProviderTraits.of(name, tenant: settings.microsoft.tenant.text)
        self.id = name.id
        client = ProviderClient(id: id, proof: proof, authentication: traits.authentication)
        endpoints = traits.endpoints
        issuer = traits.issuer ?? .local(name.id)
        idToken = traits.idToken
        page = traits.page
        page.scopes += own.scopes.map(\.text)
        page.parameters.merge(own.parameters) { $1 }
        usesPKCE = traits.usesPKCE
        // Only of those whose id_token is looked at.
        usesNonce = traits.idToken?.isRequired ?? false
        readProfile = traits.readProfile
    }

    private static func proof(
        _ name: BuiltInProvider, _ settings: OAuthSettings
    ) -> ProviderClient.Proof? {
        if let secret = settings[name].clientSecret { return .secret(secret.secret) }
        guard name == .apple, let team = settings.apple.teamID, let id = settings.apple.keyID,
            let key = try? settings.apple.privateKey?.key?.named(id.text)
        else { return nil }
        return .signed(AppleClientSecret(team: team.text, key: key))
    }
}

extension SigningKey {
    /// The same key under the id that somebody else has given it.
    fileprivate func named(_ id: String) throws(SigningKeyError) -> SigningKey {
        try SigningKey(pkcs8: pkcs8, id: id)
    }
}
