import COpenSSL

/// SHA-256 (FIPS 180-4) of what is there in one piece.
package enum SHA256 {
    package static func digest(of bytes: some ContiguousBytes) -> Digest {
        bytes.withContiguousBytes { digest(of: $0) }
    }

    /// As the generic one, which costs as much again where the compiler cannot see through it.
    package static func digest(of text: String) -> Digest {
        var text = text
        return text.withUTF8 { digest(of: UnsafeRawBufferPointer($0)) }
    }

    /// Of two pieces, one after the other.
    package static func digest(
        of first: UnsafeRawBufferPointer,
        then second: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
    ) -> Digest {
        Digest { out in
            openssl_sha256(first.baseAddress, first.count, second.baseAddress, second.count, out)
        }
    }

    /// For signatures. Fetched once: fetching it costs twice as much as a digest.
    ///
    /// Safe because an algorithm never changes once fetched.
    nonisolated(unsafe) static let algorithm: OpaquePointer = {
        let algorithm = EVP_MD_fetch(nil, "SHA256", nil)
        precondition(algorithm != nil, "OpenSSL has SHA-256")
        return algorithm!
    }()
}
