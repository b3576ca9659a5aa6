import Bus
import Coding
import Logs
import Loop
import SQL
import Synchronization
import Values

/// Who listens to topics of apps, on all nodes.
///
/// A hint: each node keeps rows of its own listeners alive, and those of a node that ended are gone
/// after a minute.
final class Presence: Sendable {
    static let busTopic = "realtime.presence"
    /// How often a node says that its listeners are still there.
    static let renewal: Duration = .seconds(20)
    static let lifetime: Duration = .seconds(60)
    /// Members that are named; of more, their number is.
    static let membersMax = 100

    /// A member may have several connections.
    private struct Room {
        var members: [ObjectIdentifier: String] = [:]
        var connections: [String: Int] = [:]

        /// True for the member's first connection.
        mutating func enter(_ listener: Listener, _ member: String) -> Bool {
            guard members.updateValue(member, forKey: ObjectIdentifier(listener)) == nil else {
                return false
            }
            connections[member, default: 0] += 1
            return connections[member] == 1
        }

        /// The member whose last connection it was.
        mutating func leave(_ listener: Listener) -> String? {
            guard let member = members.removeValue(forKey: ObjectIdentifier(listener)) else {
                return nil
            }
            let rest = (connections[member] ?? 1) - 1
            connections[member] = rest > 0 ? rest : nil
            return rest > 0 ? nil : member
        }
    }

    private struct State {
        /// Who is at each topic, on this node.
        var own: [Topic: Room] = [:]
        var wanted: Set<Topic> = []
        var renewing: Task<Void, Never>?
        var logger = Logger.none
    }

    private let database: any Database
    private let bus: any Bus
    private let node: String
    private let clock: Clock
    private let lookout = Lookout(Lookout.Times(restMax: renewal))
    private let state = Mutex(State())

    init(_ database: any Database, _ bus: any Bus, node: String, clock: Clock) {
        (self.database, self.bus, self.node, self.clock) = (database, bus, node, clock)
    }

    // MARK: Life

    /// `seats` are this node's listeners at a topic.
    func start(
        on loop: EventLoop, _ logger: Logger, seats: @escaping @Sendable (Topic) -> [Seat]
    ) async throws {
        let ear = try await bus.subscribe(Self.busTopic) { [weak self] event in
            guard case .message(let name) = event, let topic = Topic(name) else { return }
            self?.want(topic)
        }
        lookout.start(on: loop, hearing: ear) { _ in
            // What fails has been told by `attempt`.
        } _: { [self] _ in
            await tell(seats)
            return .nothing
        }
        let renewing = loop.spawn { [weak self] in
            while (try? await loop.sleep(for: Self.renewal)) != nil { await self?.renew() }
        }
        state.withLock { ($0.renewing, $0.logger) = (renewing, logger) }
    }

    /// The others need not wait until this node's rows end by themselves.
    func stop() async {
        let (renewing, topics) = state.withLock { ($0.renewing, Array($0.own.keys)) }
        renewing?.cancel()
        await lookout.stop()
        await renewing?.value
        guard !topics.isEmpty else { return }
        await attempt {
            try await self.database.execute(PresenceRow.deleteNode, self.node)
            for topic in topics { await self.announce(topic) }
        }
    }

    // MARK: Coming and going

    func enter(_ topic: Topic, _ listener: Listener, _ families: TopicFamilies) async {
        guard families.hasPresence(topic), let user = listener.caller.principal?.user else {
            return
        }
        let member = user.id.description
        let isFirst = state.withLock { $0.own[topic, default: Room()].enter(listener, member) }
        guard isFirst else { return }
        await attempt { [self] in
            try await database.execute(
                PresenceRow.upsert, topic.description, node, member, user.name,
                clock.now + Self.lifetime)
            await announce(topic)
        }
    }

    func leave(_ topic: Topic, _ listener: Listener) async {
        let left = state.withLock { state -> String? in
            let left = state.own[topic]?.leave(listener)
            if state.own[topic]?.members.isEmpty == true { state.own[topic] = nil }
            return left ?? nil
        }
        guard let left else { return }
        await attempt { [self] in
            try await database.execute(PresenceRow.delete, topic.description, node, left)
            await announce(topic)
        }
    }

    /// Those who are there, the first hundred by name, and how many they are.
    func members(of topic: Topic) async throws -> (members: [JSON], count: Int) {
        let found = try await database.all(
            PresenceRow.list, topic.description, clock.now, Self.membersMax)
        let members = found.map { one -> JSON in
            ["id": .string(one.member), "name": one.name.map { .string($0) } ?? .null]
        }
        return (members, found.first?.count ?? 0)
    }

    // MARK: Telling

    private func want(_ topic: Topic) {
        state.withLock { _ = $0.wanted.insert(topic) }
        lookout.bell.ring()
    }

    private func announce(_ topic: Topic) async {
        try? await bus.publish(Self.busTopic, topic.description)
    }

    private func tell(_ seats: @Sendable (Topic) -> [Seat]) async {
        let wanted = state.withLock { state in
            defer { state.wanted = [] }
            return state.wanted
        }
        for topic in wanted {
            let listening = seats(topic)
            if listening.isEmpty { continue }
            await attempt { [self] in
                let (members, count) = try await members(of: topic)
                for seat in listening {
                    seat.listener.sink.mention(.presence(topic, members, count: count))
                }
            }
        }
    }

    private func renew() async {
        await attempt { [self] in
            let now = clock.now
            if state.withLock({ !$0.own.isEmpty }) {
                try await database.execute(PresenceRow.renew, node, now + Self.lifetime)
            }
            for ended in try await database.all(PresenceRow.deleteEnded, now) {
                if let topic = Topic(ended.value) { await announce(topic) }
            }
        }
    }

    /// What fails is made up for by the next renewal.
    private func attempt(_ body: @Sendable () async throws -> Void) async {
        do { try await body() } catch {
            state.withLock { $0.logger }.warn(
                "who listens is not known to all", ["error": LogValue(error)])
        }
    }

    static let statements: [StatementCore] = PresenceRow.statements
}

/// A member at a topic.
private struct PresenceRow: RowDecodable {
    let member: String
    let name: String?
    /// All members there.
    let count: Int

    init(row: inout Row) throws(DatabaseError) {
        member = try row.next()
        name = try row.next()
        count = try row.next()
    }

    static let upsert = Statement(
        .write,
        """
        INSERT INTO realtime_presences (topic, node, member, name, ends_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (topic, node, member) DO UPDATE
            SET name = excluded.name, ends_at = excluded.ends_at
        """, binds: String.self, String.self, String.self, String?.self, Instant.self)

    static let delete = Statement(
        .write,
        "DELETE FROM realtime_presences WHERE topic = $1 AND node = $2 AND member = $3",
        binds: String.self, String.self, String.self)

    static let deleteNode = Statement(
        .write, "DELETE FROM realtime_presences WHERE node = $1", binds: String.self)

    static let renew = Statement(
        .write, "UPDATE realtime_presences SET ends_at = $2 WHERE node = $1",
        binds: String.self, Instant.self)

    static let deleteEnded = Statement(
        .write, "DELETE FROM realtime_presences WHERE ends_at < $1 RETURNING topic",
        binds: Instant.self, returns: Single<String>.self)

    /// A member of several nodes counts once.
    static let list = Statement(
        .scan,
        """
        SELECT member, max(name), count(*) OVER ()
        FROM realtime_presences WHERE topic = $1 AND ends_at > $2
        GROUP BY member ORDER BY member LIMIT $3
        """, binds: String.self, Instant.self, Int.self, returns: PresenceRow.self)

    static let statements: [StatementCore] = [
        upsert.core, delete.core, deleteNode.core, renew.core, deleteEnded.core, list.core,
    ]
}
