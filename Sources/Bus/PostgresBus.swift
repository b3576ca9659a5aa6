import PostgresStore
import SQL
import Values

/// The bus of several nodes on one PostgreSQL database, over its notifications.
///
/// The publishing node hears a message before `publish` returns, even when the others cannot be
/// told; then it throws. When the listening connection is lost and when it is back, all topics have
/// a `.gap`.
package final class PostgresBus: Bus {
    private let store: PostgresStore
    private let listeners: BusListeners
    private let listener: PostgresListener
    /// Tells own messages from those of others.
    private let node: String

    private init(
        _ store: PostgresStore, _ listeners: BusListeners, _ listener: PostgresListener,
        node: String
    ) {
        self.store = store
        self.listeners = listeners
        self.listener = listener
        self.node = node
    }

    /// Returns when messages of other nodes are heard.
    package static func open(
        on store: PostgresStore, randomness: Randomness = .system
    ) async throws -> PostgresBus {
        let node = String(randomness.integer(), radix: 36)
        let listeners = BusListeners()
        let listener = try await store.listen(to: [try SQLIdentifier(channel)]) { event in
            hear(event, on: node, listeners)
        }
        return PostgresBus(store, listeners, listener, node: node)
    }

    /// Hears nothing more. Before the store is closed.
    package func close() async { await listener.close() }

    package func publish(_ topic: String, _ payload: String) async throws {
        let message = try BusMessage(from: node, topic, payload)
        listeners.tell(topic, .message(payload))
        try await store.execute(Self.notify, Self.channel, message.text)
    }

    package func subscribe(
        _ topic: String, _ body: @escaping @Sendable (BusEvent) -> Void
    ) -> BusSubscription {
        listeners.add(topic, body)
    }

    private static func hear(
        _ event: PostgresListener.Event, on node: String, _ listeners: BusListeners
    ) {
        switch event {
        case .interrupted, .resumed: listeners.tellAll(.gap)
        case .notification(_, let payload):
            guard let message = BusMessage(payload), message.node != node else { return }
            listeners.tell(message.topic, .message(message.payload))
        }
    }

    private static let channel = "atrium_bus"

    private static let notify = Statement(
        .write, sqlite: "SELECT $1, $2", postgres: "SELECT pg_notify($1, $2)", binds: String.self,
        String.self, returns: NoRow.self)

    /// What the check of statements looks at, on PostgreSQL.
    package static let statements = [notify.core]
}
