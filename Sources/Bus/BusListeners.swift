import Synchronization

/// Who listens on this node, by topic.
final class BusListeners: Sendable {
    private struct State {
        var topics: [String: [UInt64: @Sendable (BusEvent) -> Void]] = [:]
        var lastID: UInt64 = 0
    }

    private let state = Mutex(State())

    func add(
        _ topic: String, _ body: @escaping @Sendable (BusEvent) -> Void
    ) -> BusSubscription {
        let id = state.withLock { state in
            state.lastID += 1
            state.topics[topic, default: [:]][state.lastID] = body
            return state.lastID
        }
        return BusSubscription { [weak self] in self?.remove(id, from: topic) }
    }

    /// The lock is not held meanwhile: a listener may publish and subscribe.
    func tell(_ topic: String, _ event: BusEvent) {
        let listeners = state.withLock { $0.topics[topic] ?? [:] }
        for listener in listeners.values { listener(event) }
    }

    func tellAll(_ event: BusEvent) {
        let topics = state.withLock { $0.topics }
        for listeners in topics.values {
            for listener in listeners.values { listener(event) }
        }
    }

    private func remove(_ id: UInt64, from topic: String) {
        state.withLock { state in
            state.topics[topic]?[id] = nil
            if state.topics[topic]?.isEmpty == true { state.topics[topic] = nil }
        }
    }
}
