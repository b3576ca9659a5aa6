import COpenSSL

/// SHA-256 of what comes piece by piece and is never there as a whole.
package struct RunningSHA256 {
    private var context = SHA256_CTX()

    package init() { openssl_sha256_begin(&context) }

    package mutating func add(_ bytes: some ContiguousBytes) {
        bytes.withContiguousBytes { openssl_sha256_add(&context, $0.baseAddress, $0.count) }
    }

    /// Of all pieces so far. More may follow.
    package var digest: Digest {
        var context = context
        return Digest { openssl_sha256_end(&context, $0) }
    }
}
