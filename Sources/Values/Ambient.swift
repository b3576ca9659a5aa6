import CLinux
import Glibc

// The two things a program must be given and never takes by itself: the time and randomness.
// `TidyTests` refuses every other source of either.

/// Tells the time. Tests pass one that they move by hand.
package struct Clock: Sendable {
    private let read: @Sendable () -> Instant

    package init(_ read: @escaping @Sendable () -> Instant) {
        self.read = read
    }

    package var now: Instant { read() }

    /// The machine's clock.
    package static let system = Clock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(
            microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}

/// Gives random bytes. Tests may pass one with a seed.
package struct Randomness: Sendable {
    private let fill: @Sendable (UnsafeMutableRawBufferPointer) -> Void

    package init(_ fill: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Void) {
        self.fill = fill
    }

    package func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            fill(UnsafeMutableRawBufferPointer(buffer))
            initialized = count
        }
    }

    package func integer() -> UInt64 {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 1) { buffer in
            fill(UnsafeMutableRawBufferPointer(buffer))
            return buffer[0]
        }
    }

    /// The kernel's generator, for ids and keys alike.
    package static let system = Randomness { buffer in
        var filled = 0
        while filled < buffer.count {
            let count = getrandom(buffer.baseAddress! + filled, buffer.count - filled, 0)
            precondition(count > 0 || linux_errno() == EINTR, "the kernel gives random bytes")
            filled += max(count, 0)
        }
    }
}
