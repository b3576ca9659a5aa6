import HTTP
import Synchronization
import Values

/// One open connection: who it belongs to, what it listens to, and where its messages go.
final class Listener: Sendable {
    let sink: any EventSink
    let openedAt: Instant
    private let state: Mutex<State>

    private struct State {
        var caller: RealtimeCaller
        var conversation: Conversation
    }

    /// `topics` are those that it listens to from the beginning, by `key` where one is needed.
    init(
        _ sink: any EventSink, _ caller: RealtimeCaller, _ topics: [Topic] = [],
        key: TopicKey? = nil, at now: Instant
    ) {
        self.sink = sink
        openedAt = now
        let conversation = Conversation(
            isSignedIn: caller.principal != nil, Set(topics), key: key)
        state = Mutex(State(caller: caller, conversation: conversation))
    }

    var caller: RealtimeCaller { state.withLock { $0.caller } }
    var topics: Set<Topic> { state.withLock { $0.conversation.topics } }

    /// What was shown for a topic when it was asked for.
    func key(of topic: Topic) -> TopicKey? { state.withLock { $0.conversation.keys[topic] } }

    /// Nobody's, and deaf.
    var isIdle: Bool {
        state.withLock { $0.caller.principal == nil && $0.conversation.topics.isEmpty }
    }

    func receive(
        _ message: WebSocketMessage, _ limits: RealtimeLimits, at now: Instant
    ) -> Conversation.Step {
        state.withLock { $0.conversation.receive(message, limits, at: now) }
    }

    func signIn(_ caller: RealtimeCaller) {
        state.withLock { state in
            state.caller = caller
            state.conversation.didSignIn()
        }
    }

    func leave(_ topic: Topic) {
        state.withLock { $0.conversation.didLeave(topic) }
    }
}

extension Listener: Hashable {
    static func == (left: Listener, right: Listener) -> Bool { left === right }
    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
