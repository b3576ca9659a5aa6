import AtriumTesting
import Coding
import DatabaseTesting
import SQL
import Testing
import Values

@testable import Realtime
@testable import Server
@testable import Studio

/// S4-7, S4-8, S4-9, S4-17: streams from their start to their end.
struct SessionTests {
    // S4-7 S4-8 S4-9 S4-17
    @Test(arguments: Engine.tested)
    func `a stream starts, pauses, goes on and ends`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let started = await ada.ask(
                .post, "/api/sessions/start", ["platform": "My own server"])
            #expect(started.status == 201)
            #expect(started.json["platform"] == "My own server")
            #expect(started.json["status"] == "active")
            #expect(started.json["brandKitId"] == .null)
            #expect(started.json["startTime"] == .string(client.clock.now.description))
            #expect(started.json["endTime"] == .null)
            let id = try #require(started.json["id"]?.asString)
            client.clock.advance(by: .seconds(60))
            #expect(await ada.move(id, "pause").json["status"] == "paused")
            client.clock.advance(by: .seconds(30))
            let paused = await ada.status(id).json["metrics"]
            #expect(paused?["activeSeconds"] == 60)
            #expect(paused?["pausedSeconds"] == 30)
            #expect(await ada.move(id, "resume").json["status"] == "active")
            client.clock.advance(by: .seconds(10))
            let ended = await ada.move(id, "end")
            #expect(ended.json["status"] == "ended")
            #expect(ended.json["endTime"] == .string(client.clock.now.description))
            client.clock.advance(by: .minutes(5))
            let status = await ada.status(id)
            #expect(status.json["metrics"]?["activeSeconds"] == 70)
            #expect(status.json["metrics"]?["pausedSeconds"] == 30)
            #expect(status.json["metrics"]?["activations"] == 0)
            #expect(status.json == ended.json)
        }
    }

    // S4-17
    @Test(arguments: Engine.tested)
    func `the same wish twice does no harm, and the wrong order is refused`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let id = try await ada.start()
            #expect(await ada.move(id, "resume").json["status"] == "active")
            for _ in 0..<2 { #expect(await ada.move(id, "pause").json["status"] == "paused") }
            for _ in 0..<2 { #expect(await ada.move(id, "end").json["status"] == "ended") }
            for verb in ["pause", "resume"] {
                let answer = await ada.move(id, verb)
                #expect(answer.status == 409)
                #expect(answer.code == "SESSION_ENDED")
            }
            let other = "01900000-0000-7000-8000-000000000000"
            for verb in ["pause", "resume", "end"] {
                #expect(await ada.move(other, verb).code == "SESSION_NOT_FOUND")
                #expect(await ada.move("1", verb).fieldErrors == ["sessionId INVALID_FORMAT"])
            }
            #expect(await ada.status(other).code == "SESSION_NOT_FOUND")
        }
    }

    // S4-7
    @Test(arguments: Engine.tested)
    func `of starts at once one is the stream`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            #expect(await ada.ask(.get, "/api/studio/creator").status == 200)
            let answers = await race(8, client) { _ in
                await ada.ask(.post, "/api/sessions/start", ["platform": "twitch"])
            }
            let begun = answers.filter { $0.status == 201 }
            #expect(begun.count == 1)
            let refused = answers.filter { $0.status == 409 }
            #expect(refused.count == 7)
            let id = try #require(begun.first?.json["id"]?.asString)
            for answer in refused {
                #expect(answer.code == "SESSION_RUNNING")
                #expect(answer.json["error"]?.asString?.contains(id) == true)
            }
            // A paused one is under way, too; another creator's is nobody's affair.
            #expect(await ada.move(id, "pause").status == 200)
            let again = await ada.ask(.post, "/api/sessions/start", ["platform": "kick"])
            #expect(again.code == "SESSION_RUNNING")
            let bob = try await TestCreator(client, "bob@example.com")
            _ = try await bob.start()
            #expect(await ada.move(id, "end").status == 200)
            _ = try await ada.start()
        }
    }

    // S4-8
    @Test(arguments: Engine.tested)
    func `of ends at once one is told`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let id = try await ada.start()
            let socket = try await ada.socket()
            await socket.follow(id)
            let answers = await race(8, client) { _ in await ada.move(id, "end") }
            #expect(answers.allSatisfy { $0.json["status"] == "ended" })
            #expect(Set(answers.compactMap { $0.json["endTime"]?.asString }).count == 1)
            let told = await socket.next("event")
            #expect(told?["kind"] == "session")
            #expect(told?["data"]?["status"] == "ended")
            let log = client.server.program.studio.topics
            #expect(
                try await log.newest(of: try #require(Topic("studio/sessions", id)))
                    == told?["seq"]?.asInteger)
        }
    }

    @Test(arguments: Engine.tested)
    func `the newest comes first, and only one's own`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let bob = try await TestCreator(client, "bob@example.com")
            var ids: [String] = []
            for _ in 0..<3 {
                ids.append(try await ada.start())
                client.clock.advance(by: .minutes(1))
                if ids.count < 3 { _ = await ada.move(try #require(ids.last), "end") }
            }
            let bobs = try await bob.start()
            let all = await ada.ask(.get, "/api/sessions")
            #expect(all.ids == ids.reversed())
            #expect(all.json["total"] == 3)
            #expect(await ada.ask(.get, "/api/sessions?status=ended").ids == [ids[1], ids[0]])
            #expect(await ada.ask(.get, "/api/sessions?status=active&limit=1").ids == [ids[2]])
            let part = await ada.ask(.get, "/api/sessions?limit=1&offset=1")
            #expect(part.ids == [ids[1]])
            #expect(part.json["total"] == 3)
            #expect(await ada.ask(.get, "/api/sessions?status=over").status == 400)
            #expect(await ada.status(bobs).code == "SESSION_NOT_FOUND")
            #expect(await ada.move(bobs, "end").code == "SESSION_NOT_FOUND")
            #expect(await bob.status(bobs).json["status"] == "active")
        }
    }

    // S4-7
    @Test(arguments: Engine.tested)
    func `a stream has a brand kit of its creator's`(on engine: Engine) async throws {
        try await withServer(on: engine, served { $0.tier = .creator }) { client in
            let ada = try await TestCreator(client)
            let bob = try await TestCreator(client, "bob@example.com")
            let (own, other) = (try await ada.makeKit(), try await bob.makeKit())
            let refused = await ada.ask(
                .post, "/api/sessions/start",
                ["platform": "twitch", "brandKitId": .string(other)])
            #expect(refused.fieldErrors == ["brandKitId REFERENCE_MISSING"])
            let id = try await ada.start(kit: own)
            #expect(await ada.status(id).json["brandKitId"] == .string(own))
            #expect(await ada.ask(.delete, "/api/brand-kit/" + own).status == 204)
            #expect(await ada.status(id).json["brandKitId"] == .null)
            for platform in ["", String(repeating: "a", count: 41), "a\nb"] {
                let answer = await ada.ask(
                    .post, "/api/sessions/start", ["platform": .string(platform)])
                #expect(answer.status == 400, "\(platform)")
            }
        }
    }
}
