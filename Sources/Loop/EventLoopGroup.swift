import Glibc
import Synchronization

/// The loops of a program, one per core unless told otherwise.
package final class EventLoopGroup: Sendable {
    package let loops: [EventLoop]
    private let next = Atomic(0)

    package init(count: Int = EventLoopGroup.coreCount) {
        precondition(count > 0, "a group has a loop")
        loops = (0..<count).map { EventLoop(index: $0) }
    }

    /// A loop, each in its turn.
    package var any: EventLoop {
        let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
        return loops[Int(UInt(bitPattern: turn) % UInt(loops.count))]
    }

    package func start() { for loop in loops { loop.start() } }

    /// Asks all loops to end after their current tick.
    package func stop() { for loop in loops { loop.stop() } }

    /// Waits until the threads of stopped loops have ended. Not from one of them.
    package func join() { for loop in loops { loop.join() } }
}

extension EventLoopGroup {
    /// Processors this machine lets the program use.
    package static var coreCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
