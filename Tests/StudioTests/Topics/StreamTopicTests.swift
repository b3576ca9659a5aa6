import AtriumTesting
import Coding
import DatabaseTesting
import Identity
import SQL
import Secrets
import Testing
import Values

@testable import Realtime
@testable import Server
@testable import Studio

/// S4-13: what pages and overlays of a stream hear and say.
@Suite(.timeLimit(.minutes(3))) struct StreamTopicTests {
    // S4-13 S4-22
    @Test(arguments: Engine.tested)
    func `each message does what its route does`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let id = try await ada.start()
            let socket = try await ada.socket()
            func say(_ type: String, _ more: JSONObject = [:]) async -> JSON? {
                let message: JSON = ["type": .string(type), "id": .string(type)]
                return await socket.ask(
                    message.with(["sessionId": .string(id)]).with(more))
            }
            let shown = await say("effect.trigger", ["effectId": "shout-out", "text": "Hello"])
            #expect(shown?["type"] == "ack")
            #expect(shown?["activation"]?["effectId"] == "shout-out")
            #expect(shown?["activation"]?["text"] == "Hello")
            #expect(await say("session.status")?["session"] == (await ada.status(id).json))
            #expect(await say("session.pause")?["session"]?["status"] == "paused")
            #expect(await say("effect.trigger", ["effectId": "snow"])?["code"] == "SESSION_PAUSED")
            #expect(await say("session.resume")?["session"]?["status"] == "active")
            #expect(
                await say("effect.trigger", ["effectId": "fire"])?["code"] == "EFFECT_NOT_FOUND")
            #expect(await say("session.end")?["session"]?["status"] == "ended")
            #expect(await say("session.resume")?["code"] == "SESSION_ENDED")
            let wrong = await say("effect.trigger", ["effectId": 1, "sessionId": "x"])
            #expect(wrong?["code"] == "VALIDATION_ERROR")
            let paths = wrong?["fields"]?.asList?.compactMap { $0["path"]?.asString }
            #expect(paths == ["effectId", "sessionId"])
            let stranger = try await client.another().socket()
            for type in ["effect.trigger", "session.status", "session.end"] {
                let code = await stranger.refusal([
                    "type": .string(type), "id": .string(type), "sessionId": .string(id),
                    "effectId": "snow",
                ])
                #expect(code == "UNAUTHORIZED")
            }
        }
    }

    // S4-13
    @Test(arguments: Engine.tested)
    func `an overlay hears its own stream by its key, until that has ended`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served { $0.tier = .creator }) { client in
            let ada = try await TestCreator(client)
            let bob = try await TestCreator(client, "bob@example.com")
            let own = try await ada.makeKit()
            let id = try await ada.start(kit: own)
            let (key, bobs) = (try await ada.overlayKey(id), try await bob.start())
            let overlay = try await client.another().socket()
            #expect(await overlay.follow(id)?["code"] == "UNAUTHORIZED")
            #expect(await overlay.follow(bobs, key: key)?["code"] == "TOPIC_NOT_FOUND")
            #expect(await overlay.follow(id, key: key + "x")?["code"] == "TOPIC_NOT_FOUND")
            #expect(await overlay.follow(id, key: key)?["type"] == "ack")
            let hello = await overlay.ask([
                "type": "overlay.hello", "id": 1, "sessionId": .string(id), "key": .string(key),
            ])
            #expect(hello?["session"]?["status"] == "active")
            #expect(hello?["brandKit"]?["name"] == "Evening show")
            await ada.trigger("confetti", on: id)
            #expect(await overlay.next("event")?["data"]?["effectId"] == "confetti")
            _ = await ada.ask(.put, "/api/brand-kit/" + own, kit.with(["motionIntensity": 1]))
            let changed = await overlay.next("event")
            #expect(changed?["kind"] == "brand-kit")
            #expect(changed?["data"]?["brandKit"]?["motionIntensity"] == 1)
            _ = await ada.ask(.delete, "/api/brand-kit/" + own)
            #expect(await overlay.next("event")?["data"]?["brandKit"] == .null)
            _ = await ada.move(id, "pause")
            #expect(await overlay.next("event")?["data"]?["status"] == "paused")
            // The key opens nothing else, and nobody publishes.
            for (type, code) in [
                ("effect.trigger", "UNAUTHORIZED"), ("session.end", "UNAUTHORIZED"),
                ("publish", "FORBIDDEN"),
            ] {
                let refusal = await overlay.refusal([
                    "type": .string(type), "id": .string(type), "sessionId": .string(id),
                    "key": .string(key), "effectId": "snow", "data": 1,
                    "topic": .string("studio/sessions/" + id),
                ])
                #expect(refusal == code, "\(type)")
            }
            _ = await ada.move(id, "end")
            #expect(await overlay.next("event")?["data"]?["status"] == "ended")
            await client.server.checkRealtime()
            #expect(await overlay.next("left")?["code"] == "SESSION_ENDED")
            #expect(await overlay.follow(id, key: key)?["code"] == "SESSION_ENDED")
            let late = await overlay.refusal([
                "type": "overlay.hello", "id": 2, "sessionId": .string(id), "key": .string(key),
            ])
            #expect(late == "SESSION_ENDED")
            // Its creator may look at it for as long as it is kept.
            #expect(await (try ada.socket()).follow(id, since: 0)?["type"] == "ack")
        }
    }

    // S4-13
    @Test(arguments: Engine.tested)
    func `others hear nothing, with or without credentials`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let bob = try await TestCreator(client, "bob@example.com")
            let id = try await ada.start()
            let socket = try await bob.socket()
            #expect(await socket.follow(id)?["code"] == "TOPIC_NOT_FOUND")
            for name in ["1", "01900000-0000-7000-8000-000000000000"] {
                #expect(await socket.follow(name)?["code"] == "TOPIC_NOT_FOUND")
            }
            // By the key he does, whoever he is.
            let key = try await ada.overlayKey(id)
            #expect(await socket.follow(id, key: key)?["type"] == "ack")
        }
    }

    // S4-13
    @Test(arguments: Engine.tested)
    func `an overlay hears by server-sent events, too`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let id = try await ada.start()
            let key = try await ada.overlayKey(id)
            let path = "/api/events?topics=studio/sessions/" + id
            #expect(await client.another().get(path).status == 401)
            #expect(await client.another().get(path + "&key=x").status == 404)
            #expect(await client.another().get(path + "&key=").status == 400)
            let answer = await client.another().get(path + "&key=" + key)
            #expect(answer.status == 200)
            #expect(answer[.contentType] == "text/event-stream")
        }
    }

    // S4-9 S4-13
    @Test(arguments: Engine.tested)
    func `an overlay says that it is there, and is missed`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let id = try await ada.start()
            let key = try await ada.overlayKey(id)
            let page = try await ada.socket()
            await page.follow(id)
            let overlay = try await client.another().socket()
            func beat(_ shown: Int64, _ frames: Double, key: String) async -> JSON? {
                await overlay.ask([
                    "type": "overlay.beat", "id": .integer(shown), "sessionId": .string(id),
                    "key": .string(key), "shown": .integer(shown),
                    "framesPerSecond": .number(frames),
                ])
            }
            func state() async -> JSON? { await ada.status(id).json["metrics"]?["overlay"] }
            #expect(
                await state() == [
                    "connected": false, "lastSeenAt": .null, "shown": 0, "framesPerSecond": 0,
                ])
            #expect(await beat(1, 59.5, key: key)?["type"] == "ack")
            let told = await page.next("event")
            #expect(told?["kind"] == "overlay")
            #expect(told?["data"]?["connected"] == true)
            #expect(told?["data"]?["framesPerSecond"] == 59.5)
            // Not each of them is written, and not each is told.
            client.clock.advance(by: .seconds(2))
            #expect(await beat(2, 60, key: key)?["type"] == "ack")
            #expect(await state()?["shown"] == 1)
            client.clock.advance(by: .seconds(10))
            #expect(await beat(3, 60, key: key)?["type"] == "ack")
            #expect(await state()?["shown"] == 3)
            client.clock.advance(by: .seconds(26))
            #expect(await state()?["connected"] == false)
            #expect(await beat(4, 30, key: key)?["type"] == "ack")
            let back = await page.next("event")
            #expect(back?["kind"] == "overlay")
            #expect(back?["data"]?["shown"] == 4)
            #expect(await beat(5, 30, key: "x")?["code"] == "SESSION_NOT_FOUND")
            for (shown, frames) in [(-1, 60.0), (1, -1), (1, 1001)] as [(Int64, Double)] {
                #expect(await beat(shown, frames, key: key)?["code"] == "VALIDATION_ERROR")
            }
            _ = await ada.move(id, "end")
            #expect(await beat(6, 30, key: key)?["code"] == "SESSION_ENDED")
        }
    }

    @Test func `all types of messages are known to these tests`() async throws {
        try await withServer(on: .sqlite, served()) { client in
            let families = client.server.program.studio.topicFamilies
            #expect(families.flatMap(\.messages).map(\.type) == Self.types)
        }
    }

    fileprivate static let types = [
        "effect.trigger", "session.status", "session.pause", "session.resume", "session.end",
        "overlay.hello", "overlay.beat", "overlay.renew", "overlay.current",
    ]

    // S4-14
    @Test(arguments: Engine.tested, StreamTopicTests.types)
    func `whatever a message brings is answered, and is no fault of the server's`(
        on engine: Engine, _ type: String
    ) async throws {
        let values: [JSON] = [
            .null, true, 0, -1, 1e300, .integer(.max), "", "a\u{0}b", "' OR 1=1 --", [], [[]], [:],
            .string(String(repeating: "é", count: 5000)),
            "01900000-0000-7000-8000-000000000000",
        ]
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let id = try await ada.start()
            let key = try await ada.overlayKey(id)
            let page = try await ada.socket()
            let names = [
                "sessionId", "creatorId", "effectId", "text", "key", "shown", "framesPerSecond",
            ]
            for name in names {
                client.clock.advance(by: .seconds(30))
                // Who listens to nothing may stay for a while only.
                let sockets = [page, try await client.another().socket()]
                for (index, value) in values.enumerated() {
                    let good: JSON = [
                        "type": .string(type), "id": .integer(Int64(index)),
                        "sessionId": .string(id), "creatorId": .string(ada.user.id),
                        "effectId": "snow", "key": .string(key), "shown": 1,
                        "framesPerSecond": 60,
                    ]
                    for socket in sockets {
                        let answer = await socket.ask(good.with([name: value]))
                        #expect(["ack", "error"].contains(answer?["type"]?.asString))
                        #expect(answer?["code"] != "INTERNAL_ERROR", "\(name) \(value)")
                    }
                }
            }
        }
    }

    @Test func `keys are of one session, and those of an older secret are good`() {
        let now = Instant(seconds: 1_795_176_000)
        let (one, two) = (
            ID<StreamSession>(at: now, from: .system), ID<StreamSession>(at: now, from: .system)
        )
        let old = SigningSecrets(Secret("the first secret of all of them"))
        let new = SigningSecrets(
            Secret("another"), previous: [Secret("the first secret of all of them")])
        let key = OverlayKeys(old).key(of: one)
        #expect(key.utf8.count == 43)
        #expect(OverlayKeys(old).isKey(key, of: one))
        #expect(!OverlayKeys(old).isKey(key, of: two))
        #expect(OverlayKeys(new).isKey(key, of: one))
        #expect(OverlayKeys(new).key(of: one) != key)
        #expect(!OverlayKeys(SigningSecrets(Secret("another"))).isKey(key, of: one))
        #expect(!OverlayKeys(old).isKey("", of: one))
    }
}
