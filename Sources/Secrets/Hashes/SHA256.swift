import COpenSSL

/// SHA-256 (FIPS 180-4) of what is there in one piece.
///
/// Every look-up of a token takes one, so the algorithm is fetched once for the process: fetching it
/// for each digest costs twice as much as the digest.
package enum SHA256 {
    package static func digest(of bytes: UnsafeRawBufferPointer) -> Digest {
        digest(of: bytes, then: UnsafeRawBufferPointer(start: nil, count: 0))
    }

    package static func digest(of bytes: some ContiguousBytes) -> Digest {
        bytes.withContiguousBytes { digest(of: $0) }
    }

    /// Of two pieces, one after the other.
    static func digest(
        of first: UnsafeRawBufferPointer, then second: UnsafeRawBufferPointer
    ) -> Digest {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        return Digest { out in
            let done =
                EVP_DigestInit_ex(context, algorithm, nil) == 1
                && EVP_DigestUpdate(context, first.baseAddress, first.count) == 1
                && EVP_DigestUpdate(context, second.baseAddress, second.count) == 1
                && EVP_DigestFinal_ex(context, out, nil) == 1
            precondition(done, "OpenSSL computes SHA-256")
        }
    }

    /// Safe because an algorithm never changes once fetched.
    nonisolated(unsafe) static let algorithm: OpaquePointer = {
        let algorithm = EVP_MD_fetch(nil, "SHA256", nil)
        precondition(algorithm != nil, "OpenSSL has SHA-256")
        return algorithm!
    }()
}
