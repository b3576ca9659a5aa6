import COpenSSL

/// AES-256-GCM (NIST SP 800-38D) with a nonce of 12 and a tag of 16 bytes.
enum AESGCM {
    static let keyCount = 32
    static let nonceCount = 12
    static let tagCount = 16

    /// The encrypted text and its tag.
    static func seal(
        _ text: UnsafeRawBufferPointer, key: [UInt8], nonce: [UInt8],
        authenticating context: UnsafeRawBufferPointer
    ) -> [UInt8] {
        precondition(key.count == keyCount && nonce.count == nonceCount, "AES-256-GCM's sizes")
        return [UInt8](unsafeUninitializedCapacity: text.count + tagCount) { out, count in
            let done = withCipher(.encrypt, key, nonce) { cipher in
                update(cipher, nil, context) && update(cipher, out.baseAddress, text)
                    && finish(cipher)
                    && EVP_CIPHER_CTX_ctrl(
                        cipher, EVP_CTRL_AEAD_GET_TAG, Int32(tagCount),
                        out.baseAddress! + text.count) == 1
            }
            precondition(done, "OpenSSL encrypts with AES-256-GCM")
            count = text.count + tagCount
        }
    }

    /// The text; nil when the sealed bytes, nonce, key or context are not those it was sealed with.
    static func open(
        _ sealed: UnsafeRawBufferPointer, key: [UInt8], nonce: [UInt8],
        authenticating context: UnsafeRawBufferPointer
    ) -> [UInt8]? {
        precondition(key.count == keyCount && nonce.count == nonceCount, "AES-256-GCM's sizes")
        guard sealed.count >= tagCount, sealed.count <= Int32.max else { return nil }
        let textCount = sealed.count - tagCount
        let text = UnsafeRawBufferPointer(rebasing: sealed.prefix(textCount))
        var tag = [UInt8](sealed.suffix(tagCount))
        var isGenuine = false
        let opened = [UInt8](unsafeUninitializedCapacity: textCount) { out, count in
            isGenuine = withCipher(.decrypt, key, nonce) { cipher in
                update(cipher, nil, context) && update(cipher, out.baseAddress, text)
                    && EVP_CIPHER_CTX_ctrl(
                        cipher, EVP_CTRL_AEAD_SET_TAG, Int32(tagCount), &tag) == 1
                    && finish(cipher)
            }
            count = isGenuine ? textCount : 0
            if !isGenuine { OPENSSL_cleanse(out.baseAddress, textCount) }
        }
        return isGenuine ? opened : nil
    }

    private enum Direction: Int32 { case decrypt, encrypt }

    private static func withCipher(
        _ direction: Direction, _ key: [UInt8], _ nonce: [UInt8],
        _ body: (OpaquePointer) -> Bool
    ) -> Bool {
        guard let cipher = EVP_CIPHER_CTX_new() else { return false }
        defer { EVP_CIPHER_CTX_free(cipher) }
        return EVP_CipherInit_ex(cipher, algorithm, nil, key, nonce, direction.rawValue) == 1
            && body(cipher)
    }

    /// Takes associated data where `out` is nil. OpenSSL treats an empty input as the end, so none is
    /// given to it.
    private static func update(
        _ cipher: OpaquePointer, _ out: UnsafeMutablePointer<UInt8>?,
        _ input: UnsafeRawBufferPointer
    ) -> Bool {
        guard !input.isEmpty else { return true }
        guard let count = Int32(exactly: input.count) else { return false }
        var written: Int32 = 0
        return EVP_CipherUpdate(
            cipher, out, &written, input.baseAddress?.assumingMemoryBound(to: UInt8.self), count)
            == 1
    }

    /// GCM writes nothing at the end, but OpenSSL wants a place for it.
    private static func finish(_ cipher: OpaquePointer) -> Bool {
        var nothing: (UInt64, UInt64) = (0, 0)
        var written: Int32 = 0
        return withUnsafeMutableBytes(of: &nothing) {
            EVP_CipherFinal_ex(
                cipher, $0.baseAddress!.assumingMemoryBound(to: UInt8.self), &written) == 1
        }
    }

    /// Safe because an algorithm never changes once fetched.
    nonisolated(unsafe) private static let algorithm: OpaquePointer = {
        let algorithm = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil)
        precondition(algorithm != nil, "OpenSSL has AES-256-GCM")
        return algorithm!
    }()
}
