import COpenSSL

/// AES-256 in CBC mode under HMAC-SHA-512, encrypted first and authenticated then (RFC 7518 §5.2.5).
enum AESCBC {
    static let blockCount = 16
    static let tagCount = 32
    private static let halfCount = 32

    /// What a recipient with the key can open.
    struct Sealed {
        var vector: [UInt8]
        var text: [UInt8]
        var tag: [UInt8]
    }

    static func seal(
        _ text: [UInt8], key: [UInt8], vector: [UInt8], authenticating context: [UInt8]
    ) -> Sealed {
        let encrypted = run(.encrypt, text, key: Array(key.suffix(halfCount)), vector)
        guard let encrypted else { preconditionFailure("OpenSSL encrypts with AES-256-CBC") }
        return Sealed(
            vector: vector, text: encrypted,
            tag: tag(of: encrypted, Array(key.prefix(halfCount)), vector, context))
    }

    /// The text; nil when anything is not what it was sealed with.
    static func open(
        _ sealed: Sealed, key: [UInt8], authenticating context: [UInt8]
    ) -> [UInt8]? {
        guard sealed.vector.count == blockCount, !sealed.text.isEmpty,
            sealed.text.count.isMultiple(of: blockCount)
        else { return nil }
        let tag = tag(of: sealed.text, Array(key.prefix(halfCount)), sealed.vector, context)
        guard constantTimeEquals(tag, sealed.tag) else { return nil }
        return run(.decrypt, sealed.text, key: Array(key.suffix(halfCount)), sealed.vector)
    }

    /// Of the context, the vector, the text and the context's length in bits.
    private static func tag(
        of text: [UInt8], _ key: [UInt8], _ vector: [UInt8], _ context: [UInt8]
    ) -> [UInt8] {
        let bits = UInt64(context.count) * 8
        let length = (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
        let message = context + vector + text + length
        var digest = [UInt8](repeating: 0, count: 64)
        var count = 0
        let done = EVP_Q_mac(
            nil, "HMAC", nil, "SHA512", nil, key, key.count, message, message.count, &digest,
            digest.count, &count)
        precondition(done != nil && count == 64, "OpenSSL has HMAC with SHA-512")
        return Array(digest.prefix(tagCount))
    }

    private enum Direction: Int32 { case decrypt, encrypt }

    /// With the padding of PKCS 7. Nil where that is wrong, which nobody can make happen who does not
    /// have the key.
    private static func run(
        _ direction: Direction, _ text: [UInt8], key: [UInt8], _ vector: [UInt8]
    ) -> [UInt8]? {
        guard key.count == halfCount, vector.count == blockCount,
            let count = Int32(exactly: text.count), let cipher = EVP_CIPHER_CTX_new()
        else { return nil }
        defer { EVP_CIPHER_CTX_free(cipher) }
        var isDone = false
        let output = [UInt8](unsafeUninitializedCapacity: text.count + blockCount) { out, total in
            guard let start = out.baseAddress else { return }
            var (written, rest): (Int32, Int32) = (0, 0)
            isDone =
                EVP_CipherInit_ex(
                    cipher, EVP_aes_256_cbc(), nil, key, vector, direction.rawValue) == 1
                && EVP_CipherUpdate(cipher, start, &written, text, count) == 1
                && EVP_CipherFinal_ex(cipher, start + Int(written), &rest) == 1
            total = isDone ? Int(written) + Int(rest) : 0
        }
        return isDone ? output : nil
    }
}
