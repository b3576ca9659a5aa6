/// Finds out once for each type whether it writes itself, because asking costs as much as writing a
/// small object.
struct FastWriters {
    private struct Slot {
        var type: UInt = 0
        var writer: FastWriter?
    }

    private let slots: UnsafeMutablePointer<Slot>
    /// Otherwise no type is asked that is not known yet.
    var asks = true

    private static var count: Int { 256 }

    init() {
        slots = .allocate(capacity: Self.count)
        slots.initialize(repeating: Slot(), count: Self.count)
    }

    @inline(__always)
    func writer<Value>(for type: Value.Type) -> FastWriter? {
        let address = UInt(bitPattern: unsafeBitCast(type as Any.Type, to: UnsafeRawPointer.self))
        let slot = slots + Int((address &>> 3 ^ address &>> 11) & UInt(Self.count - 1))
        if slot.pointee.type != address { look(type, address, slot) }
        return slot.pointee.writer
    }

    @inline(never)
    private func look<Value>(
        _ type: Value.Type, _ address: UInt, _ slot: UnsafeMutablePointer<Slot>
    ) {
        func writer<Writable: JSONWritable>(_: Writable.Type) -> FastWriter {
            TypedWriter<Writable>()
        }
        guard asks else { return slot.pointee = Slot() }
        slot.pointee.type = address
        slot.pointee.writer = (type as? any JSONWritable.Type).map { writer($0) }
    }
}

/// Writes a value of the one type it was made for.
class FastWriter {
    func write(_ value: UnsafeRawPointer, to output: inout JSONOutput) {}
}

private final class TypedWriter<Value: JSONWritable>: FastWriter {
    override func write(_ value: UnsafeRawPointer, to output: inout JSONOutput) {
        value.assumingMemoryBound(to: Value.self).pointee.write(to: &output)
    }
}
