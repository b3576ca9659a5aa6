import Bus
import Coding
import SQL
import Values

// What keeps a session in use beyond one request, such as an open socket, must end with it.

extension Sessions {
    /// Calls `body` with each session that is ended on any node, and with nil when that may have been
    /// missed: ask `living` then. `body` does not wait. Sessions that only expire are not told of.
    package func whenEnded(
        _ body: @escaping @Sendable (ID<Session>?) -> Void
    ) async throws -> BusSubscription {
        try await cache.whenRevoked(body)
    }

    /// Those that have not ended, asked of the database.
    package func living(
        of ids: [ID<Session>], at now: Instant
    ) async throws(DatabaseError) -> Set<ID<Session>> {
        if ids.isEmpty { return [] }
        let list = JSON.list(ids.map { .string($0.description) })
        return Set(
            try await database.all(Session.living, JSONText(list.description), now).map(\.value))
    }
}

extension SessionCache {
    fileprivate func whenRevoked(
        _ body: @escaping @Sendable (ID<Session>?) -> Void
    ) async throws -> BusSubscription {
        try await bus.subscribe(Self.topic) { event in
            switch event {
            case .message(let payload): body(ID(payload))
            case .gap: body(nil)
            }
        }
    }
}
