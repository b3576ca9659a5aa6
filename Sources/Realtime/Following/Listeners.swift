import Identity
import Synchronization
import Values

/// All open connections of a node, whose they are and whose sessions they hang on.
final class Listeners: Sendable {
    private struct State {
        var all: Set<Listener> = []
        var bySession: [ID<Session>: Set<Listener>] = [:]
        var byOwner: [RealtimeCaller.Owner: Set<Listener>] = [:]
        var isClosed = false
    }

    private let ownerMax: Int
    private let state = Mutex(State())

    /// One owner may have so many.
    init(ownerMax: Int) { self.ownerMax = ownerMax }

    var all: [Listener] { state.withLock { Array($0.all) } }
    var count: Int { state.withLock { $0.all.count } }

    /// Why it is not taken: its owner has enough, or the node stops and takes no more.
    func insert(_ listener: Listener) -> Farewell? {
        state.withLock { state in
            if state.isClosed { return .goingAway }
            guard tie(listener, &state) else { return .tooMany }
            state.all.insert(listener)
            return nil
        }
    }

    /// The listener's caller is known now; why he may not stay.
    func tie(_ listener: Listener) -> Farewell? {
        state.withLock { state in
            !state.all.contains(listener) || tie(listener, &state) ? nil : .tooMany
        }
    }

    private func tie(_ listener: Listener, _ state: inout State) -> Bool {
        let caller = listener.caller
        if let owner = caller.owner {
            if isFull(owner, state) { return false }
            state.byOwner.add(listener, to: owner)
        }
        if let session = caller.session { state.bySession.add(listener, to: session) }
        return true
    }

    private func isFull(_ owner: RealtimeCaller.Owner, _ state: State) -> Bool {
        state.byOwner[owner]?.count ?? 0 >= ownerMax
    }

    /// Whether another one of the caller's would be refused.
    func isFull(_ caller: RealtimeCaller) -> Bool {
        guard let owner = caller.owner else { return false }
        return state.withLock { isFull(owner, $0) }
    }

    func remove(_ listener: Listener) {
        state.withLock { state in
            state.all.remove(listener)
            let caller = listener.caller
            if let session = caller.session { state.bySession.take(listener, from: session) }
            if let owner = caller.owner { state.byOwner.take(listener, from: owner) }
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

extension Dictionary where Value == Set<Listener> {
    fileprivate mutating func add(_ listener: Listener, to key: Key) {
        self[key, default: []].insert(listener)
    }

    fileprivate mutating func take(_ listener: Listener, from key: Key) {
        self[key]?.remove(listener)
        if self[key]?.isEmpty == true { self[key] = nil }
    }
}
