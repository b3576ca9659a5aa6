import Values

extension JSONOutput {
    /// Three decimals and `Z` (requirements, C14).
    package mutating func instant(_ value: Instant) {
        quotedText(Instant.textCount) { value.write(to: $0) }
    }

    package mutating func id<Entity>(_ value: ID<Entity>) {
        quotedText(ID<Entity>.textCount) { value.write(to: $0) }
    }

    @inline(__always)
    private mutating func quotedText(
        _ length: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Void
    ) {
        reserve(length &+ 2)
        base[count] = .quote
        write(base + count + 1)
        base[count &+ length &+ 1] = .quote
        count &+= length &+ 2
    }
}
