import Glibc

/// Growing room for bytes on their way out, reused for one answer after another.
package final class OutputBuffer {
    package private(set) var count = 0
    private var capacity: Int
    private var start: UnsafeMutablePointer<UInt8>

    /// Room beyond this is given back when the buffer is emptied.
    private static let keptCapacity = 256 * 1024

    package init(capacity: Int = 16 * 1024) {
        self.capacity = max(64, capacity)
        start = .allocate(capacity: self.capacity)
    }

    deinit { start.deallocate() }

    package var bytes: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: start, count: count)
    }

    package func removeAll() {
        count = 0
        guard capacity > Self.keptCapacity else { return }
        start.deallocate()
        capacity = Self.keptCapacity
        start = .allocate(capacity: capacity)
    }

    @inline(__always)
    private func reserve(_ more: Int) {
        if capacity - count < more { grow(more) }
    }

    private func grow(_ more: Int) {
        let larger = max(capacity * 2, count + more)
        let new = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        new.initialize(from: start, count: count)
        start.deallocate()
        (start, capacity) = (new, larger)
    }

    @inline(__always)
    package func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        memcpy(start + count, source, bytes.count)
        count += bytes.count
    }

    package func append(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    package func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { append($0) }
    }

    package func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    package func append(decimal value: Int) {
        if value < 0 { append("-") }
        append(digits: value.magnitude)
    }

    private func append(digits value: UInt) {
        var length = 1
        var rest = value / 10
        while rest > 0 {
            length += 1
            rest /= 10
        }
        reserve(length)
        rest = value
        for index in stride(from: count + length - 1, through: count, by: -1) {
            start[index] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += length
    }
}
