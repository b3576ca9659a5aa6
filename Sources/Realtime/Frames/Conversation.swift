import Coding
import HTTP
import Values

/// What a client may say when, and how much of it: the rules of one socket, without any I/O.
///
/// It knows what the client listens to because it lets the client do so; whoever carries out a step
/// and fails says `didLeave`.
struct Conversation: Sendable {
    /// What a message asks for.
    enum Step: Hashable, Sendable {
        case answer(ServerMessage)
        case signIn(JSON?, token: String)
        case subscribe(JSON?, Topic, since: Int64?, key: TopicKey?)
        case unsubscribe(JSON?, Topic)
        case publish(JSON?, Topic, data: JSON)
        case presence(JSON?, Topic)
        /// A type that an app may know.
        case other(ClientMessage)
        case close(WebSocketCloseCode, String)
        case nothing
    }

    private(set) var topics: Set<Topic> = []
    /// What the client has shown for some of them.
    private(set) var keys: [Topic: TopicKey] = [:]
    private(set) var isSignedIn: Bool
    private var window = MessageWindow()

    /// `key` is what was shown for all of the topics that it begins with.
    init(isSignedIn: Bool, _ topics: Set<Topic> = [], key: TopicKey? = nil) {
        (self.isSignedIn, self.topics) = (isSignedIn, topics)
        if let key { keys = Dictionary(uniqueKeysWithValues: topics.map { ($0, key) }) }
    }

    /// A message that breaks a rule is answered with an error; only what is no text, or comes in such
    /// numbers that answering would be work, ends the conversation.
    mutating func receive(
        _ message: WebSocketMessage, _ limits: RealtimeLimits, at now: Instant
    ) -> Step {
        switch window.count(limits, at: now) {
        case .fine: break
        case .over: return .answer(.error(nil, .rateLimited))
        case .silent: return .nothing
        case .tooMuch: return .close(.policyViolation, "RATE_LIMITED: too many messages")
        }
        guard message.kind == .text else {
            return .close(.unsupportedData, "BAD_MESSAGE: send text")
        }
        guard let said = ClientMessage(message.bytes) else {
            return .answer(.error(nil, .badMessage))
        }
        return step(said, limits)
    }

    private mutating func step(_ said: ClientMessage, _ limits: RealtimeLimits) -> Step {
        switch said.type {
        case "ping": return .answer(.pong(said.id, seq: nil))
        case "auth": return signIn(said)
        case "subscribe": return subscribe(said, limits)
        case "unsubscribe": return unsubscribe(said)
        case "publish":
            guard let topic = said.topic else { return said.error(.badTopic) }
            guard let data = said["data"] else { return said.error(.badData) }
            return .publish(said.id, topic, data: data)
        case "presence":
            guard let topic = said.topic else { return said.error(.badTopic) }
            return topics.contains(topic) ? .presence(said.id, topic) : said.error(.notSubscribed)
        default: return .other(said)
        }
    }

    private func signIn(_ said: ClientMessage) -> Step {
        if isSignedIn { return said.error(.alreadySignedIn) }
        guard let token = said["token"]?.asString else { return said.error(.badToken) }
        return .signIn(said.id, token: token)
    }

    private mutating func subscribe(_ said: ClientMessage, _ limits: RealtimeLimits) -> Step {
        guard let topic = said.topic else { return said.error(.badTopic) }
        let since = said["since"]
        if let since, !since.isNull {
            guard let number = since.asInteger, number >= 0 else { return said.error(.badSince) }
        }
        var key: TopicKey?
        if let given = said["key"], !given.isNull {
            key = given.asString.flatMap { try? TopicKey($0) }
            if key == nil { return said.error(.badKey) }
        }
        if topics.contains(topic) { return said.error(.alreadySubscribed) }
        guard topics.count < limits.subscriptions else {
            return said.error(.tooManySubscriptions)
        }
        topics.insert(topic)
        keys[topic] = key
        return .subscribe(said.id, topic, since: since?.asInteger, key: key)
    }

    private mutating func unsubscribe(_ said: ClientMessage) -> Step {
        guard let topic = said.topic else { return said.error(.badTopic) }
        guard topics.remove(topic) != nil else { return said.error(.notSubscribed) }
        keys[topic] = nil
        return .unsubscribe(said.id, topic)
    }

    // MARK: What came of a step

    mutating func didSignIn() { isSignedIn = true }

    /// The client does not listen to it after all.
    mutating func didLeave(_ topic: Topic) {
        topics.remove(topic)
        keys[topic] = nil
    }
}

extension ClientMessage {
    fileprivate var topic: Topic? { self["topic"]?.asString.flatMap { Topic($0) } }

    fileprivate func error(_ error: RealtimeError) -> Conversation.Step {
        .answer(.error(id, error))
    }
}

/// Counts the messages of one client within a span that begins with its first.
struct MessageWindow: Sendable {
    enum Verdict { case fine, over, silent, tooMuch }

    private var endsAt = Instant.distantPast
    private var messages = 0

    /// The first message over the limit is told so, further ones are passed over, and with ten times
    /// as many it is enough.
    mutating func count(_ limits: RealtimeLimits, at now: Instant) -> Verdict {
        if now >= endsAt || endsAt > now + limits.window {
            (endsAt, messages) = (now + limits.window, 0)
        }
        messages += 1
        if messages <= limits.messages { return .fine }
        if messages == limits.messages + 1 { return .over }
        return messages <= limits.messages * Self.patience ? .silent : .tooMuch
    }

    private static let patience = 10
}
