import Coding
import Values

/// A shared key for `JWE`: 32 bytes that authenticate and 32 that encrypt (RFC 7518 §5.2.5).
package struct JWEKey: Sendable {
    package static let byteCount = 64

    /// The key's thumbprint (RFC 7638), the `kid` of what it encrypts.
    package let id: String
    let bytes: Secret<[UInt8]>

    /// Derived from a secret, a different one for each salt and info.
    package init(
        deriving secret: Secret<[UInt8]>, salt: some ContiguousBytes, info: some ContiguousBytes
    ) {
        self.init(
            HKDF.sha256(secret.exposed, salt: salt, info: info, count: Self.byteCount))
    }

    /// Exactly `byteCount` bytes.
    init(_ bytes: [UInt8]) {
        precondition(bytes.count == Self.byteCount, "the size of A256CBC-HS512's keys")
        let canonical: JSON = ["k": .string(Base64URL.encode(bytes)), "kty": "oct"]
        id = SHA256.digest(of: canonical.bytes()).base64URL
        self.bytes = Secret(bytes)
    }
}
