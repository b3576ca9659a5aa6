import Coding
import HTTP
import Testing
import Values

@testable import Realtime

/// What a client may say, without any I/O.
struct ConversationTests {
    private static let start = Instant(seconds: 1_795_176_000)

    private func said(
        _ json: JSON, in conversation: inout Conversation, at now: Instant = start,
        _ limits: RealtimeLimits = RealtimeLimits()
    ) -> Conversation.Step {
        conversation.receive(WebSocketMessage(.text, json.bytes()), limits, at: now)
    }

    @Test func `each message asks for what its type says`() throws {
        var conversation = Conversation(isSignedIn: true)
        let topic = try #require(Topic("resources/items"))
        let own = try #require(Topic("studio/sessions/1"))
        #expect(
            said(["type": "ping", "id": 1], in: &conversation) == .answer(.pong(1, seq: nil)))
        #expect(
            said(["type": "subscribe", "id": "a", "topic": "resources/items"], in: &conversation)
                == .subscribe("a", topic, since: nil, key: nil))
        #expect(
            said(
                ["type": "subscribe", "topic": "studio/sessions/1", "since": 7], in: &conversation)
                == .subscribe(nil, own, since: 7, key: nil))
        #expect(conversation.topics == [topic, own])
        #expect(
            said(
                ["type": "publish", "id": 2, "topic": "studio/sessions/1", "data": [1]],
                in: &conversation) == .publish(2, own, data: [1]))
        #expect(
            said(["type": "presence", "id": 3, "topic": "studio/sessions/1"], in: &conversation)
                == .presence(3, own))
        #expect(
            said(["type": "unsubscribe", "id": 4, "topic": "resources/items"], in: &conversation)
                == .unsubscribe(4, topic))
        #expect(conversation.topics == [own])
        guard case .other(let other) = said(["type": "effect.trigger"], in: &conversation) else {
            Issue.record("a type of an app's is not passed on")
            return
        }
        #expect(other.type == "effect.trigger")
    }

    @Test(arguments: [
        ("", "BAD_MESSAGE"), ("[]", "BAD_MESSAGE"), ("{}", "BAD_MESSAGE"), ("1", "BAD_MESSAGE"),
        (#"{"type":1}"#, "BAD_MESSAGE"), (#"{"type":"ping","id":{}}"#, "BAD_MESSAGE"),
        (#"{"type":"ping","id":1.5}"#, "BAD_MESSAGE"), (#"{"type":"ping""#, "BAD_MESSAGE"),
        (#"{"type":"subscribe"}"#, "BAD_TOPIC"), (#"{"type":"subscribe","topic":1}"#, "BAD_TOPIC"),
        (#"{"type":"subscribe","topic":"resources"}"#, "BAD_TOPIC"),
        (#"{"type":"subscribe","topic":"resources/items","since":-1}"#, "BAD_SINCE"),
        (#"{"type":"subscribe","topic":"resources/items","since":"1"}"#, "BAD_SINCE"),
        (#"{"type":"subscribe","topic":"resources/items","since":1e300}"#, "BAD_SINCE"),
        (#"{"type":"subscribe","topic":"chat/rooms/1","key":1}"#, "BAD_KEY"),
        (#"{"type":"subscribe","topic":"chat/rooms/1","key":""}"#, "BAD_KEY"),
        (#"{"type":"unsubscribe","topic":"resources/items"}"#, "NOT_SUBSCRIBED"),
        (#"{"type":"unsubscribe"}"#, "BAD_TOPIC"), (#"{"type":"publish"}"#, "BAD_TOPIC"),
        (#"{"type":"publish","topic":"a/b/c"}"#, "BAD_DATA"),
        (#"{"type":"presence","topic":"a/b/c"}"#, "NOT_SUBSCRIBED"),
        (#"{"type":"auth"}"#, "BAD_TOKEN"), (#"{"type":"auth","token":1}"#, "BAD_TOKEN"),
    ])
    func `what breaks a rule is answered with an error`(_ text: String, _ code: String) {
        var conversation = Conversation(isSignedIn: false)
        let step = conversation.receive(
            WebSocketMessage(.text, Array(text.utf8)), RealtimeLimits(), at: Self.start)
        guard case .answer(.error(_, let error)) = step else {
            Issue.record("\(text): \(step)")
            return
        }
        #expect(error.code == code)
        #expect(conversation.topics.isEmpty)
    }

    @Test func `depth and length of a message are bounded`() {
        var conversation = Conversation(isSignedIn: true)
        let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
        for text in [
            #"{"type":"publish","topic":"a/b/c","data":\#(deep)}"#,
            #"{"type":"\#(String(repeating: "x", count: 65))"}"#,
            #"{"type":"ping","id":"\#(String(repeating: "x", count: 65))"}"#,
        ] {
            let step = conversation.receive(
                WebSocketMessage(.text, Array(text.utf8)), RealtimeLimits(), at: Self.start)
            #expect(step == .answer(.error(nil, .badMessage)))
        }
    }

    @Test func `one signs in once, and listens once to each topic`() {
        var conversation = Conversation(isSignedIn: false)
        #expect(
            said(["type": "auth", "id": 1, "token": "t"], in: &conversation)
                == .signIn(1, token: "t"))
        conversation.didSignIn()
        #expect(
            said(["type": "auth", "id": 2, "token": "t"], in: &conversation)
                == .answer(.error(2, .alreadySignedIn)))
        let subscribe: JSON = ["type": "subscribe", "id": 3, "topic": "resources/items"]
        _ = said(subscribe, in: &conversation)
        #expect(said(subscribe, in: &conversation) == .answer(.error(3, .alreadySubscribed)))
    }

    @Test func `a connection has so many topics and no more, until one is left`() throws {
        var conversation = Conversation(isSignedIn: true)
        var limits = RealtimeLimits()
        limits.subscriptions = 2
        for (name, isTaken) in [("a", true), ("b", true), ("c", false)] {
            let step = said(
                ["type": "subscribe", "topic": .string("resources/\(name)")], in: &conversation,
                limits)
            #expect((step == .answer(.error(nil, .tooManySubscriptions))) == !isTaken)
        }
        conversation.didLeave(try #require(Topic("resources/a")))
        let step = said(["type": "subscribe", "topic": "resources/c"], in: &conversation, limits)
        #expect(step == .subscribe(nil, try #require(Topic("resources/c")), since: nil, key: nil))
    }

    @Test func `too many messages are first refused, then passed over, then too much`() {
        var conversation = Conversation(isSignedIn: true)
        var limits = RealtimeLimits()
        limits.messages = 3
        var steps: [Conversation.Step] = []
        for _ in 0..<31 { steps.append(said(["type": "ping"], in: &conversation, limits)) }
        #expect(steps[..<3].allSatisfy { $0 == .answer(.pong(nil, seq: nil)) })
        #expect(steps[3] == .answer(.error(nil, .rateLimited)))
        #expect(steps[4..<30].allSatisfy { $0 == .nothing })
        guard case .close(.policyViolation, let reason) = steps[30] else {
            Issue.record("\(steps[30])")
            return
        }
        #expect(reason.hasPrefix("RATE_LIMITED"))
        let later = said(
            ["type": "ping"], in: &conversation, at: Self.start + limits.window, limits)
        #expect(later == .answer(.pong(nil, seq: nil)))
    }

    @Test func `a clock that goes back locks nobody out`() {
        var conversation = Conversation(isSignedIn: true)
        var limits = RealtimeLimits()
        limits.messages = 1
        _ = said(["type": "ping"], in: &conversation, limits)
        let earlier = said(
            ["type": "ping"], in: &conversation, at: Self.start - .hours(1), limits)
        #expect(earlier == .answer(.pong(nil, seq: nil)))
    }

    @Test func `what is no text ends the conversation`() {
        var conversation = Conversation(isSignedIn: true)
        let step = conversation.receive(
            WebSocketMessage(.binary, [1]), RealtimeLimits(), at: Self.start)
        #expect(step == .close(.unsupportedData, "BAD_MESSAGE: send text"))
    }
}
