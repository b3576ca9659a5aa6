/// HKDF with SHA-256 (RFC 5869): keys of any length from one secret, a different one for each `info`.
package enum HKDF {
    /// At most 8160 bytes, the most that the RFC allows.
    package static func sha256(
        _ secret: some ContiguousBytes, salt: some ContiguousBytes = [UInt8](),
        info: some ContiguousBytes, count: Int
    ) -> [UInt8] {
        precondition((1...255 * Digest.count).contains(count), "RFC 5869 gives at most 8160 bytes")
        let key = HMAC.sha256(secret, key: salt)
        let info = info.withContiguousBytes { [UInt8]($0) }
        var output: [UInt8] = []
        var previous: [UInt8] = []
        for index in 1...(count + Digest.count - 1) / Digest.count {
            previous = HMAC.sha256(previous + info + [UInt8(index)], key: key).bytes
            output += previous
        }
        return [UInt8](output.prefix(count))
    }
}
