/// A growing buffer that JSON is written to, one piece after the other.
///
/// The caller opens and closes objects; commas are put where they belong. A number that JSON cannot
/// say is written as null and remembered in `failure`.
package struct JSONOutput: ~Copyable {
    var base: UnsafeMutablePointer<UInt8>
    package internal(set) var count = 0
    private var capacity: Int
    package internal(set) var failure: JSONEncodingError?

    private static let keptCapacity = 1 << 18

    package init(capacity: Int = 1024) {
        self.capacity = max(capacity, 64)
        base = .allocate(capacity: self.capacity)
    }

    deinit {
        base.deallocate()
    }

    package func bytes() -> [UInt8] {
        [UInt8](UnsafeBufferPointer(start: base, count: count))
    }

    /// Forgets what was written and keeps the memory, unless that was unusually much.
    package mutating func reset() {
        count = 0
        failure = nil
        guard capacity > Self.keptCapacity else { return }
        base.deallocate()
        capacity = 1024
        base = .allocate(capacity: capacity)
    }

    @inline(__always)
    mutating func reserve(_ length: Int) {
        if capacity &- count < length { grow(length) }
    }

    @inline(never)
    private mutating func grow(_ length: Int) {
        capacity = max(capacity * 2, count + length)
        let new = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        new.moveInitialize(from: base, count: count)
        base.deallocate()
        base = new
    }

    @inline(__always)
    mutating func byte(_ byte: UInt8) {
        reserve(1)
        base[count] = byte
        count &+= 1
    }

    @inline(__always)
    mutating func copy(_ bytes: Bytes, _ length: Int) {
        reserve(length)
        (base + count).update(from: bytes, count: length)
        count &+= length
    }

    /// JSON text as it is.
    package mutating func raw(_ text: StaticString) {
        copy(text.utf8Start, text.utf8CodeUnitCount)
    }

    /// The byte written last; zero before the first.
    @inline(__always)
    var last: UInt8 { count > 0 ? base[count &- 1] : 0 }
}

/// A value that has no JSON.
package enum JSONEncodingError: Error, Hashable, Sendable {
    /// Infinity, or not a number.
    case notFinite
    /// More than 64 objects and lists inside one another.
    case tooDeep
    /// A container was written to after the one that holds it had moved on.
    case outOfOrder
    /// A value that wrote nothing at all.
    case nothingWritten
}
