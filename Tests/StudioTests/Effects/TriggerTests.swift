import AtriumTesting
import Coding
import DatabaseTesting
import SQL
import Testing
import Values

@testable import Studio

/// S4-5: effects that are shown on a stream, and those that are refused.
struct TriggerTests {
    private static let countAll = Statement(
        .scan, "SELECT count(*) FROM effect_activations", returns: Single<Int>.self)

    // S4-5
    @Test(arguments: Engine.tested)
    func `an effect is shown, kept, told and counted`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let id = try await ada.start()
            let socket = try await ada.socket()
            await socket.follow(id)
            client.clock.advance(by: .seconds(5))
            let answer = await ada.trigger("lower-third", on: id, text: "Ada & <b>Bob</b>")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.json["effectId"] == "lower-third")
            #expect(answer.json["sessionId"] == .string(id))
            #expect(answer.json["triggeredAt"] == .string(client.clock.now.description))
            #expect(answer.json["text"] == "Ada & <b>Bob</b>")
            #expect(answer.json["effect"]?["durationMs"] == 8000)
            let told = await socket.next("event")
            #expect(told?["kind"] == "effect")
            #expect(told?["data"] == answer.json)
            #expect(told?["from"] == .string(ada.user.id))
            // An effect without text passes one over.
            #expect(await ada.trigger("confetti", on: id, text: "Hello").json["text"] == .null)
            let metrics = await ada.status(id).json["metrics"]
            #expect(metrics?["activations"] == 2)
            #expect(metrics?["byCategory"]?["text"] == 1)
            #expect(metrics?["byCategory"]?["celebration"] == 1)
            #expect(metrics?["byCategory"]?["focus"] == 0)
            #expect(metrics?["lastTriggeredAt"] == .string(client.clock.now.description))
            #expect(try await client.server.database.first(Self.countAll)?.value == 2)
        }
    }

    // S4-5
    @Test(arguments: Engine.tested)
    func `what is not there, or not active, is told apart`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let bob = try await TestCreator(client, "bob@example.com")
            let id = try await ada.start()
            for effect in ["fire", "CONFETTI", "01900000-0000-7000-8000-000000000000", "../x"] {
                let answer = await ada.trigger(effect, on: id)
                #expect(answer.status == 404, "\(effect)")
                #expect(answer.json["error"] == "Effect not found")
                #expect(answer.code == "EFFECT_NOT_FOUND")
            }
            #expect(await bob.trigger("confetti", on: id).code == "SESSION_NOT_FOUND")
            _ = await ada.move(id, "pause")
            #expect(await ada.trigger("confetti", on: id).code == "SESSION_PAUSED")
            _ = await ada.move(id, "end")
            let ended = await ada.trigger("confetti", on: id)
            #expect(ended.status == 409)
            #expect(ended.code == "SESSION_ENDED")
            #expect(await ada.status(id).json["metrics"]?["activations"] == 0)
            #expect(try await client.server.database.first(Self.countAll)?.value == 0)
            let wrong = await ada.ask(
                .post, "/api/effects/trigger", ["effectId": 1, "text": "a\u{7}b"])
            #expect(
                wrong.fieldErrors == [
                    "effectId WRONG_TYPE", "sessionId REQUIRED", "text INVALID_FORMAT",
                ])
        }
    }

    // S4-5
    @Test(arguments: Engine.tested)
    func `what the brand kit does not allow is refused with the reason, and counted`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served { $0.tier = .enterprise }) { client in
            let ada = try await TestCreator(client)
            let calm = kit.with([
                "motionIntensity": 3, "allowedCategories": ["celebration", "text"],
            ])
            let (own, id) = try await { () async throws -> (String, String) in
                let own = try await ada.makeKit(calm)
                return (own, try await ada.start(kit: own))
            }()
            #expect(await ada.trigger("confetti", on: id).status == 200)
            for (effect, reason) in [
                ("glitch", "the brand kit Evening show has no transition effects"),
                ("fireworks", "motion 4 is stronger than the brand kit's 3"),
            ] {
                let answer = await ada.trigger(effect, on: id)
                #expect(answer.status == 422)
                #expect(answer.code == "EFFECT_OFF_BRAND")
                #expect(answer.json["error"] == .string("The effect does not fit: " + reason))
            }
            let metrics = await ada.status(id).json["metrics"]
            #expect(metrics?["refused"] == 2)
            #expect(metrics?["activations"] == 1)
            #expect(try await client.server.database.first(Self.countAll)?.value == 1)
            // What the kit is now counts, not what it was when the stream began.
            _ = await ada.ask(.put, "/api/brand-kit/" + own, kit)
            #expect(await ada.trigger("glitch", on: id).status == 200)
            #expect(await ada.ask(.delete, "/api/brand-kit/" + own).status == 204)
            #expect(await ada.trigger("fireworks", on: id).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `effects at once are all counted, in one order`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let id = try await ada.start()
            let socket = try await ada.socket()
            await socket.follow(id)
            let answers = await race(12, client) { index in
                await ada.trigger(index.isMultiple(of: 2) ? "confetti" : "snow", on: id)
            }
            #expect(answers.allSatisfy { $0.status == 200 })
            var told: [JSON] = []
            while told.count < 12, let event = await socket.next("event") { told.append(event) }
            let numbers = told.compactMap { $0["seq"]?.asInteger }
            #expect(numbers == Array((numbers.first ?? 0)..<(numbers.first ?? 0) + 12))
            #expect(
                Set(told.compactMap { $0["data"]?["id"]?.asString })
                    == Set(answers.compactMap { $0.json["id"]?.asString }))
            let metrics = await ada.status(id).json["metrics"]
            #expect(metrics?["activations"] == 12)
            #expect(metrics?["byCategory"]?["ambient"] == 6)
        }
    }

    @Test(arguments: Engine.tested)
    func `nobody triggers more in a minute than is allowed`(on engine: Engine) async throws {
        try await withServer(on: engine, served { $0.triggersPerMinute = 3 }) { client in
            let ada = try await TestCreator(client)
            let id = try await ada.start()
            let answers = await race(5, client) { _ in await ada.trigger("confetti", on: id) }
            #expect(answers.filter { $0.status == 200 }.count == 3)
            for answer in answers where answer.status != 200 {
                #expect(answer.status == 429)
                #expect(answer.code == "RATE_LIMITED")
                #expect(answer[.retryAfter] == "60")
            }
            let socket = try await ada.socket()
            let said = await socket.refusal([
                "type": "effect.trigger", "id": 1, "effectId": "confetti",
                "sessionId": .string(id),
            ])
            #expect(said == "RATE_LIMITED")
            let bob = try await TestCreator(client, "bob@example.com")
            #expect(await bob.trigger("confetti", on: try await bob.start()).status == 200)
            client.clock.advance(by: .minutes(1))
            #expect(await ada.trigger("confetti", on: id).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `activations of long ago are forgotten`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served { $0.keepActivations = "1d" }) { client in
            let ada = try await TestCreator(client)
            let old = try await ada.start()
            _ = await ada.trigger("confetti", on: old)
            _ = await ada.move(old, "end")
            client.clock.advance(by: .hours(23))
            let later = try await ada.again()
            _ = await later.trigger("snow", on: try await later.start())
            try await client.sweep()
            #expect(try await client.server.database.first(Self.countAll)?.value == 2)
            client.clock.advance(by: .hours(2))
            try await client.sweep()
            #expect(try await client.server.database.first(Self.countAll)?.value == 1)
            let again = try await ada.again()
            #expect(await again.status(old).json["metrics"]?["activations"] == 1)
        }
    }
}
