import COpenSSL

/// A key as OpenSSL keeps it.
///
/// Safe because it is not changed after it was made, and OpenSSL lets many threads use one key.
final class OpenSSLKey: @unchecked Sendable {
    let pointer: OpaquePointer

    init?(_ pointer: OpaquePointer?) {
        guard let pointer else {
            // What went wrong stays in a queue of the thread otherwise.
            ERR_clear_error()
            return nil
        }
        self.pointer = pointer
    }

    deinit { EVP_PKEY_free(pointer) }

    /// What the key is good for; throws for keys of other kinds.
    func algorithm() throws(SigningKeyError) -> SigningAlgorithm {
        switch EVP_PKEY_get_base_id(pointer) {
        case EVP_PKEY_ED25519: return .edDSA
        case EVP_PKEY_EC where curve == "prime256v1": return .es256
        case EVP_PKEY_RSA:
            guard SigningAlgorithm.rsaBits.contains(Int(EVP_PKEY_get_bits(pointer))) else {
                throw .wrongSize
            }
            return .rs256
        default: throw .unsupported
        }
    }

    private var curve: String? {
        var name = [CChar](repeating: 0, count: 64)
        var count = 0
        guard
            EVP_PKEY_get_utf8_string_param(
                pointer, OSSL_PKEY_PARAM_GROUP_NAME, &name, name.count, &count) == 1
        else { return nil }
        return String(decoding: name.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// A number of the key, padded to `count` bytes, or as short as it is.
    func number(_ name: String, count: Int? = nil) -> [UInt8] {
        let count = count ?? openssl_key_number_count(pointer, name)
        var bytes = [UInt8](repeating: 0, count: count)
        precondition(
            openssl_key_number(pointer, name, &bytes, count) == 1,
            "a key has the numbers of its kind")
        return bytes
    }

    /// The 32 bytes of an Ed25519 public key.
    var rawPublicKey: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 32)
        var count = bytes.count
        let done = EVP_PKEY_get_raw_public_key(pointer, &bytes, &count) == 1 && count == 32
        precondition(done, "an Ed25519 key has 32 bytes")
        return bytes
    }
}
