import Identity
import Synchronization
import Values

/// All open connections of a node, and whose sessions they hang on.
final class Listeners: Sendable {
    private struct State {
        var all: Set<Listener> = []
        var bySession: [ID<Session>: Set<Listener>] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())

    var all: [Listener] { state.withLock { Array($0.all) } }
    var count: Int { state.withLock { $0.all.count } }

    /// False when the node stops: then no more are taken.
    func insert(_ listener: Listener) -> Bool {
        state.withLock { state in
            if state.isClosed { return false }
            state.all.insert(listener)
            Self.tie(listener, &state)
            return true
        }
    }

    /// The listener's caller has a session now.
    func tie(_ listener: Listener) {
        state.withLock { state in
            if state.all.contains(listener) { Self.tie(listener, &state) }
        }
    }

    private static func tie(_ listener: Listener, _ state: inout State) {
        guard let session = listener.caller.session else { return }
        state.bySession[session, default: []].insert(listener)
    }

    func remove(_ listener: Listener) {
        state.withLock { state in
            state.all.remove(listener)
            guard let session = listener.caller.session else { return }
            state.bySession[session]?.remove(listener)
            if state.bySession[session]?.isEmpty == true { state.bySession[session] = nil }
        }
    }

    func of(_ session: ID<Session>) -> Set<Listener> {
        state.withLock { $0.bySession[session] ?? [] }
    }

    var sessions: [ID<Session>] { state.withLock { Array($0.bySession.keys) } }

    /// Takes no more, and returns those there are.
    func close() -> [Listener] {
        state.withLock { state in
            state.isClosed = true
            return Array(state.all)
        }
    }
}
