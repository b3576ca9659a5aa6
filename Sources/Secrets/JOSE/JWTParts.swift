import Coding
import Values

/// A token taken apart, with nothing believed yet.
struct JWTParts {
    let algorithm: String
    let keyID: String?
    /// Header and claims as they came: what the signature is of.
    let signed: Substring
    let payload: [UInt8]
    let signature: [UInt8]

    init(_ token: String, _ rules: JWTRules) throws(JWTError) {
        guard token.utf8.count <= rules.maximumBytes else { throw .tooLarge }
        let parts = token.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .map(Substring.init)
        guard parts.count == 3,
            let header = Base64URL.decode(parts[0]),
            let payload = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { throw .malformed }
        signed = token[..<parts[1].endIndex]
        (self.payload, self.signature) = (payload, signature)
        (algorithm, keyID) = try Self.read(header, rules)
    }

    /// Members that point at a key (`jku`, `jwk`, `x5u`) are not looked at: keys come from whoever
    /// verifies.
    private static func read(
        _ header: [UInt8], _ rules: JWTRules
    ) throws(JWTError) -> (algorithm: String, keyID: String?) {
        let header = try object(header)
        guard let algorithm = header["alg"]?.asString else { throw .malformed }
        // `b64` changes what is signed, and must be listed in `crit` (RFC 7797 §6).
        guard header["crit"] == nil, header["b64"] == nil else { throw .criticalExtension }
        try rules.check(type: header["typ"])
        guard let keyID = header["kid"] else { return (algorithm, nil) }
        guard let keyID = keyID.asString else { throw .malformed }
        return (algorithm, keyID)
    }

    /// Only for a token whose signature was verified.
    func verified(
        signedBy keyID: String?, at now: Instant, _ rules: JWTRules
    ) throws(JWTError) -> JWT.Verified {
        let claims = try Self.object(payload)
        try rules.check(claims, at: now)
        return JWT.Verified(keyID: keyID, claims: claims, payload: payload)
    }

    private static func object(_ bytes: [UInt8]) throws(JWTError) -> JSON {
        do {
            let value = try JSON(parsing: bytes, limits: limits)
            if value.asObject != nil { return value }
        } catch {
            throw .malformed
        }
        throw .malformed
    }

    private static let limits: JSONLimits = {
        var limits = JSONLimits()
        limits.depth = 16
        return limits
    }()
}
