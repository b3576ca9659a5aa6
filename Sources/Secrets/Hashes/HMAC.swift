import COpenSSL

/// HMAC-SHA-256 (RFC 2104), made of two digests: a third of the time that OpenSSL's own takes to set
/// itself up, and no state to keep for a key.
package enum HMAC {
    package static func sha256(_ message: some ContiguousBytes, key: some ContiguousBytes) -> Digest
    {
        message.withContiguousBytes { message in
            key.withContiguousBytes { sha256(message, key: $0) }
        }
    }

    static func sha256(_ message: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer) -> Digest {
        withUnsafeTemporaryAllocation(byteCount: blockCount, alignment: 8) { block in
            defer { OPENSSL_cleanse(block.baseAddress, blockCount) }
            block.initializeMemory(as: UInt8.self, repeating: 0)
            if key.count > blockCount {
                SHA256.digest(of: key).withUnsafeBytes { block.copyMemory(from: $0) }
            } else {
                block.copyMemory(from: key)
            }
            exclusiveOr(block, 0x36)
            let inner = SHA256.digest(of: UnsafeRawBufferPointer(block), then: message)
            exclusiveOr(block, 0x36 ^ 0x5c)
            return inner.withUnsafeBytes {
                SHA256.digest(of: UnsafeRawBufferPointer(block), then: $0)
            }
        }
    }

    private static let blockCount = 64

    private static func exclusiveOr(_ block: UnsafeMutableRawBufferPointer, _ value: UInt8) {
        for index in block.indices { block[index] ^= value }
    }
}
