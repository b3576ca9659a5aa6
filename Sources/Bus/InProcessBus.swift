/// The bus of a program that runs on one node.
package final class InProcessBus: Bus {
    private let listeners = BusListeners()

    package init() {}

    package func publish(_ topic: String, _ payload: String) throws(BusError) {
        try BusMessage.check(topic, payload)
        listeners.tell(topic, .message(payload))
    }

    package func subscribe(
        _ topic: String, _ body: @escaping @Sendable (BusEvent) -> Void
    ) -> BusSubscription {
        listeners.add(topic, body)
    }
}
