// A client masks its payloads so that nobody can make it write bytes of his choice to a proxy
// (RFC 6455 §10.3). Eight bytes are unmasked at a time.

extension [UInt8] {
    /// Appends masked bytes in plain. The first of them is masked by the lowest byte of `mask`.
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, unmaskedBy mask: UInt32) {
        let start = count
        append(contentsOf: bytes)
        if mask == 0 { return }
        withUnsafeMutableBytes { buffer in
            unmask(UnsafeMutableRawBufferPointer(rebasing: buffer[start...]), mask)
        }
    }
}

private func unmask(_ bytes: UnsafeMutableRawBufferPointer, _ mask: UInt32) {
    let wide = (UInt64(mask) | UInt64(mask) << 32).littleEndian
    var index = 0
    while index + 8 <= bytes.count {
        let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        bytes.storeBytes(of: word ^ wide, toByteOffset: index, as: UInt64.self)
        index += 8
    }
    while index < bytes.count {
        bytes[index] ^= UInt8(truncatingIfNeeded: mask >> UInt32(8 * (index & 3)))
        index += 1
    }
}

extension UInt32 {
    /// The mask for what follows `count` bytes.
    func turned(by count: Int) -> UInt32 {
        let bits = UInt32(8 * (count & 3))
        return bits == 0 ? self : self >> bits | self << (32 - bits)
    }
}
