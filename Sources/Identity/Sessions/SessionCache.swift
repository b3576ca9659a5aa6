import Bus
import Synchronization
import Values

/// The sessions that access tokens named lately, so that a request with a JWT needs no query.
///
/// Nothing needs it to be right: an entry lives five seconds, and a revocation on any node is heard
/// over the bus before that.
package final class SessionCache: Sendable {
    static let topic = "session.revoked"
    static let entriesMax = 10_000
    static let entryLifetime: Duration = .seconds(5)

    private struct State {
        var entries: [ID<Session>: (active: ActiveSession, until: Instant)] = [:]
        /// Counts revocations: what was read from the database before one is not kept after it.
        var generation: UInt64 = 0
    }

    private let state = Mutex(State())
    let bus: any Bus

    package init(_ bus: any Bus) {
        self.bus = bus
    }

    /// Listens for revocations on other nodes until the subscription is dropped.
    package func listen() async throws -> BusSubscription {
        try await bus.subscribe(Self.topic) { [weak self] event in
            switch event {
            case .message(let payload): self?.drop(ID(payload))
            case .gap: self?.dropAll()
            }
        }
    }

    var generation: UInt64 { state.withLock { $0.generation } }

    func find(_ id: ID<Session>, at now: Instant) -> ActiveSession? {
        state.withLock { state in
            guard let entry = state.entries[id], entry.until > now,
                entry.active.session.expiresAt > now
            else { return nil }
            return entry.active
        }
    }

    func insert(_ active: ActiveSession, at now: Instant, readAt generation: UInt64) {
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.entries.count >= Self.entriesMax { state.entries.removeAll() }
            state.entries[active.session.id] = (active, now + Self.entryLifetime)
        }
    }

    /// Forgets a session here and tells the other nodes. A node that does not hear of it forgets by
    /// itself.
    func revoke(_ id: ID<Session>) async {
        drop(id)
        try? await bus.publish(Self.topic, id.description)
    }

    func drop(_ id: ID<Session>?) {
        guard let id else { return }
        state.withLock { state in
            state.generation += 1
            state.entries[id] = nil
        }
    }

    private func dropAll() {
        state.withLock { state in
            state.generation += 1
            state.entries.removeAll()
        }
    }
}
