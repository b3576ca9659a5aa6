import Synchronization

/// What a node's realtime has done, for its metrics.
package final class RealtimeCounts: Sendable {
    /// Events that were accepted for a listener, each for itself.
    let told = Atomic<Int>(0)
    /// Listeners that were too slow.
    let dropped = Atomic<Int>(0)

    init() {}

    package var eventsTold: Int { told.load(ordering: .relaxed) }
    package var listenersDropped: Int { dropped.load(ordering: .relaxed) }
}
