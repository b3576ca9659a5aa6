import COpenSSL

/// SHA-256 (FIPS 180-4) of what is there in one piece.
///
/// Every look-up of a token takes one, so the algorithm is fetched once for the process: fetching it
/// for each digest costs twice as much as the digest.
package enum SHA256 {
    package static func digest(of bytes: UnsafeRawBufferPointer) -> Digest {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        return digest(of: bytes, in: context)
    }

    package static func digest(of bytes: some ContiguousBytes) -> Digest {
        bytes.withContiguousBytes { digest(of: $0) }
    }

    /// As the generic one, which costs as much again where the compiler cannot see through it.
    package static func digest(of text: String) -> Digest {
        var text = text
        return text.withUTF8 { digest(of: UnsafeRawBufferPointer($0)) }
    }

    /// Of two pieces, one after the other. The context may have been used before.
    static func digest(
        of first: UnsafeRawBufferPointer,
        then second: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0),
        in context: OpaquePointer?
    ) -> Digest {
        Digest { out in
            let done =
                EVP_DigestInit_ex(context, algorithm, nil) == 1
                && EVP_DigestUpdate(context, first.baseAddress, first.count) == 1
                && (second.isEmpty
                    || EVP_DigestUpdate(context, second.baseAddress, second.count) == 1)
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
