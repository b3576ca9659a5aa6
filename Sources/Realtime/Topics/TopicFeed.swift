import Bus
import Logs
import Loop
import Resources
import Synchronization
import Values

/// Tells listeners what is said at topics of apps: reads those topics only that somebody listens to.
final class TopicFeed: Sendable {
    private struct Room {
        /// What its listeners are told of, or about to be told of.
        var head: Int64
        var seats: [ObjectIdentifier: Seat] = [:]
    }

    private struct State {
        var rooms: [Topic: Room] = [:]
        /// Topics that are to be looked at.
        var wanted: Set<Topic> = []
        /// All of them, since a message may have been missed.
        var wantsAll = false
    }

    private let log: TopicLog
    private let counts: RealtimeCounts
    /// What was said unheard is found after the rest.
    private let lookout = Lookout(Lookout.Times(restMax: .seconds(2)))
    private let state = Mutex(State())

    init(_ log: TopicLog, _ counts: RealtimeCounts) {
        (self.log, self.counts) = (log, counts)
    }

    var seats: Int { state.withLock { $0.rooms.values.reduce(0) { $0 + $1.seats.count } } }

    func seats(at topic: Topic) -> [Seat] {
        state.withLock { $0.rooms[topic].map { Array($0.seats.values) } ?? [] }
    }

    // MARK: Life

    func start(on loop: EventLoop, _ logger: Logger) async throws {
        let ear = try await log.bus.subscribe(TopicLog.busTopic) { [weak self] event in
            switch event {
            case .message(let name): self?.want(name)
            case .gap: self?.wantAll()
            }
        }
        lookout.start(on: loop, hearing: ear) { error in
            logger.warn("topics cannot be told", ["error": LogValue(error)])
        } _: { [self] cause in
            if cause == .rested { state.withLock { $0.wantsAll = true } }
            try await look()
            return .nothing
        }
    }

    func stop() async { await lookout.stop() }

    private func want(_ name: String) {
        guard let topic = Topic(name) else { return }
        let isHeard = state.withLock { state in
            guard state.rooms[topic] != nil else { return false }
            state.wanted.insert(topic)
            return true
        }
        if isHeard { lookout.bell.ring() }
    }

    private func wantAll() {
        state.withLock { $0.wantsAll = true }
        lookout.bell.ring()
    }

    // MARK: Reading

    private func look() async throws {
        let (wanted, all) = state.withLock { state -> (Set<Topic>, [Topic]) in
            defer { (state.wanted, state.wantsAll) = ([], false) }
            return (state.wanted, state.wantsAll ? Array(state.rooms.keys) : [])
        }
        for topic in try await behind(all).union(wanted) { try await tell(topic) }
    }

    /// Those that have more than was told.
    private func behind(_ topics: [Topic]) async throws -> Set<Topic> {
        var found: Set<Topic> = []
        var rest = topics[...]
        while !rest.isEmpty {
            let heads = try await log.newest(of: Array(rest.prefix(500)))
            rest = rest.dropFirst(500)
            state.withLock { state in
                for (topic, seq) in heads where state.rooms[topic]?.head ?? seq != seq {
                    found.insert(topic)
                }
            }
        }
        return found
    }

    private func tell(_ topic: Topic) async throws {
        while let head = state.withLock({ $0.rooms[topic]?.head }) {
            switch try await log.after(head, of: topic) {
            case .events(let events):
                guard let last = events.last else { return }
                await tell(events.map { EventFrame(topic, $0) }, move(topic, to: last.seq))
            case .resync(let newest):
                for seat in move(topic, to: newest) {
                    seat.listener.sink.mention(.resync(topic, seq: newest))
                }
                return
            }
        }
    }

    private func move(_ topic: Topic, to seq: Int64) -> [Seat] {
        state.withLock { state in
            state.rooms[topic]?.head = seq
            return state.rooms[topic].map { Array($0.seats.values) } ?? []
        }
    }

    private func tell(_ frames: [EventFrame], _ seats: [Seat]) async {
        for frame in frames {
            for (turn, seat) in seats.enumerated() where seat.wants(frame.seq) {
                if turn % Self.tellMax == Self.tellMax - 1 { await Task.yield() }
                seat.tell(frame, counts)
            }
        }
    }

    /// Listeners that are told before others have their turn.
    private static let tellMax = 128
}

extension TopicFeed: EventFeed {
    func newest(of topic: Topic) async throws -> Int64 { try await log.newest(of: topic) }

    func join(
        _ topic: Topic, _ listener: Listener, _ rules: RuleCaller, after seq: Int64
    ) async throws -> Joining {
        let newest = try await log.newest(of: topic)
        if seq > newest { return .resync(newest: newest) }
        let seat = Seat(listener: listener, rules: rules, after: seq)
        let isSeated = state.withLock { state in
            var room = state.rooms[topic] ?? Room(head: newest)
            guard seq >= room.head else { return false }
            room.seats[ObjectIdentifier(listener)] = seat
            state.rooms[topic] = room
            // What was said since `newest` was read nobody may have been there to hear of.
            state.wanted.insert(topic)
            return true
        }
        if isSeated {
            lookout.bell.ring()
            return .seated
        }
        switch try await log.after(seq, of: topic) {
        case .resync(let newest): return .resync(newest: newest)
        case .events(let events):
            return .behind(
                events.map { EventFrame(topic, $0) }, through: events.last?.seq ?? newest)
        }
    }

    func leave(_ topic: Topic, _ listener: Listener) {
        state.withLock { state in
            state.rooms[topic]?.seats[ObjectIdentifier(listener)] = nil
            if state.rooms[topic]?.seats.isEmpty == true { state.rooms[topic] = nil }
        }
    }
}
