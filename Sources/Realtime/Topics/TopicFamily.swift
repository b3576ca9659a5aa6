import API
import Coding
import Identity
import Values

/// Topics of an app, such as `studio/sessions/<key>`: who may hear and say something there, and which
/// messages of clients the app answers.
///
/// An app declares its families where the program lists its modules. What their listeners hear stands in
/// `TopicLog`, whoever puts it there: a client that publishes, or the app within its own transaction.
package protocol TopicFamily: Sendable {
    /// Two words, `studio/sessions`; a topic is that and one word more.
    var name: String { get }
    /// Whether its listeners may know of one another.
    var hasPresence: Bool { get }
    /// The types of messages that it answers, such as `effect.trigger`: no other family's.
    var messages: [TopicMessage] { get }
    /// How refusals of its own are shown to clients.
    var failures: [FailureRow] { get }

    /// Throws a failure for who may not; `topicNotFound` where he may not know that it is there.
    /// Asked when somebody comes, and now and then while he stays. `key` is the topic's last word.
    func require(
        _ action: TopicAction, _ key: String, _ visitor: TopicVisitor, at now: Instant
    ) async throws
}

extension TopicFamily {
    package var hasPresence: Bool { false }
    package var messages: [TopicMessage] { [] }
    package var failures: [FailureRow] { [] }
}

/// What somebody may want at an app's topic.
package enum TopicAction: String, Sendable, CaseIterable {
    case listen, publish
}

/// Who comes to an app's topic, and what he shows.
package struct TopicVisitor: Sendable {
    /// Nil for who is not signed in.
    package let principal: Principal?
    package let key: TopicKey?

    package init(principal: Principal?, key: TopicKey? = nil) {
        (self.principal, self.key) = (principal, key)
    }
}

/// One type of message that an app answers. What it returns goes into the answer.
package struct TopicMessage: Sendable {
    package typealias Run = @Sendable (TopicCall) async throws -> JSONObject

    let type: String
    let run: Run

    package init(_ type: String, run: @escaping Run) {
        (self.type, self.run) = (type, run)
    }
}

/// A message of a client, as an app is given it.
package struct TopicCall: Sendable {
    /// Nil for who is not signed in.
    package let caller: Principal?
    /// All members of the message.
    package let members: JSONObject
    package let now: Instant
}

/// The families of a program by their names, and their messages by type.
struct TopicFamilies: Sendable {
    private let families: [String: any TopicFamily]
    private let messages: [String: TopicMessage]

    init(_ list: [any TopicFamily]) {
        families = Dictionary(
            list.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        messages = Dictionary(
            list.flatMap(\.messages).map { ($0.type, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    func require(_ name: String) throws -> any TopicFamily {
        guard let family = families[name] else { throw Failure.topicNotFound }
        return family
    }

    func message(_ type: String) -> TopicMessage? { messages[type] }

    /// Whether there is any topic whose listeners may know of one another.
    var havePresence: Bool { families.values.contains(where: \.hasPresence) }

    /// Whether those who listen may know of one another.
    func hasPresence(_ topic: Topic) -> Bool {
        guard case .app(let family, _) = topic.source else { return false }
        return families[family]?.hasPresence ?? false
    }
}
