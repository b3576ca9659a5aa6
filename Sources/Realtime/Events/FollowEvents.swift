import API
import Coding
import HTTP
import Values

extension Realtime {
    /// What a stream of events is asked for.
    struct StreamWish: Codable, Sendable, Explained {
        var topics: TopicList
        var since: Positions?
        var key: TopicKey?

        static let words: [String: MemberWords] = [
            "topics": "What to listen to, separated by commas.",
            "since": """
            The `id` of the last event that was read, to go on after it; `Last-Event-ID` says the \
            same, and counts before it.
            """,
            "key": "What an app gives to who cannot sign in, for the app's topics among these.",
        ]
    }

    var events: [Route] {
        Operation(
            "followEvents", .get, "/api/events", "Live events as server-sent events.",
            about: """
                The same events as over the WebSocket, for who only listens. A browser's `EventSource` \
                comes back by itself and goes on where it was.
                """,
            failures: [.topicNotFound, .missingScope, .badPosition, .tooManyConnections],
            options: options,
            guard: Guard<RealtimeCaller>(
                schemes: [], failures: [.unauthorized, .forbidden],
                check: { [self] call in try await caller(call, bearer: nil) })
        ) { [self] (wish: StreamWish, caller, call) in
            let last = call.request[FieldName("last-event-id")].flatMap { try? Positions($0) }
            return try await follow(wish, since: last ?? wish.since, caller)
        }.list
    }

    static let rows = [
        FailureRow(.topicNotFound, .notFound, "TOPIC_NOT_FOUND", "There is no such topic"),
        FailureRow(
            .missingScope, .forbidden, "MISSING_SCOPE", "The API key lacks a scope",
            detailed: { "The API key lacks the scope \($0[0])" }),
        FailureRow(
            .badPosition, .badRequest, "BAD_POSITION",
            "The position must have a number for each topic"),
        FailureRow(
            .tooManyConnections, .tooManyRequests, "TOO_MANY_CONNECTIONS",
            "Too many connections for one user; close another one first"),
    ]

    /// When it may be worth to come again: nobody knows when another connection ends.
    private static let patience: Duration = .seconds(30)

    /// Refuses before it streams whoever may not listen to all that he asks for.
    private func follow(
        _ wish: StreamWish, since: Positions?, _ caller: RealtimeCaller
    ) async throws -> EventStreamAnswer {
        let topics = wish.topics.list
        guard since.map({ $0.list.count == topics.count }) ?? true else {
            throw Failure.badPosition
        }
        if listeners.isFull(caller) {
            throw Failure.tooManyConnections.retry(after: Self.patience)
        }
        for topic in topics { _ = try await admit(caller, to: topic, key: wish.key) }
        return EventStreamAnswer { [self] writer in
            let queue = EventQueue(limit: limits.pendingBytes)
            let listener = Listener(queue, caller, topics, key: wish.key, at: clock.now)
            // Those who came meanwhile count, too.
            if let refusal = listeners.insert(listener) {
                queue.cut(refusal)
                return await EventStream(topics, since).write(queue, to: writer)
            }
            async let leading: Void = lead(listener, queue, to: topics, since: since)
            await EventStream(topics, since).write(queue, to: writer)
            queue.abandon()
            await leading
            await leave(listener)
        }
    }

    private func lead(
        _ listener: Listener, _ queue: EventQueue, to topics: [Topic], since: Positions?
    ) async {
        do {
            for (index, topic) in topics.enumerated() {
                try await subscribe(
                    listener, to: topic, since: since?.list[index],
                    key: listener.key(of: topic)
                ) { seq in
                    try await listener.sink.say(
                        .ack(nil, ["topic": .string("\(topic)"), "seq": .integer(seq)]))
                }
            }
        } catch is WriteError {
            // The client is gone.
        } catch {
            let cause = (error as? BrokenOff)?.error ?? error
            queue.mention(.error(nil, self.error(for: cause)))
            queue.finish()
        }
    }
}

extension Failure {
    /// Where a stream is to go on is no place in it.
    static let badPosition = Failure("badPosition")
    /// Whoever asks has as many open as one may have.
    static let tooManyConnections = Failure("tooManyConnections")
}

/// A few topics, separated by commas.
struct TopicList: StringValue, Sendable {
    static let countMax = 20

    let list: [Topic]

    var text: String { list.map(\.description).joined(separator: ",") }

    init(_ text: String) throws(Invalid) {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        let topics = words.prefix(Self.countMax + 1).compactMap { Topic(String($0)) }
        guard topics.count == words.count, topics.count <= Self.countMax,
            Set(topics).count == topics.count
        else { throw .rule("topics.syntax") }
        list = topics
    }

    private init(checked list: [Topic]) { self.list = list }

    static var schema: Schema { .string(length: 1...(countMax * (Topic.bytesMax + 1))) }
    static var example: TopicList {
        TopicList(checked: [Topic(.resource("items", row: nil))])
    }
}

/// A number for each topic of a stream, in their order: where each was.
struct Positions: StringValue, Sendable {
    let list: [Int64]

    var text: String { list.map(String.init).joined(separator: ",") }

    init(_ text: String) throws(Invalid) {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = words.prefix(TopicList.countMax + 1).compactMap { Int64($0) }
        guard numbers.count == words.count, numbers.allSatisfy({ $0 >= 0 }) else {
            throw .rule("positions.syntax")
        }
        list = numbers
    }

    private init(checked list: [Int64]) { self.list = list }

    static var schema: Schema { .string(length: 1...400, pattern: "^[0-9]+(,[0-9]+)*$") }
    static var example: Positions { Positions(checked: [1024]) }
}
