import COpenSSL
import Coding

/// A public key that verifies signatures: ours as others see it, or that of an identity provider.
///
/// It is good for one algorithm, fixed when it is made; what a token says about itself never changes
/// that.
package struct VerifyingKey: Sendable {
    package let id: String
    package let algorithm: SigningAlgorithm
    /// The members of its JWK that make up the key, in the order of their names: what the thumbprint
    /// is made of.
    let members: [(name: String, value: String)]
    let key: OpenSSLKey

    /// The id is the key's thumbprint unless another is given.
    init(_ key: OpenSSLKey, id: String? = nil) throws(SigningKeyError) {
        algorithm = try key.algorithm()
        members = Self.members(of: key, algorithm)
        self.id = id ?? Self.thumbprint(of: members)
        self.key = key
    }

    /// Whether the key's owner signed the message. Signatures are as JOSE has them: of ES256, two
    /// numbers of 32 bytes (RFC 7518 §3.4).
    package func verify(_ signature: some ContiguousBytes, of message: some ContiguousBytes) -> Bool
    {
        message.withContiguousBytes { message in
            signature.withContiguousBytes { signature in
                switch algorithm {
                case .edDSA: verifies(signature, message, digest: nil)
                case .es256: verifiesPair(signature, message)
                case .rs256: verifies(signature, message, digest: SHA256.algorithm)
                }
            }
        }
    }

    private func verifiesPair(
        _ signature: UnsafeRawBufferPointer, _ message: UnsafeRawBufferPointer
    ) -> Bool {
        guard signature.count == 64, let raw = signature.baseAddress else { return false }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 80) { der in
            let count = openssl_ecdsa_der(
                raw.assumingMemoryBound(to: UInt8.self), der.baseAddress!, der.count)
            guard count > 0 else { return false }
            return verifies(
                UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(der).prefix(count)),
                message, digest: SHA256.algorithm)
        }
    }

    private func verifies(
        _ signature: UnsafeRawBufferPointer, _ message: UnsafeRawBufferPointer,
        digest: OpaquePointer?
    ) -> Bool {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestVerifyInit(context, nil, digest, nil, key.pointer) == 1 else {
            ERR_clear_error()
            return false
        }
        let result = EVP_DigestVerify(
            context, signature.baseAddress?.assumingMemoryBound(to: UInt8.self), signature.count,
            message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count)
        if result != 1 { ERR_clear_error() }
        return result == 1
    }
}
