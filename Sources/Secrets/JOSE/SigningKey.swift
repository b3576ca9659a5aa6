import COpenSSL
import Coding
import Values

/// A key pair that signs tokens.
///
/// OpenSSL makes it, with its own random generator. It leaves the process only as PKCS#8 DER, to be
/// sealed.
package struct SigningKey: Sendable {
    /// The public half, to be published.
    package let verifyingKey: VerifyingKey
    private let key: OpenSSLKey

    package var id: String { verifyingKey.id }
    package var algorithm: SigningAlgorithm { verifyingKey.algorithm }

    private init(_ key: OpenSSLKey, id: String?) throws(SigningKeyError) {
        verifyingKey = try VerifyingKey(key, id: id)
        self.key = key
    }

    /// A new key pair, with its thumbprint as id unless one is given. RS256 takes some 100 ms and more,
    /// the others some 20 us.
    package static func generate(
        _ algorithm: SigningAlgorithm = .edDSA, id: String? = nil
    ) throws(SigningKeyError) -> SigningKey {
        let pointer =
            switch algorithm {
            case .edDSA: openssl_generate("ED25519")
            case .es256: openssl_generate_p256()
            case .rs256: openssl_generate_rsa(2048)
            }
        guard let key = OpenSSLKey(pointer) else { throw .unsupported }
        return try SigningKey(key, id: id)
    }

    /// The key pair that `pkcs8` gave.
    package init(pkcs8: Secret<[UInt8]>, id: String? = nil) throws(SigningKeyError) {
        let der = pkcs8.exposed
        guard let key = OpenSSLKey(openssl_read_pkcs8(der, der.count)) else { throw .malformed }
        try self.init(key, id: id)
    }

    /// The key pair as PKCS#8 DER (RFC 5958).
    package var pkcs8: Secret<[UInt8]> {
        var count = 0
        let der = openssl_pkcs8(key.pointer, &count)
        defer { openssl_free(der, count) }
        precondition(der != nil, "OpenSSL writes the keys that it made or read")
        return Secret([UInt8](UnsafeBufferPointer(start: der, count: count)))
    }

    /// The signature as JOSE has it: of ES256, two numbers of 32 bytes.
    package func sign(_ message: some ContiguousBytes) -> [UInt8] {
        let signature = message.withContiguousBytes(signature)
        guard algorithm == .es256 else { return signature }
        var raw = [UInt8](repeating: 0, count: 64)
        precondition(
            openssl_ecdsa_raw(signature, signature.count, &raw) == 1, "OpenSSL signs with ECDSA")
        return raw
    }

    private func signature(of message: UnsafeRawBufferPointer) -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        let digest = algorithm == .edDSA ? nil : SHA256.algorithm
        let capacity = Int(EVP_PKEY_get_size(key.pointer))
        return [UInt8](unsafeUninitializedCapacity: capacity) { out, count in
            count = capacity
            let done =
                EVP_DigestSignInit(context, nil, digest, nil, key.pointer) == 1
                && EVP_DigestSign(
                    context, out.baseAddress, &count,
                    message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count) == 1
            precondition(done, "OpenSSL signs with the keys that it made or read")
        }
    }
}
