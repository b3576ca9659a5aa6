import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import Identity
import SQL
import Secrets
import Testing
import Values

@testable import Realtime
@testable import Server
@testable import Studio

/// The link that a creator sets once: which sessions it shows, and to whom.
@Suite(.timeLimit(.minutes(3))) struct LastingLinkTests {
    private static let unknown = "01900000-0000-7000-8000-000000000000"

    // S4-13
    @Test(arguments: Engine.tested)
    func `a key that is wrong, another's or a session's opens no creator, whoever shows it`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let bob = try await TestCreator(client, "bob@example.com")
            let (hers, his) = (try await ada.lastingKey(), try await bob.lastingKey())
            let session = try await ada.start()
            let ofSession = try await ada.overlayKey(session)
            let sockets = [try await client.another().socket(), try await bob.socket()]
            for socket in sockets {
                for key in [his, ofSession, hers + "x", String(hers.dropLast()), "x", "é"] {
                    #expect(await socket.find(ada.user.id, key: key)?["code"] == "TOPIC_NOT_FOUND")
                    let listened = await socket.follow(creator: ada.user.id, key: key)
                    #expect(listened?["code"] == "TOPIC_NOT_FOUND", "\(key)")
                }
                for key in [hers, his] {
                    // Who is nobody, and what is no id.
                    for id in [Self.unknown, session, "x"] {
                        let listened = await socket.follow(creator: id, key: key)
                        #expect(listened?["code"] == "TOPIC_NOT_FOUND", "\(id)")
                    }
                    for id in [Self.unknown, session] {
                        #expect(await socket.find(id, key: key)?["code"] == "TOPIC_NOT_FOUND")
                    }
                }
            }
            #expect(await sockets[0].follow(creator: ada.user.id)?["code"] == "UNAUTHORIZED")
            #expect(await sockets[0].follow(creator: Self.unknown)?["code"] == "UNAUTHORIZED")
            #expect(await sockets[1].follow(creator: ada.user.id)?["code"] == "TOPIC_NOT_FOUND")
            let path = "/api/events?topics=studio/creators/"
            #expect(await client.another().get(path + ada.user.id).status == 401)
            for id in [ada.user.id, Self.unknown] {
                #expect(await client.another().get("\(path)\(id)&key=\(his)").status == 404)
            }
            #expect(await client.another().get("\(path)\(ada.user.id)&key=\(hers)").status == 200)
        }
    }

    // S4-13
    @Test(arguments: Engine.tested)
    func `its key opens the creator's own running session, and nothing else`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let bob = try await TestCreator(client, "bob@example.com")
            let key = try await ada.lastingKey()
            let (past, bobs) = (try await ada.start(), try await bob.start())
            _ = await ada.move(past, "end")
            let id = try await ada.start()
            let overlay = try await client.another().socket()
            #expect(await overlay.follow(past, key: key)?["code"] == "SESSION_ENDED")
            #expect(await overlay.follow(bobs, key: key)?["code"] == "TOPIC_NOT_FOUND")
            for session in [bobs, Self.unknown] {
                let hello = await overlay.refusal([
                    "type": "overlay.hello", "id": .string(session),
                    "sessionId": .string(session), "key": .string(key),
                ])
                #expect(hello == "SESSION_NOT_FOUND")
            }
            let topic = "studio/creators/" + ada.user.id
            for (type, code) in [
                ("effect.trigger", "UNAUTHORIZED"), ("session.status", "UNAUTHORIZED"),
                ("session.end", "UNAUTHORIZED"), ("overlay.renew", "UNAUTHORIZED"),
                ("publish", "FORBIDDEN"),
            ] {
                let refusal = await overlay.refusal([
                    "type": .string(type), "id": .string(type), "sessionId": .string(id),
                    "creatorId": .string(ada.user.id), "key": .string(key), "effectId": "snow",
                    "data": 1, "topic": .string(topic),
                ])
                #expect(refusal == code, "\(type)")
            }
            for path in ["/api/studio/creator", "/api/sessions", "/api/effects"] {
                #expect(await client.another().ask(.get, path, bearer: key).status == 401)
                #expect(await client.another().ask(.get, path, key: key).status == 401)
            }
            // Nobody says there what has begun but the studio, its creator neither.
            let page = try await ada.socket()
            let said = await page.refusal([
                "type": "publish", "id": 1, "topic": .string(topic), "data": 1,
            ])
            #expect(said == "FORBIDDEN")
        }
    }

    // S4-13
    @Test(arguments: Engine.tested)
    func `it shows each session in turn, and hears of those that began while it was away`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let key = try await ada.lastingKey()
            var overlay = try await client.another().socket()
            #expect(await overlay.follow(creator: ada.user.id, key: key)?["type"] == "ack")
            #expect(await overlay.find(ada.user.id, key: key)?["session"] == .null)
            var last: Int64?
            for round in 1...3 {
                if round == 3 { await overlay.leave() }
                let id = try await ada.start()
                // Whoever triggers at once is not before the overlay: it hears all of a new session.
                await ada.trigger("confetti", on: id)
                if round == 3 {
                    overlay = try await client.another().socket()
                    await overlay.follow(creator: ada.user.id, key: key, since: last)
                }
                let begun = await overlay.next("event")
                #expect(begun?["topic"] == .string("studio/creators/" + ada.user.id))
                #expect(begun?["kind"] == "session")
                #expect(begun?["data"]?["id"] == .string(id))
                last = begun?["seq"]?.asInteger
                let found = await overlay.find(ada.user.id, key: key)
                #expect(found?["session"]?["id"] == .string(id))
                #expect(found?["session"]?["status"] == "active")
                #expect(await overlay.follow(id, key: key, since: 0)?["type"] == "ack")
                #expect(await overlay.next("event")?["data"]?["effectId"] == "confetti")
                let hello = await overlay.ask([
                    "type": "overlay.hello", "id": "hello", "sessionId": .string(id),
                    "key": .string(key),
                ])
                #expect(hello?["session"]?["id"] == .string(id))
                let beat = await overlay.ask([
                    "type": "overlay.beat", "id": "beat", "sessionId": .string(id),
                    "key": .string(key), "shown": 1, "framesPerSecond": 60,
                ])
                #expect(beat?["type"] == "ack")
                #expect(await overlay.next("event")?["kind"] == "overlay")
                let status = await ada.status(id).json
                #expect(status["metrics"]?["overlay"]?["connected"] == true)
                _ = await ada.move(id, "pause")
                #expect(await overlay.next("event")?["data"]?["status"] == "paused")
                #expect(
                    await overlay.find(ada.user.id, key: key)?["session"]?["status"] == "paused")
                _ = await ada.move(id, "end")
                #expect(await overlay.next("event")?["data"]?["status"] == "ended")
                #expect(await overlay.find(ada.user.id, key: key)?["session"] == .null)
            }
            // A start that is refused is none.
            let id = try await ada.start()
            #expect(await overlay.next("event")?["data"]?["id"] == .string(id))
            let refused = await ada.ask(.post, "/api/sessions/start", ["platform": "twitch"])
            #expect(refused.code == "SESSION_RUNNING")
            await overlay.follow(id, key: key)
            await ada.trigger("snow", on: id)
            #expect(await overlay.next("event")?["kind"] == "effect")
        }
    }

    // S4-13
    @Test(arguments: Engine.tested)
    func `a link that is made anew ends the one before at once, open overlays included`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let old = try await ada.lastingKey()
            let id = try await ada.start()
            let (overlay, page) = (try await client.another().socket(), try await ada.socket())
            let ofSession = try await client.another().socket()
            #expect(await overlay.follow(creator: ada.user.id, key: old)?["type"] == "ack")
            #expect(await overlay.follow(id, key: old)?["type"] == "ack")
            await page.follow(creator: ada.user.id)
            await page.follow(id)
            await ofSession.follow(id, key: try await ada.overlayKey(id))
            let renewed = await ada.ask(.post, "/api/studio/overlay/renew")
            #expect(renewed.status == 200, "\(renewed.text)")
            let url = try #require(renewed.json["overlayURL"]?.asString)
            let new = try await ada.lastingKey()
            #expect(url.hasSuffix("/studio/overlay/#creator=\(ada.user.id)&key=\(new)"))
            #expect(new != old)
            var left: Set<String> = []
            for _ in 1...2 {
                let told = await overlay.next("left")
                #expect(told?["code"] == "TOPIC_NOT_FOUND")
                left.insert(told?["topic"]?.asString ?? "")
            }
            #expect(left == ["studio/creators/" + ada.user.id, "studio/sessions/" + id])
            await ada.trigger("confetti", on: id)
            // Those who are let in otherwise go on.
            for socket in [page, ofSession] {
                #expect(await socket.next("event")?["data"]?["effectId"] == "confetti")
            }
            let after = await overlay.ask(["type": "ping", "id": 1])
            #expect(after?["type"] == "pong")
            #expect(await overlay.find(ada.user.id, key: old)?["code"] == "TOPIC_NOT_FOUND")
            let listened = await overlay.follow(creator: ada.user.id, key: old, since: 0)
            #expect(listened?["code"] == "TOPIC_NOT_FOUND")
            #expect(await overlay.follow(id, key: old, since: 0)?["code"] == "TOPIC_NOT_FOUND")
            for type in ["overlay.hello", "overlay.beat"] {
                let refusal = await overlay.refusal([
                    "type": .string(type), "id": .string(type), "sessionId": .string(id),
                    "key": .string(old), "shown": 1, "framesPerSecond": 60,
                ])
                #expect(refusal == "SESSION_NOT_FOUND", "\(type)")
            }
            #expect(await overlay.follow(creator: ada.user.id, key: new)?["type"] == "ack")
            #expect(await overlay.follow(id, key: new, since: 0)?["type"] == "ack")
            #expect(await overlay.next("event")?["data"]?["effectId"] == "confetti")
        }
    }

    // S4-22
    @Test(arguments: Engine.tested)
    func `made anew by several at once, one link is good, and a message does it, too`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let bobs = try await TestCreator(client, "bob@example.com").lastingKey()
            let first = try await ada.lastingKey()
            let answers = await race(4, client) { _ in
                await ada.ask(.post, "/api/studio/overlay/renew")
            }
            let keys = Set(answers.compactMap { $0.json["overlayURL"]?.asString?.lastingKey })
            #expect(keys.count == 4 && !keys.contains(first))
            let said = try await ada.socket().ask(["type": "overlay.renew", "id": 1])
            let url = said?["creator"]?["overlayURL"]?.asString
            let last = try await ada.lastingKey()
            #expect(url?.lastingKey == last)
            let overlay = try await client.another().socket()
            for key in keys.union([first, bobs]) {
                #expect(await overlay.find(ada.user.id, key: key)?["code"] == "TOPIC_NOT_FOUND")
            }
            #expect(await overlay.find(ada.user.id, key: last)?["type"] == "ack")
            // Another's stays as it is, and what else is changed of a creator changes no link.
            _ = await ada.ask(.patch, "/api/studio/creator", ["displayName": "Countess"])
            try await ada.become(.professional)
            #expect(try await ada.lastingKey() == last)
        }
    }

    @Test(arguments: Engine.tested)
    func `with its creator the link goes, and is answered as if there had never been one`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let key = try await ada.lastingKey()
            let overlay = try await client.another().socket()
            #expect(await overlay.follow(creator: ada.user.id, key: key)?["type"] == "ack")
            let accounts = UserAccounts(client.server.program.identity, client.clock.clock)
            _ = try await accounts.delete(try #require(ID<User>(ada.user.id)))
            await client.server.checkRealtime()
            #expect(await overlay.next("left")?["code"] == "TOPIC_NOT_FOUND")
            #expect(await overlay.find(ada.user.id, key: key)?["code"] == "TOPIC_NOT_FOUND")
        }
    }

    // S4-14
    @Test(arguments: Engine.tested)
    func `an API key hears of a creator's sessions by its scope, or by the link's key`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let reader = try await client.apiKey(of: ada.user, ["studio:read"])
            let writer = try await client.apiKey(of: ada.user, ["studio:write"])
            let lasting = try await ada.lastingKey()
            let reading = try await client.another().socket(
                bearer: nil, [FieldName("x-api-key"): reader])
            #expect(await reading.follow(creator: ada.user.id)?["type"] == "ack")
            #expect(await reading.refusal(["type": "overlay.renew", "id": 1]) == "MISSING_SCOPE")
            let writing = try await client.another().socket(
                bearer: nil, [FieldName("x-api-key"): writer])
            #expect(await writing.follow(creator: ada.user.id)?["code"] == "MISSING_SCOPE")
            #expect(await writing.follow(creator: ada.user.id, key: lasting)?["type"] == "ack")
        }
    }

    @Test func `keys are of one creator and one number, and no session's`() throws {
        let now = Instant(seconds: 1_795_176_000)
        let (one, two) = (ID<User>(at: now, from: .system), ID<User>(at: now, from: .system))
        let session = try #require(ID<StreamSession>(one.description))
        let old = SigningSecrets(Secret("the first secret of all of them"))
        let new = SigningSecrets(
            Secret("another"), previous: [Secret("the first secret of all of them")])
        let keys = OverlayKeys(old)
        let key = keys.key(of: one, number: 1)
        #expect(key.utf8.count == 43)
        #expect(keys.isKey(key, of: one, number: 1))
        #expect(!keys.isKey(key, of: one, number: 2))
        #expect(!keys.isKey(key, of: two, number: 1))
        #expect(!keys.isKey(key, of: session))
        #expect(!keys.isKey(keys.key(of: session), of: one, number: 1))
        #expect(!keys.isKey("", of: one, number: 1))
        #expect(OverlayKeys(new).isKey(key, of: one, number: 1))
        #expect(!OverlayKeys(SigningSecrets(Secret("another"))).isKey(key, of: one, number: 1))
    }
}
