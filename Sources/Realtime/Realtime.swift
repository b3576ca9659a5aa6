// Realtime: what happens, told to those who may know it, as it happens.
//
// `Frames` has what goes over the wire and the rules of a conversation, without any I/O. `Following`
// tells listeners of what the log of changes holds: read once by each node, in its order, resumed by
// a number. `Topics` does the same for what apps say, in a log of their own. `Sockets` and `Events` are
// the two kinds of connections, a WebSocket's and a stream of server-sent events.
//
// Whoever listens is told under the rules by which he may read, asked of the row before and after
// each change. Nothing waits for a listener: who is too slow is dropped, and resumes.

import API
import Bus
import Changes
import Coding
import HTTP
import Identity
import Jobs
import Logs
import Loop
import Resources
import SQL
import Surfaces
import Synchronization
import Values

/// The realtime part of a program: its two routes, and what a node does while they are in use.
package final class Realtime: Sendable {
    package static let name = "realtime"

    package let counts = RealtimeCounts()
    /// Where apps say what their topics' listeners are to hear.
    package let topics: TopicLog
    let identity: Identity
    let limits: RealtimeLimits
    let clock: Clock
    let rules: WebSocketRules
    let changes: ChangeFeed
    let messages: TopicFeed
    let presence: Presence
    let families: TopicFamilies
    let errors: RealtimeErrors
    let listeners: Listeners
    private let callers: Callers
    private let origins: Set<String>
    private let life = Mutex(Life())

    private struct Life {
        var logger = Logger.none
        var ears: [BusSubscription] = []
        var check: Task<Void, Never>?
        var isStopping = false
    }

    /// What realtime is built on.
    package struct Parts: Sendable {
        package var identity: Identity
        package var bus: any Bus
        package var changes: ChangeLog
        package var topics: TopicLog
        package var rows: Resources
        package var surfaces: SurfaceList
        package var clock: Clock

        package init(
            identity: Identity, bus: any Bus, changes: ChangeLog, topics: TopicLog,
            rows: Resources, surfaces: SurfaceList, clock: Clock
        ) {
            (self.identity, self.bus) = (identity, bus)
            (self.changes, self.topics) = (changes, topics)
            (self.rows, self.surfaces, self.clock) = (rows, surfaces, clock)
        }
    }

    /// `families` are the topics of the program's apps.
    package init(
        _ parts: Parts, _ limits: RealtimeLimits, webSocket: WebSocketLimits,
        families: [any TopicFamily] = []
    ) {
        (identity, clock) = (parts.identity, parts.clock)
        self.limits = limits
        listeners = Listeners(ownerMax: limits.userConnections)
        rules = WebSocketRules(webSocket.bounded(by: limits))
        callers = parts.surfaces.callers
        origins = parts.surfaces.origins.all
        self.families = TopicFamilies(families)
        errors = RealtimeErrors(families.flatMap(\.failures))
        let database = parts.identity.database
        topics = parts.topics
        changes = ChangeFeed(parts.changes, database, parts.rows.watches, limits, counts)
        messages = TopicFeed(topics, counts)
        presence = Presence(
            database, parts.bus, node: String(parts.identity.randomness.integer(), radix: 36),
            clock: parts.clock)
    }

    package func module() -> Module {
        Module(
            Self.name, migrations: TopicLog.migrations,
            statements: TopicLog.statements + Presence.statements, parts: [part],
            jobs: [topics.deletion(after: limits.topicAge)], recurring: [TopicLog.schedule])
    }

    /// Connections that are open on this node, and places at topics.
    package var connections: Int { listeners.count }
    package var subscriptions: Int { changes.seats + messages.seats }

    // MARK: Life

    package func start(on loop: EventLoop, _ logger: Logger) async throws {
        let ears = [
            try await identity.sessions.whenEnded { [weak self] id in
                guard let self else { return }
                if let id { cut(listeners.of(id)) } else { loop.spawn { await self.check() } }
            },
            try await hearReviews(on: loop),
        ]
        try await changes.start(on: loop, logger)
        try await messages.start(on: loop, logger)
        if families.havePresence {
            try await presence.start(on: loop, logger) { [weak self] in
                self?.messages.seats(at: $0) ?? []
            }
        }
        let check = loop.spawn { [weak self, interval = limits.checkInterval] in
            while (try? await loop.sleep(for: interval)) != nil { await self?.check() }
        }
        life.withLock { life in
            (life.logger, life.ears, life.check) = (logger, ears, check)
        }
    }

    /// Takes nobody any more, and sends streams of events away. WebSockets are told by the HTTP
    /// server that ends them.
    package func startDraining() {
        for listener in listeners.close() where listener.sink is EventQueue {
            listener.sink.mention(reconnect)
            listener.sink.cut(.goingAway)
        }
    }

    package func stop() async {
        let check = life.withLock { life in
            life.isStopping = true
            life.ears = []
            return life.check
        }
        check?.cancel()
        await check?.value
        await changes.stop()
        await messages.stop()
        await presence.stop()
    }

    var logger: Logger { life.withLock { $0.logger } }

    /// Each is sent away for another time, so that all do not come back at once.
    var reconnect: ServerMessage {
        let spread = UInt64(max(1, limits.reconnectTime.microseconds))
        let wait = identity.randomness.integer() % spread
        return .reconnect(after: .microseconds(Int64(wait)))
    }

    // MARK: Who

    /// Who asks for a connection. A cookie counts only for pages of trusted origins, which browsers
    /// name; other credentials no page can make a browser send.
    func caller(_ call: Call, bearer: String?) async throws -> RealtimeCaller {
        let principal = try await callers.principal(of: call, bearer: bearer) { call in
            if let origin = call.request[.origin], !origins.contains(origin) {
                throw Failure.forbidden
            }
            return true
        }
        let isKey = if case .key = principal { true } else { false }
        return RealtimeCaller(
            principal, key: isKey ? call.request[.xAPIKey].map(Secret.init) : nil)
    }

    func caller(ofToken token: String) async throws -> RealtimeCaller {
        guard let active = try await identity.session(ofBearer: token, at: clock.now) else {
            throw Failure.unauthorized
        }
        return RealtimeCaller(.session(active))
    }

    var schemes: [SecurityScheme] { callers.schemesWithKeys }

    // MARK: Whether still

    func cut(_ gone: some Sequence<Listener>) {
        for listener in gone { listener.sink.cut(.sessionEnded) }
    }

    /// Looks at all connections: whose session has ended unheard, whose key is no good any more, who
    /// has not said who he is. What cannot be looked up now is looked up the next time.
    package func check() async {
        let now = clock.now
        for listener in listeners.all {
            if listener.isIdle, now - listener.openedAt >= limits.signInTime {
                listener.sink.cut(.nobody)
            }
            listener.sink.keepAlive()
        }
        do {
            try await checkSessions(at: now)
            try await checkOthers(at: now)
        } catch {
            logger.warn("connections could not be checked", ["error": LogValue(error)])
        }
    }

    private func checkSessions(at now: Instant) async throws {
        var rest = listeners.sessions[...]
        while !rest.isEmpty {
            let some = Array(rest.prefix(Self.sessionsMax))
            rest = rest.dropFirst(Self.sessionsMax)
            let living = try await identity.sessions.living(of: some, at: now)
            for id in some where !living.contains(id) { cut(listeners.of(id)) }
        }
    }

    /// Sessions that are looked up at a time.
    private static let sessionsMax = 500

    private func checkOthers(at now: Instant) async throws {
        var keys: [String: Bool] = [:]
        for listener in listeners.all {
            if let key = listener.caller.key?.exposed {
                if keys[key] == nil { keys[key] = try await callers.find(key: key, at: now) != nil }
                if keys[key] == false { listener.sink.cut(.sessionEnded) }
            }
            try await review(listener, onlyWhereAppIsAsked: true)
        }
    }
}

extension WebSocketLimits {
    /// The server's, but for what realtime bounds more closely.
    fileprivate func bounded(by limits: RealtimeLimits) -> WebSocketLimits {
        var bounded = self
        bounded.messageBytes = min(messageBytes, limits.messageBytes)
        bounded.pendingOutputBytes = limits.pendingBytes
        return bounded
    }
}
