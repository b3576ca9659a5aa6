/// What a provider may do wrong.
package enum Lie: String, CaseIterable, Sendable {
    // What an id_token says.
    case otherNonce, noNonce, otherAudience, otherIssuer, expired, notYetValid, noSubject
    // How it is signed.
    case unsigned, signedWithThePublicKey, signedWithAnUnknownKey, signedWithAnotherKey
    /// An access token in the id_token's place (RFC 9068).
    case otherKindOfToken
    case noIDToken
    case garbledIDToken
    // What else it says.
    case unverifiedAddress, noAddress
    case otherSubjectInUserInfo
    case otherTokenType
    case otherIssuerInDiscovery
    /// An endpoint of another kind of address, such as `file:`.
    case otherSchemeInDiscovery
    // How it answers.
    case slow, huge, garbled
    /// Sends whoever asks elsewhere, secrets and all.
    case redirects
    case failsWith500
}
