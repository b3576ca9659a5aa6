import AtriumTesting
import Coding
import DatabaseTesting
import SQL
import Testing
import Values

@testable import Realtime

/// S4-13: topics of an app: who may, what is kept, and what the app itself says.
@Suite(.timeLimit(.minutes(3))) struct AppTopicTests {
    @Test(arguments: Engine.tested)
    func `what one publishes all hear who listen, in one order`(on engine: Engine) async throws {
        try await withRealtime(on: engine) { client in
            let (ada, bob) = (
                try await client.user(), try await client.user("bob@example.com")
            )
            try await withRooms(client) { node in
                let (one, two) = (try await node.socket(ada), try await node.socket(bob))
                let start = try await one.subscribe("chat/rooms/1")
                try await two.subscribe("chat/rooms/1")
                #expect(start == 0)
                for (number, socket) in [one, two, one].enumerated() {
                    let answer = await socket.ask([
                        "type": "publish", "id": .integer(Int64(number)),
                        "topic": "chat/rooms/1", "data": ["n": .integer(Int64(number))],
                    ])
                    #expect(answer?["type"] == "ack")
                }
                let (first, second) = (await one.events(3), await two.events(3))
                #expect(first.map(\.line) == (0..<3).map { "message \($0)" })
                #expect(first == second)
                #expect(first[1]["from"] == .string(bob.id))
                let numbers = first.compactMap { $0["seq"]?.asInteger }
                #expect(numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2])
            }
        }
    }

    @Test func `rules are asked for each, and refusals have the app's words`() async throws {
        try await withRealtime(on: .sqlite) { client in
            let ada = try await client.user()
            try await withRooms(client) { node in
                let (hers, nobodys) = (try await node.socket(ada), try await node.socket())
                try await nobodys.subscribe("chat/rooms/open")
                try await hers.subscribe("chat/rooms/quiet")
                func refusal(_ socket: TestSocket, _ type: String, _ topic: String) async -> String?
                {
                    await socket.refusal([
                        "type": .string(type), "id": .string(type + topic),
                        "topic": .string(topic), "data": [],
                    ])
                }
                #expect(await refusal(nobodys, "subscribe", "chat/rooms/1") == "UNAUTHORIZED")
                #expect(await refusal(nobodys, "publish", "chat/rooms/open") == "UNAUTHORIZED")
                #expect(await refusal(hers, "publish", "chat/rooms/quiet") == "FORBIDDEN")
                #expect(await refusal(hers, "subscribe", "chat/rooms/closed") == "TOPIC_NOT_FOUND")
                #expect(await refusal(hers, "subscribe", "chat/walls/1") == "TOPIC_NOT_FOUND")
                #expect(await refusal(hers, "publish", "resources/items") == "FORBIDDEN")
                let greeted = await hers.ask(["type": "room.greet", "id": 7, "name": "Ada"])
                #expect(greeted == ["type": "ack", "id": 7, "greeting": "Hello, Ada"])
                #expect(await hers.refusal(["type": "room.greet", "id": 8]) == "ROOM_IS_FULL")
                #expect(await hers.refusal(["type": "room.leave", "id": 9]) == "UNKNOWN_TYPE")
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `who may not listen any more is sent away when the app says so, and nobody else`(
        on engine: Engine
    ) async throws {
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            try await withRooms(client) { node in
                let (hers, stranger) = (try await node.socket(ada), try await node.socket())
                for room in ["1", "2"] { try await hers.subscribe("chat/rooms/" + room) }
                let listened = await stranger.ask([
                    "type": "subscribe", "id": 1, "topic": "chat/rooms/1", "key": "open 1",
                ])
                #expect(listened?["type"] == "ack")
                let (one, two) = (
                    try #require(Topic("chat/rooms", "1")), try #require(Topic("chat/rooms", "2"))
                )
                // Asked about in vain: all of them may.
                await node.realtime.topics.review(one)
                await node.realtime.topics.review(two)
                node.rooms.close("1")
                await node.realtime.topics.review(one)
                for socket in [hers, stranger] {
                    let told = await socket.next("left")
                    #expect(told?["topic"] == "chat/rooms/1")
                    #expect(told?["code"] == "TOPIC_NOT_FOUND")
                }
                for topic in [one, two] {
                    _ = try await node.realtime.topics.publish(
                        TopicEvent("message", ["n": 1], at: client.clock.now), to: topic)
                }
                #expect(await hers.next("event")?["topic"] == "chat/rooms/2")
                #expect(node.realtime.subscriptions == 1)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a key that is taken back while one takes his place lets nobody stay`(
        on engine: Engine
    ) async throws {
        try await withRealtime(on: engine) { client in
            try await withRooms(client) { node in
                let stranger = try await node.socket()
                // It is looked at once before, and once after he has his place.
                node.rooms.closeAfterNext("1")
                await stranger.say([
                    "type": "subscribe", "id": 1, "topic": "chat/rooms/1", "key": "open 1",
                ])
                #expect(await stranger.next("ack")?["id"] == 1)
                #expect(await stranger.next("left")?["code"] == "TOPIC_NOT_FOUND")
                #expect(node.realtime.subscriptions == 0)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `who comes back hears what he missed, as far as it is kept`(
        on engine: Engine
    ) async throws {
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            try await withRooms(client, { $0.topicMessages = 5 }) { node in
                let topic = try #require(Topic("chat/rooms", "1"))
                var numbers: [Int64] = []
                for number in 0..<8 {
                    numbers.append(
                        try await node.realtime.topics.publish(
                            TopicEvent(
                                "said", ["n": .integer(Int64(number))], at: client.clock.now),
                            to: topic))
                }
                let socket = try await node.socket(ada)
                try await socket.subscribe("chat/rooms/1", since: numbers[4])
                #expect(await socket.events(3).map(\.line) == ["said 5", "said 6", "said 7"])
                _ = try await node.realtime.topics.publish(
                    TopicEvent("said", ["n": 8], at: client.clock.now), to: topic)
                #expect(await socket.events(1).map(\.line) == ["said 8"])
                for since in [numbers[0], 0, numbers[7] + 100] {
                    let lost = try await node.socket(ada)
                    try await lost.subscribe("chat/rooms/1", since: since)
                    #expect(await lost.next("resync")?["seq"] == .integer(numbers[7] + 1))
                }
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `an app says something in its own transaction, or not at all`(
        on engine: Engine
    ) async throws {
        struct Undone: Error {}
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            try await withRooms(client) { node in
                let topic = try #require(Topic("chat/rooms", "1"))
                let (log, now) = (node.realtime.topics, client.clock.now)
                let socket = try await node.socket(ada)
                try await socket.subscribe("chat/rooms/1")
                try? await client.server.database.transaction { transaction in
                    _ = try await log.append(
                        TopicEvent("said", ["n": 1], at: now), to: topic, in: transaction)
                    throw Undone()
                }
                try await client.server.database.transaction { transaction in
                    for number in 2...3 {
                        _ = try await log.append(
                            TopicEvent("said", ["n": .integer(Int64(number))], at: now),
                            to: topic, in: transaction)
                    }
                }
                await log.tell(topic)
                #expect(await socket.events(2).map(\.line) == ["said 2", "said 3"])
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `what nobody was told of is found`(on engine: Engine) async throws {
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            try await withRooms(client) { node in
                let topic = try #require(Topic("chat/rooms", "1"))
                let (log, now) = (node.realtime.topics, client.clock.now)
                let socket = try await node.socket(ada)
                try await socket.subscribe("chat/rooms/1")
                try await client.server.database.transaction { transaction in
                    _ = try await log.append(
                        TopicEvent("said", ["n": 1], at: now), to: topic, in: transaction)
                }
                #expect(await socket.events(1).map(\.line) == ["said 1"])
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `many who publish at once get numbers without a gap`(on engine: Engine) async throws {
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            try await withRooms(client) { node in
                let topic = try #require(Topic("chat/rooms", "1"))
                let (log, now) = (node.realtime.topics, client.clock.now)
                let socket = try await node.socket(ada)
                try await socket.subscribe("chat/rooms/1")
                let numbers = await race(20, client) { number in
                    try? await log.publish(
                        TopicEvent("said", ["n": .integer(Int64(number))], at: now), to: topic)
                }
                let sorted = numbers.compactMap { $0 }.sorted()
                #expect(sorted == Array((sorted.first ?? 0)..<(sorted.first ?? 0) + 20))
                let events = await socket.events(20)
                #expect(events.compactMap { $0["seq"]?.asInteger } == sorted)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `who may not stay is told so, and hears no more`(on engine: Engine) async throws {
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            try await withRooms(client) { node in
                let socket = try await node.socket(ada)
                try await socket.subscribe("chat/rooms/1")
                node.rooms.close("1")
                await node.realtime.check()
                let left = await socket.next("left")
                #expect(left?["topic"] == "chat/rooms/1")
                #expect(left?["code"] == "TOPIC_NOT_FOUND")
                let topic = try #require(Topic("chat/rooms", "1"))
                _ = try await node.realtime.topics.publish(
                    TopicEvent("said", ["n": 1], at: client.clock.now), to: topic)
                try await socket.subscribe("chat/rooms/2")
                let other = try #require(Topic("chat/rooms", "2"))
                _ = try await node.realtime.topics.publish(
                    TopicEvent("said", ["n": 2], at: client.clock.now), to: other)
                #expect(await socket.events(1).map(\.line) == ["said 2"])
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `those who listen know of one another, on all nodes`(on engine: Engine) async throws {
        try await withRealtime(on: engine) { client in
            let (ada, bob) = (
                try await client.user(name: "Ada"),
                try await client.user("bob@example.com", name: "Bob")
            )
            try await withRooms(client) { node in
                try await withRooms(client) { other in
                    let first = try await node.socket(ada)
                    try await first.subscribe("chat/rooms/1")
                    #expect(await first.next("presence")?["count"] == 1)
                    let second = try await other.socket(bob)
                    try await second.subscribe("chat/rooms/1")
                    var told = await first.next("presence")
                    while told?["count"] != 2, told != nil { told = await first.next("presence") }
                    let names = told?["members"]?.asList?.compactMap { $0["name"]?.asString }
                    #expect(Set(names ?? []) == ["Ada", "Bob"])
                    let asked = await second.ask(
                        ["type": "presence", "id": 1, "topic": "chat/rooms/1"])
                    #expect(asked?["count"] == 2)
                    // A second connection of the same user is no second member.
                    let third = try await node.socket(ada)
                    try await third.subscribe("chat/rooms/1")
                    await second.leave()
                    told = await first.next("presence")
                    while told?["count"] != 1, told != nil { told = await first.next("presence") }
                    #expect(told?["members"]?[0]?["id"] == .string(ada.id))
                }
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `topics that are quiet for long are forgotten, and count on above`(
        on engine: Engine
    ) async throws {
        try await withRealtime(on: engine) { client in
            try await withRooms(client) { node in
                let topic = try #require(Topic("chat/rooms", "1"))
                let log = node.realtime.topics
                let old = try await log.publish(
                    TopicEvent("said", 1, at: client.clock.now), to: topic)
                client.clock.advance(by: .days(2))
                try await log.forget(before: client.clock.now - .days(1))
                #expect(try await log.newest(of: topic) == 0)
                #expect(try await log.after(old, of: topic) == .resync(newest: 0))
                let new = try await log.publish(
                    TopicEvent("said", 2, at: client.clock.now), to: topic)
                #expect(new > old)
                #expect(try await log.after(old, of: topic) == .resync(newest: new))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a key opens one topic to who is nobody, for as long as the app says`(
        on engine: Engine
    ) async throws {
        try await withRealtime(on: engine) { client in
            try await withRooms(client) { node in
                func wish(_ room: String, key: JSON) -> JSON {
                    [
                        "type": "subscribe", "id": .string(room), "key": key,
                        "topic": .string("chat/rooms/" + room),
                    ]
                }
                let socket = try await node.socket()
                #expect(await socket.refusal(wish("1", key: .null)) == "UNAUTHORIZED")
                #expect(await socket.refusal(wish("1", key: "open 2")) == "UNAUTHORIZED")
                #expect(await socket.ask(wish("1", key: "open 1"))?["type"] == "ack")
                // What was shown for one topic counts for no other, and for nothing else.
                #expect(await socket.refusal(wish("2", key: .null)) == "UNAUTHORIZED")
                let said = await socket.refusal([
                    "type": "publish", "id": 9, "topic": "chat/rooms/1", "key": "open 1",
                    "data": 1,
                ])
                #expect(said == "UNAUTHORIZED")
                await node.realtime.check()
                let topic = try #require(Topic("chat/rooms", "1"))
                _ = try await node.realtime.topics.publish(
                    TopicEvent("said", ["n": 1], at: client.clock.now), to: topic)
                #expect(await socket.events(1).map(\.line) == ["said 1"])
                node.rooms.close("1")
                await node.realtime.check()
                #expect(await socket.next("left")?["code"] == "TOPIC_NOT_FOUND")
            }
        }
    }

    @Test func `an app's answer does not hide which question it answers`() async throws {
        try await withRealtime(on: .sqlite) { client in
            try await withRooms(client) { node in
                let socket = try await node.socket()
                let answer = await socket.ask(["type": "room.describe", "id": 3])
                #expect(answer == ["type": "ack", "id": 3, "size": 1])
                let wrong = await socket.ask(["type": "room.enlarge", "id": 4, "by": "a"])
                #expect(wrong?["code"] == "VALIDATION_ERROR")
                #expect(wrong?["fields"]?[0]?["path"] == "by")
                #expect(wrong?["fields"]?[0]?["code"] == "WRONG_TYPE")
            }
        }
    }
}
