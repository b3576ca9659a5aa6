import Glibc
import Synchronization

/// Scratch memory that is used again: taken at the start of a call, given back at its end.
///
/// Each thread usually finds what it gave back last, by one atomic exchange; what does not fit there
/// waits in a list. What a pool made is never freed, so that a decoder or encoder that was kept past
/// its call finds memory of the right shape and stops there.
// Safe because the slots are only touched by atomic operations, and a state belongs to whoever took
// it out.
final class Pool<State: ~Copyable>: @unchecked Sendable {
    private let slots: UnsafeMutablePointer<Atomic<UInt>>
    private let waiting = Mutex<[UInt]>([])
    private let make: @Sendable () -> UnsafeMutablePointer<State>

    private static var slotCount: Int { 16 }
    /// Each slot on a cache line of its own.
    private static var stride: Int { 8 }

    init(make: @escaping @Sendable () -> UnsafeMutablePointer<State>) {
        self.make = make
        slots = .allocate(capacity: Self.slotCount * Self.stride)
        for index in 0..<Self.slotCount * Self.stride {
            (slots + index).initialize(to: Atomic(0))
        }
    }

    @inline(__always)
    private var slot: UnsafeMutablePointer<Atomic<UInt>> {
        let thread = UInt(pthread_self()) &* 0x9E37_79B9_7F4A_7C15
        return slots + Int(thread &>> 60) &* Self.stride
    }

    @inline(__always)
    func take() -> UnsafeMutablePointer<State> {
        let kept = slot.pointee.exchange(0, ordering: .acquiring)
        if kept != 0, let state = UnsafeMutablePointer<State>(bitPattern: kept) { return state }
        return another()
    }

    @inline(never)
    private func another() -> UnsafeMutablePointer<State> {
        if let kept = waiting.withLock({ $0.popLast() }),
            let state = UnsafeMutablePointer<State>(bitPattern: kept)
        {
            return state
        }
        return make()
    }

    @inline(__always)
    func give(back state: UnsafeMutablePointer<State>) {
        let replaced = slot.pointee.exchange(
            UInt(bitPattern: state), ordering: .acquiringAndReleasing)
        if replaced != 0 { waiting.withLock { $0.append(replaced) } }
    }
}
