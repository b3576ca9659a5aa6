import Bus
import Changes
import Identity
import Logs
import Loop
import Resources
import SQL
import Synchronization
import Values

/// Tells listeners what is written to rows of resources.
///
/// One task of a node reads the log of changes, once for all; who sees what is decided for each listener
/// without a query of his own, but for one that looks up members' roles for all of them. While nobody
/// listens nothing is read.
final class ChangeFeed: Sendable {
    /// Changes that are read, and held, at a time.
    static let pageSize = 250

    struct State {
        /// What the listeners are told of, or about to be told of. Nil while nobody listens.
        var head: Int64?
        /// What all of them were told of.
        var told: Int64 = 0
        var recent: RecentChanges
        var rooms: [Topic: [ObjectIdentifier: Seat]] = [:]
        /// Those who are on their way to a place.
        var joining = 0
    }

    let log: ChangeLog
    let database: any Database
    let watches: [String: ResourceWatch]
    let readers: Turnstile
    let counts: RealtimeCounts
    let state: Mutex<State>
    private let limits: RealtimeLimits
    /// A bus that lost its voice is made up for after the rest.
    private let lookout = Lookout(Lookout.Times(restMax: .seconds(5)))

    init(
        _ log: ChangeLog, _ database: any Database, _ watches: [ResourceWatch],
        _ limits: RealtimeLimits, _ counts: RealtimeCounts
    ) {
        (self.log, self.database, self.limits) = (log, database, limits)
        self.counts = counts
        self.watches = Dictionary(
            watches.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        readers = Turnstile(places: RealtimeLimits.readersMax)
        state = Mutex(State(recent: RecentChanges(countMax: limits.recentChanges, after: 0)))
    }

    /// Nil while nobody listens.
    var told: Int64? { state.withLock { $0.head == nil ? nil : $0.told } }

    var seats: Int { state.withLock { $0.rooms.values.reduce(0) { $0 + $1.count } } }

    // MARK: Life

    func start(on loop: EventLoop, _ logger: Logger) async throws {
        let ear = try await log.listen { [bell = lookout.bell] _ in bell.ring() }
        lookout.start(on: loop, hearing: ear) { error in
            logger.warn("changes cannot be told", ["error": LogValue(error)])
        } _: { [self] _ in
            try await look()
            return .nothing
        }
    }

    func stop() async { await lookout.stop() }

    // MARK: Reading

    /// Tells all that there is.
    private func look() async throws {
        while !Task.isCancelled, let head = wakefulHead {
            switch try await log.after(head, limit: Self.pageSize) {
            case .changes(let changes) where changes.isEmpty: return
            case .changes(let changes): try await tell(changes)
            case .resync(let newest): tellOfLoss(newest)
            }
        }
    }

    /// Goes to sleep when nobody listens.
    private var wakefulHead: Int64? {
        state.withLock { state in
            if state.rooms.isEmpty, state.joining == 0 { state.head = nil }
            return state.head
        }
    }

    /// The node fell behind by more than is kept, or the database is another one.
    private func tellOfLoss(_ newest: Int64) {
        let rooms = state.withLock { state in
            (state.head, state.told) = (newest, newest)
            state.recent = RecentChanges(countMax: limits.recentChanges, after: newest)
            return state.rooms
        }
        for (topic, seats) in rooms {
            for seat in seats.values {
                seat.listener.sink.mention(.resync(topic, seq: newest))
            }
        }
    }

    /// Where the listeners are. Wakes the feed when there were none.
    private func awake() async throws -> Int64 {
        if let head = state.withLock({ $0.head }) { return head }
        let newest = try await log.newest
        return state.withLock { state in
            if let head = state.head { return head }
            (state.head, state.told) = (newest, newest)
            state.recent = RecentChanges(countMax: limits.recentChanges, after: newest)
            return newest
        }
    }
}

// MARK: Places

extension ChangeFeed: EventFeed {
    func newest(of topic: Topic) async throws -> Int64 { try await awake() }

    func join(
        _ topic: Topic, _ listener: Listener, _ rules: RuleCaller, after seq: Int64
    ) async throws -> Joining {
        state.withLock { $0.joining += 1 }
        defer { state.withLock { $0.joining -= 1 } }
        let head = try await awake()
        lookout.bell.ring()
        // A number of another node, which has read further.
        if seq > head {
            let newest = try await log.newest
            if seq > newest { return .resync(newest: newest) }
        }
        let seat = Seat(listener: listener, rules: rules, after: seq)
        let (isSeated, recent, through) = state.withLock { state in
            state.join(topic, seat)
        }
        if isSeated { return .seated }
        if let recent {
            return .behind(try await shown(recent, topic, rules), through: through)
        }
        return try await readBehind(topic, rules, after: seq, through: through)
    }

    func leave(_ topic: Topic, _ listener: Listener) {
        state.withLock { $0.leave(topic, listener) }
    }

    /// The rules look at a listener anew: he has signed in, or the app thinks otherwise of him.
    func reseat(_ topic: Topic, _ listener: Listener, _ rules: RuleCaller) {
        state.withLock { $0.rooms[topic]?[ObjectIdentifier(listener)]?.rules = rules }
    }

    /// A page for one who was away for longer than the memory reaches.
    private func readBehind(
        _ topic: Topic, _ rules: RuleCaller, after seq: Int64, through end: Int64
    ) async throws -> Joining {
        guard case .resource(let name, _) = topic.source else { return .seated }
        await readers.enter()
        defer { readers.leave() }
        switch try await log.after(seq, through: end, of: name, limit: Self.pageSize) {
        case .resync(let newest): return .resync(newest: newest)
        case .changes(let changes):
            let isAll = changes.count < Self.pageSize
            return .behind(
                try await shown(changes, topic, rules),
                through: isAll ? end : changes.last?.seq ?? end)
        }
    }

    /// What of some changes one listener sees.
    private func shown(
        _ changes: [NumberedChange], _ topic: Topic, _ rules: RuleCaller
    ) async throws -> [EventFrame] {
        guard case .resource(let name, let row) = topic.source, let watch = watches[name] else {
            return []
        }
        let own = changes.filter { one in
            one.change.topic == name && (row.map { $0 == one.change.row } ?? true)
        }
        let roles = try await KnownRoles(
            of: rules.user.map { [$0] } ?? [],
            in: Set(own.flatMap { watch.organizations(of: $0.change) }),
            on: database)
        return own.compactMap { one in
            watch.sight(of: one.change, for: rules, roles).kind.map {
                EventFrame(topic, one, as: $0)
            }
        }
    }
}

extension ChangeFeed.State {
    /// Gives a place to who has had all that was told; otherwise says what he lacks, where it is
    /// still in memory.
    mutating func join(
        _ topic: Topic, _ seat: Seat
    ) -> (isSeated: Bool, recent: [NumberedChange]?, through: Int64) {
        let head = head ?? 0
        if seat.after >= head {
            rooms[topic, default: [:]][ObjectIdentifier(seat.listener)] = seat
            return (true, nil, head)
        }
        return (false, recent.after(seat.after), head)
    }

    mutating func leave(_ topic: Topic, _ listener: Listener) {
        rooms[topic]?[ObjectIdentifier(listener)] = nil
        if rooms[topic]?.isEmpty == true { rooms[topic] = nil }
    }
}

extension ChangeSight {
    /// What it is called to whoever sees it so; nil for who sees nothing.
    var kind: ChangeKind? {
        switch self {
        case .nothing: nil
        case .appears(let kind): kind
        case .changes: .updated
        case .leaves: .deleted
        }
    }
}
