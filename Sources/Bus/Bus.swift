/// Tells all nodes of a program that something happened.
///
/// A hint and not a record: what must not be lost is in the database, and whoever listens can rebuild
/// what he keeps from there. Messages of one node arrive in the order they were published; a node
/// hears its own messages once.
package protocol Bus: Sendable {
    /// Topics are `[a-z0-9_.]`, at most 63 bytes; a payload has at most 7,000 bytes of UTF-8.
    func publish(_ topic: String, _ payload: String) async throws

    /// Calls `body` for each event until the subscription is cancelled. `body` does not wait.
    func subscribe(
        _ topic: String, _ body: @escaping @Sendable (BusEvent) -> Void
    ) async throws -> BusSubscription
}

/// What a subscriber is told.
package enum BusEvent: Hashable, Sendable {
    case message(String)
    /// Messages may have been lost: whatever is kept because of them must be dropped.
    case gap
}

/// A listener, until it is cancelled or let go.
package final class BusSubscription: Sendable {
    private let stop: @Sendable () -> Void

    package init(_ stop: @escaping @Sendable () -> Void) {
        self.stop = stop
    }

    deinit { stop() }
}
