import Synchronization

/// The bus of a program that runs on one node.
package final class InProcessBus: Bus {
    private struct State {
        var listeners: [String: [UInt64: @Sendable (BusEvent) -> Void]] = [:]
        var lastID: UInt64 = 0
    }

    private let state = Mutex(State())

    package init() {}

    package func publish(_ topic: String, _ payload: String) {
        let listeners = state.withLock { $0.listeners[topic] ?? [:] }
        for listener in listeners.values { listener(.message(payload)) }
    }

    package func subscribe(
        _ topic: String, _ body: @escaping @Sendable (BusEvent) -> Void
    ) -> BusSubscription {
        let id = state.withLock { state in
            state.lastID += 1
            state.listeners[topic, default: [:]][state.lastID] = body
            return state.lastID
        }
        return BusSubscription { [weak self] in
            self?.state.withLock { $0.listeners[topic]?[id] = nil }
        }
    }
}
