import Glibc

/// Where a field of a head lies in the head's bytes.
package struct FieldSlot: Sendable, Equatable {
    package var nameStart: UInt32 = 0
    package var valueStart: UInt32 = 0
    package var valueLength: UInt32 = 0
    package var nameLength: UInt16 = 0

    package init() {}

    package init(nameStart: Int, nameLength: Int, valueStart: Int, valueLength: Int) {
        self.nameStart = UInt32(truncatingIfNeeded: nameStart)
        self.nameLength = UInt16(truncatingIfNeeded: nameLength)
        self.valueStart = UInt32(truncatingIfNeeded: valueStart)
        self.valueLength = UInt32(truncatingIfNeeded: valueLength)
    }

    var name: Range<Int> { Int(nameStart)..<Int(nameStart) + Int(nameLength) }
    var value: Range<Int> { Int(valueStart)..<Int(valueStart) + Int(valueLength) }
}

/// The parts of a request target within the head's bytes.
struct TargetSlots: Sendable, Equatable {
    var path: Range<Int> = 0..<0
    var query: Range<Int>?
    /// Of a target in absolute form; the `Host` field says the same.
    var authority: Range<Int>?
}

/// The head of one request: its bytes and the places of its fields in one allocation.
///
/// Strings are made when they are asked for: most handlers look at two or three fields of a dozen.
// Safe because nothing changes after `init` returns.
package struct RequestHead: @unchecked Sendable {
    private let storage: HeadStorage

    init(
        method: Method, isHTTP10: Bool, target: TargetSlots, bytes: UnsafeRawBufferPointer,
        slots: UnsafeBufferPointer<FieldSlot>
    ) {
        let parts = HeadParts(
            method: method, isHTTP10: isHTTP10, target: target, fieldCount: slots.count,
            byteCount: bytes.count)
        storage = HeadStorage.make(parts, bytes: bytes, slots: slots)
    }

    private var target: TargetSlots { storage.header.target }

    package var method: Method { storage.header.method }

    package var fieldCount: Int { storage.header.fieldCount }

    /// HTTP/1.0 has no chunked answers and no `Host`.
    package var isHTTP10: Bool { storage.header.isHTTP10 }

    /// The path as it was sent, percent-encoded, without the query.
    package var path: String { storage.withBytes { text($0, target.path) } }

    /// The query as it was sent, without the question mark.
    package var query: String? {
        target.query.map { query in storage.withBytes { text($0, query) } }
    }

    package var hasQuery: Bool { target.query != nil }

    /// Of a target in absolute form.
    var authority: String? {
        target.authority.map { authority in storage.withBytes { text($0, authority) } }
    }

    /// The bytes of the path, for routers.
    package func withPath<Value>(_ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
        storage.withBytes { body(UnsafeBufferPointer(rebasing: $0[target.path])) }
    }

    /// The first value of a field. Bytes that are not UTF-8 become U+FFFD.
    package subscript(name: FieldName) -> String? {
        storage.withSlots { slots, bytes in
            slots.first { hasName($0, name, in: bytes) }.map { text(bytes, $0.value) }
        }
    }

    package func values(of name: FieldName) -> [String] {
        storage.withSlots { slots, bytes in
            slots.compactMap { hasName($0, name, in: bytes) ? text(bytes, $0.value) : nil }
        }
    }

    /// The bytes of each value of a field, until `body` says that it has found what it wants.
    func firstValue(of name: FieldName, where body: (UnsafeBufferPointer<UInt8>) -> Bool) {
        storage.withSlots { slots, bytes in
            for slot in slots where hasName(slot, name, in: bytes) {
                if body(UnsafeBufferPointer(rebasing: bytes[slot.value])) { return }
            }
        }
    }

    /// All fields, in the order in which they came.
    package var fields: Fields {
        storage.withSlots { slots, bytes in
            Fields(
                slots.compactMap { slot in
                    FieldName(text(bytes, slot.name)).map {
                        Fields.Field($0, text(bytes, slot.value))
                    }
                })
        }
    }

    private func text(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    private func hasName(
        _ slot: FieldSlot, _ name: FieldName, in bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        var name = name.text
        guard name.utf8.count == Int(slot.nameLength) else { return false }
        let start = Int(slot.nameStart)
        return name.withUTF8 { text in
            for index in 0..<text.count where bytes[start + index].lowercased != text[index] {
                return false
            }
            return true
        }
    }
}

extension RequestHead {
    /// A head made from its parts: for tests, and for protocols whose heads are not text.
    package init(method: Method, target: String, fields: Fields) {
        var bytes = Array(target.utf8)
        let end = bytes.count
        let mark = bytes.firstIndex(of: UInt8(ascii: "?"))
        var slots: [FieldSlot] = []
        for field in fields {
            let nameStart = bytes.count
            bytes += field.name.text.utf8
            let valueStart = bytes.count
            bytes += field.value.utf8
            slots.append(
                FieldSlot(
                    nameStart: nameStart, nameLength: valueStart - nameStart,
                    valueStart: valueStart, valueLength: bytes.count - valueStart))
        }
        let target = TargetSlots(path: 0..<(mark ?? end), query: mark.map { $0 + 1..<end })
        self = bytes.withUnsafeBytes { bytes in
            slots.withUnsafeBufferPointer { slots in
                RequestHead(
                    method: method, isHTTP10: false, target: target, bytes: bytes, slots: slots)
            }
        }
    }
}

private struct HeadParts {
    let method: Method
    let isHTTP10: Bool
    let target: TargetSlots
    let fieldCount: Int
    let byteCount: Int
}

/// The slots, followed by the bytes that they point into.
private final class HeadStorage: ManagedBuffer<HeadParts, FieldSlot> {
    static func make(
        _ parts: HeadParts, bytes: UnsafeRawBufferPointer, slots: UnsafeBufferPointer<FieldSlot>
    ) -> HeadStorage {
        let stride = MemoryLayout<FieldSlot>.stride
        let buffer = create(minimumCapacity: slots.count + (bytes.count + stride - 1) / stride) {
            _ in parts
        }
        buffer.withUnsafeMutablePointerToElements { elements in
            if let first = slots.baseAddress {
                elements.initialize(from: first, count: slots.count)
            }
            if let first = bytes.baseAddress { memcpy(elements + slots.count, first, bytes.count) }
        }
        return unsafeDowncast(buffer, to: HeadStorage.self)
    }

    func withSlots<Value>(
        _ body: (UnsafeBufferPointer<FieldSlot>, UnsafeBufferPointer<UInt8>) -> Value
    ) -> Value {
        withUnsafeMutablePointers { parts, elements in
            let slots = UnsafeBufferPointer(start: elements, count: parts.pointee.fieldCount)
            let bytes = UnsafeRawPointer(elements + slots.count)
            return body(
                slots,
                UnsafeBufferPointer(
                    start: bytes.assumingMemoryBound(to: UInt8.self),
                    count: parts.pointee.byteCount))
        }
    }

    func withBytes<Value>(_ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
        withSlots { body($1) }
    }
}
