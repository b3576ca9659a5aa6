import Coding
import Secrets
import Values

/// Verifies an id_token (OpenID Connect Core §3.1.3.7).
///
/// Only signatures by a key of the provider's count: `none` and shared secrets have no way in, since a
/// key knows its algorithm.
struct IDTokenCheck: Sendable {
    let rules: IDTokenRules
    let clientID: String
    /// What was sent to the provider's page; nil where nothing was.
    let nonce: String?

    /// For the clocks of two who never met.
    private static let leeway: Duration = .seconds(60)
    /// Directories put the groups of a user in.
    static let bytesMax = 32 << 10

    /// The claims.
    func verify(_ token: String, _ keys: KeySet, at now: Instant) throws(JWTError) -> JSON {
        var jwt = JWTRules()
        jwt.audience = clientID
        jwt.leeway = Self.leeway
        jwt.maximumBytes = Self.bytesMax
        let claims = try JWT.verify(token, keys: keys, at: now, rules: jwt).claims
        guard rules.accepts(issuerOf: claims) else { throw .wrongIssuer }
        try checkParty(claims)
        guard isNonceRight(claims["nonce"]?.asString) else { throw .wrongNonce }
        return claims
    }

    /// What a token says that was verified when it was stored, and has been sealed since.
    static func claims(ofVerified token: Secret<String>) -> JSON? {
        let parts = token.exposed.split(separator: ".")
        guard parts.count == 3, let payload = Base64URL.decode(String(parts[1])) else { return nil }
        return try? JSON(parsing: payload)
    }

    /// A token for several is for the one that asked for it.
    private func checkParty(_ claims: JSON) throws(JWTError) {
        let isForOthers = (claims["aud"]?.asList?.count ?? 1) > 1
        guard let party = claims["azp"] else {
            if isForOthers { throw .wrongAudience }
            return
        }
        guard party == .string(clientID) else { throw .wrongAudience }
    }

    private func isNonceRight(_ given: String?) -> Bool {
        guard let nonce else { return true }
        guard let given else { return false }
        if constantTimeEquals(given, nonce) { return true }
        return rules.takesHashedNonce
            && constantTimeEquals(given, SHA256.digest(of: nonce).hexadecimal)
    }
}
