/// How a token is signed with a key pair, by its name in JOSE (RFC 7518 §3.1, RFC 8037 §3.1).
package enum SigningAlgorithm: String, CaseIterable, Sendable {
    /// Ed25519: the shortest keys and signatures that verify fast enough.
    case edDSA = "EdDSA"
    /// ECDSA over P-256 with SHA-256.
    case es256 = "ES256"
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rs256 = "RS256"

    /// The modulus of an RSA key, in bits. Shorter ones are weak, longer ones slow.
    static let rsaBits = 2048...4096
}

/// Why a key cannot be used.
package enum SigningKeyError: Error, Hashable, Sendable {
    /// Another kind of key, curve, use or algorithm than those above.
    case unsupported
    /// Not a key: wrong lengths, a point that is not on its curve, bad encoding.
    case malformed
    /// An RSA key outside the lengths allowed.
    case wrongSize
}
