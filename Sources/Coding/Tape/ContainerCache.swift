/// Keyed containers that are used again.
///
/// A keyed container is a heap box whose generic type is looked up three times while it is made,
/// about 130 ns. One box is kept for each type of keys and pointed at the next object, for as long
/// as nothing else holds it: a quarter of the time of a nested object. It leans on a container being
/// one reference, which is checked, and works without the cache where it is not.
struct ContainerCache<Target> {
    struct Slot {
        var keys: UInt = 0
        var box: AnyObject?
        /// What the kept container stands for now.
        let target: UnsafeMutablePointer<Target>
    }

    private let slots: UnsafeMutablePointer<Slot>

    private static var count: Int { 64 }

    init(idle: Target) {
        slots = .allocate(capacity: Self.count)
        let targets = UnsafeMutablePointer<Target>.allocate(capacity: Self.count)
        targets.initialize(repeating: idle, count: Self.count)
        for index in 0..<Self.count {
            (slots + index).initialize(to: Slot(target: targets + index))
        }
    }

    @inline(__always)
    private func slot(_ keys: UInt) -> UnsafeMutablePointer<Slot> {
        slots + Int((keys &>> 3 ^ keys &>> 9) & UInt(Self.count - 1))
    }

    /// The kept container for these keys, pointed at `target`; or a new one, which is kept if its
    /// place is free. `make` is given the place its container must look for its target, if it is.
    @inline(__always)
    func container<Keys, Container>(
        _ type: Keys.Type, for target: Target,
        make: (UnsafeMutablePointer<Target>?) -> Container
    ) -> Container {
        let keys = UInt(bitPattern: unsafeBitCast(type as Any.Type, to: UnsafeRawPointer.self))
        let slot = slot(keys)
        if slot.pointee.keys == keys, isKnownUniquelyReferenced(&slot.pointee.box) {
            slot.pointee.target.pointee = target
            return Self.box(in: slot).assumingMemoryBound(to: Container.self).pointee
        }
        return fill(slot, keys, target, make)
    }

    @inline(never)
    private func fill<Container>(
        _ slot: UnsafeMutablePointer<Slot>, _ keys: UInt, _ target: Target,
        _ make: (UnsafeMutablePointer<Target>?) -> Container
    ) -> Container {
        let isFree = slot.pointee.box == nil || isKnownUniquelyReferenced(&slot.pointee.box)
        guard isFree, MemoryLayout<Container>.size == MemoryLayout<AnyObject>.size else {
            return make(nil)
        }
        let container = make(slot.pointee.target)
        slot.pointee.keys = keys
        slot.pointee.box = unsafeBitCast(container, to: AnyObject.self)
        slot.pointee.target.pointee = target
        return container
    }

    @inline(__always)
    private static func box(in slot: UnsafeMutablePointer<Slot>) -> UnsafeRawPointer {
        UnsafeRawPointer(slot) + MemoryLayout<UInt>.size
    }
}
