import Changes
import Identity
import Resources
import Values

extension ChangeFeed {
    /// Those who listen to some changes, and what must be known of them to say who sees what.
    private struct Audience {
        var rooms: [Topic: [ObjectIdentifier: Seat]] = [:]
        var roles = KnownRoles()
    }

    /// Tells everybody of changes that were just read.
    func tell(_ changes: [NumberedChange]) async throws {
        guard let last = changes.last else { return }
        let audience = try await audience(of: changes, through: last.seq)
        for one in changes { await tell(one, audience) }
        state.withLock { $0.told = max($0.told, last.seq) }
    }

    /// Moves the head, so that whoever joins from now on gets them by himself. Before that, the roles
    /// of all are known who are there: read after the changes were, so that who lost one
    /// before a change does not hear of it.
    private func audience(
        of changes: [NumberedChange], through last: Int64
    ) async throws -> Audience {
        let topics = Set(changes.flatMap { Self.topics(of: $0.change) })
        let places = Set(
            changes.flatMap { watches[$0.change.topic]?.organizations(of: $0.change) ?? [] })
        var (known, roles): (Set<ID<User>>, KnownRoles) = ([], KnownRoles())
        while true {
            let (audience, missing) = state.withLock {
                state -> (Audience?, Set<ID<User>>) in
                var rooms: [Topic: [ObjectIdentifier: Seat]] = [:]
                for topic in topics { rooms[topic] = state.rooms[topic] }
                let users = places.isEmpty ? [] : users(in: rooms)
                guard users.isSubset(of: known) else { return (nil, users) }
                state.head = last
                state.recent.append(changes)
                return (Audience(rooms: rooms, roles: roles), [])
            }
            if let audience { return audience }
            known = missing
            roles = try await KnownRoles(of: known, in: places, on: database)
        }
    }

    /// Those whose roles matter.
    private func users(in rooms: [Topic: [ObjectIdentifier: Seat]]) -> Set<ID<User>> {
        var users: Set<ID<User>> = []
        for (topic, seats) in rooms {
            guard case .resource(let name, _) = topic.source, watches[name]?.asksRoles == true
            else { continue }
            for seat in seats.values {
                if let user = seat.rules.user { users.insert(user) }
            }
        }
        return users
    }

    private static func topics(of change: Change) -> [Topic] {
        [
            Topic(.resource(change.topic, row: nil)),
            Topic(.resource(change.topic, row: change.row)),
        ]
    }

    private func tell(_ one: NumberedChange, _ audience: Audience) async {
        guard let watch = watches[one.change.topic] else { return }
        for topic in Self.topics(of: one.change) {
            guard let seats = audience.rooms[topic] else { continue }
            var frames = FrameSet(topic, one)
            var turn = 0
            for seat in seats.values where seat.wants(one.seq) {
                turn += 1
                // Others have their turn meanwhile: requests, and the sockets themselves.
                if turn % Self.tellMax == 0 { await Task.yield() }
                let sight = watch.sight(of: one.change, for: seat.rules, audience.roles)
                if let kind = sight.kind { seat.tell(frames.frame(kind), counts) }
            }
        }
    }

    /// Listeners that are told before others have their turn.
    private static let tellMax = 128
}

extension Seat {
    /// Who does not keep up is dropped, and nobody waits for him.
    func tell(_ event: EventFrame, _ counts: RealtimeCounts) {
        if listener.sink.offer(event) {
            counts.told.add(1, ordering: .relaxed)
        } else if listener.sink.isOpen {
            counts.dropped.add(1, ordering: .relaxed)
            listener.sink.cut(.slow)
        }
    }
}

/// The few things that one change is to different people, each written when it is first needed.
private struct FrameSet {
    private let topic: Topic
    private let change: NumberedChange
    private var frames: [ChangeKind: EventFrame] = [:]

    init(_ topic: Topic, _ change: NumberedChange) {
        (self.topic, self.change) = (topic, change)
    }

    mutating func frame(_ kind: ChangeKind) -> EventFrame {
        if let frame = frames[kind] { return frame }
        let frame = EventFrame(topic, change, as: kind)
        frames[kind] = frame
        return frame
    }
}
