import Bus
import Coding
import Jobs
import SQL
import Values

/// Something that is told to a topic's listeners.
package struct TopicEvent: Sendable {
    /// What it is, for programs: `effect.triggered`; `message` for what a client publishes.
    let kind: String
    /// As it is written to the log.
    let data: JSONText
    /// The id of the user who caused it.
    let sender: String?
    let at: Instant

    package init(_ kind: String, _ data: JSON, from sender: String? = nil, at: Instant) {
        self.init(kind, text: data.description, sender, at)
    }

    /// Of what an app answers requests with, too, so that both say the same.
    package init(
        _ kind: String, encoding body: some Encodable, from sender: String? = nil, at: Instant
    ) throws {
        let bytes = try JSONCoder.encode(body)
        self.init(kind, text: String(decoding: bytes, as: UTF8.self), sender, at)
    }

    private init(_ kind: String, text: String, _ sender: String?, _ at: Instant) {
        (self.kind, data, self.sender, self.at) = (kind, JSONText(text), sender, at)
    }
}

/// What was told to the listeners of each topic of an app lately, so that who comes back hears what he
/// missed.
///
/// Numbers of one topic count up without a gap, in the order of the commits: who appends holds the
/// topic's row until he commits. Topics do not wait for one another. Old events go with each new one.
package struct TopicLog: Sendable {
    /// Events that one page has at most.
    static let pageMax = 250
    static let busTopic = "realtime.topic"
    static let reviewTopic = "realtime.review"

    let database: any Database
    let bus: any Bus
    private let keep: Int64

    /// `count` are the events that are kept of one topic.
    package init(_ database: any Database, _ bus: any Bus, keeping count: Int) {
        (self.database, self.bus, keep) = (database, bus, Int64(count))
    }

    // MARK: Writing

    /// Puts an event in, in the caller's own transaction; its number. `tell` is for afterwards.
    package func append(
        _ event: TopicEvent, to topic: Topic, in transaction: any Transaction
    ) async throws -> Int64 {
        let name = topic.description
        // A topic that comes again after it was forgotten counts on above its old numbers.
        let state = try await transaction.first(
            TopicState.raise, name, event.at.microseconds, event.at, keep)
        guard let state else { throw DatabaseError(.decoding, "a topic was not written") }
        try await transaction.execute(
            TopicRow.insert, name, state.seq, event.kind, event.sender, event.data, event.at)
        try await transaction.execute(TopicRow.deleteOld, name, state.deletedThrough)
        return state.seq
    }

    /// Puts an event in and tells all nodes.
    package func publish(_ event: TopicEvent, to topic: Topic) async throws -> Int64 {
        let seq = try await database.transaction { transaction in
            try await append(event, to: topic, in: transaction)
        }
        await tell(topic)
        return seq
    }

    /// Tells all nodes that something was appended and committed. A node that does not hear it finds it
    /// some seconds later.
    package func tell(_ topic: Topic) async {
        try? await bus.publish(Self.busTopic, topic.description)
    }

    /// Tells all nodes that who may listen to a topic has changed: each who does is asked about anew, and
    /// who may not any more is told that he has left. A node that does not hear it asks within
    /// `checkInterval`.
    package func review(_ topic: Topic) async {
        try? await bus.publish(Self.reviewTopic, topic.description)
    }

    // MARK: Reading

    /// What came after a number of a topic.
    enum After: Hashable {
        case events([NumberedEvent])
        case resync(newest: Int64)
    }

    func after(
        _ seq: Int64, of topic: Topic, limit: Int = TopicLog.pageMax
    ) async throws(DatabaseError) -> After {
        let rows = try await database.all(TopicRow.after, topic.description, seq, limit)
        // A topic of which nothing was ever told.
        guard let state = rows.first?.state else {
            return seq == 0 ? .events([]) : .resync(newest: 0)
        }
        let position = seq == 0 ? state.first - 1 : seq
        guard position >= state.deletedThrough, position <= state.seq else {
            return .resync(newest: state.seq)
        }
        return .events(rows.compactMap(\.event))
    }

    /// The number of the newest event; 0 where there was none.
    func newest(of topic: Topic) async throws(DatabaseError) -> Int64 {
        try await database.first(TopicState.newest, topic.description)?.value ?? 0
    }

    /// The newest numbers of several topics, where there are some.
    func newest(of topics: [Topic]) async throws(DatabaseError) -> [(topic: Topic, seq: Int64)] {
        let list = JSON.list(topics.map { .string($0.description) })
        return try await database.all(TopicState.heads, JSONText(list.description)).compactMap {
            head in Topic(head.name).map { ($0, head.seq) }
        }
    }

    // MARK: Forgetting

    static let schedule = Recurring("realtime.delete-old", every: .hours(1))

    /// Forgets topics of which nothing was told for so long.
    func deletion(after age: Duration) -> JobHandler {
        JobHandler(Self.schedule.kind) { _, now in try await forget(before: now - age) }
    }

    func forget(before moment: Instant) async throws {
        while try await database.all(TopicState.delete, moment).count == Self.deletedMax {
            try Task.checkCancellation()
        }
    }

    private static let deletedMax = 500
}

/// An event in its place, as it is read.
struct NumberedEvent: Hashable, Sendable {
    let seq: Int64
    let kind: String
    let data: JSON
    let sender: String?
    let at: Instant
}

extension EventFrame {
    convenience init(_ topic: Topic, _ event: NumberedEvent) {
        var json = JSONOutput()
        json.open()
        json.field("type", "event")
        json.field("topic", topic.description)
        json.field("seq", event.seq)
        json.field("kind", event.kind)
        json.nullableField("from", event.sender)
        json.field("at", event.at)
        json.field("data", event.data)
        json.close()
        self.init(topic, event.seq, json.bytes())
    }
}
