import COpenSSL

/// Whether both are the same bytes, in a time that depends on their lengths only.
package func constantTimeEquals(_ left: some ContiguousBytes, _ right: some ContiguousBytes) -> Bool
{
    left.withContiguousBytes { left in
        right.withContiguousBytes { right in
            left.count == right.count
                && (left.isEmpty
                    || CRYPTO_memcmp(left.baseAddress, right.baseAddress, left.count) == 0)
        }
    }
}
