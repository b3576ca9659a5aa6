import Coding
import Values

/// JSON Web Tokens in compact form (RFC 7519, RFC 7515), strictly.
///
/// Whoever verifies names the keys, and a key knows its only algorithm: a header cannot choose
/// another, so `none` and "a public key taken for a shared secret" have no way in. Tokens signed with
/// shared secrets have functions of their own.
package enum JWT {
    /// A token that was verified.
    package struct Verified: Sendable {
        /// The id of the key that signed it; nil of shared secrets.
        package let keyID: String?
        /// An object.
        package let claims: JSON
        /// The claims as they were signed, for decoding them as a type.
        package let payload: [UInt8]
    }

    // MARK: Key pairs

    /// The header is `alg`, `kid` and, unless that is nil, `typ`.
    package static func sign(
        _ claims: JSON, with key: SigningKey, type: String? = "JWT"
    ) -> String {
        sign(payload: claims.bytes(), with: key, type: type)
    }

    package static func sign(
        _ claims: some Encodable, with key: SigningKey, type: String = "JWT"
    ) throws -> String {
        sign(payload: try JSONCoder.encode(claims), with: key, type: type)
    }

    package static func verify(
        _ token: String, keys: KeySet, at now: Instant, rules: JWTRules = JWTRules()
    ) throws(JWTError) -> Verified {
        let parts = try JWTParts(token, rules)
        guard SigningAlgorithm(rawValue: parts.algorithm) != nil else { throw .wrongAlgorithm }
        guard let key = keys.find(parts.keyID) else { throw .unknownKey }
        guard parts.algorithm == key.algorithm.rawValue else { throw .wrongAlgorithm }
        guard key.verify(parts.signature, of: parts.signed) else { throw .wrongSignature }
        return try parts.verified(signedBy: key.id, at: now, rules)
    }

    private static func sign(payload: [UInt8], with key: SigningKey, type: String?) -> String {
        var header: JSONObject = [
            "alg": .string(key.algorithm.rawValue), "kid": .string(key.id),
        ]
        header["typ"] = type.map { .string($0) }
        let signed = signingInput(.object(header), payload)
        return signed + "." + Base64URL.encode(key.sign(signed))
    }

    // MARK: Shared secrets

    /// HS256 with the current secret. The header is `alg` alone, as better-auth's mail tokens have it.
    package static func sign(_ claims: JSON, with secrets: SigningSecrets) -> String {
        let signed = signingInput(["alg": "HS256"], claims.bytes())
        let digest = HMAC.sha256(signed, key: secrets.current.exposed)
        return signed + "." + digest.base64URL
    }

    package static func verify(
        _ token: String, secrets: SigningSecrets, at now: Instant, rules: JWTRules = JWTRules()
    ) throws(JWTError) -> Verified {
        let parts = try JWTParts(token, rules)
        guard parts.algorithm == "HS256" else { throw .wrongAlgorithm }
        let isSigned = secrets.all.contains { secret in
            constantTimeEquals(HMAC.sha256(parts.signed, key: secret.exposed), parts.signature)
        }
        guard isSigned else { throw .wrongSignature }
        return try parts.verified(signedBy: nil, at: now, rules)
    }

    private static func signingInput(_ header: JSON, _ payload: [UInt8]) -> String {
        Base64URL.encode(header.bytes()) + "." + Base64URL.encode(payload)
    }
}
