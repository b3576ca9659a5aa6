import AtriumTesting
import Coding
import DatabaseTesting
import SQL
import Testing
import Values

@testable import Studio

/// S4-4: what can be shown.
struct EffectListTests {
    // S4-4
    @Test(arguments: Engine.tested)
    func `effects are listed with whether one may show them`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let answer = await ada.ask(.get, "/api/effects")
            #expect(answer.ids == BuiltInEffects.all.map(\.id))
            #expect(answer.json["total"] == 13)
            #expect(
                answer.json["data"]?[0] == [
                    "id": "confetti", "name": "Confetti",
                    "description": "Paper rains down in the brand's colours.",
                    "category": "celebration", "motion": 3, "tier": "free", "durationMs": 6000,
                    "takesText": false, "source": "builtIn", "media": .null, "isAllowed": true,
                ])
            for tier in Studio.Tier.allCases {
                try await ada.become(tier)
                let list = await ada.ask(.get, "/api/effects").json["data"]?.asList ?? []
                for effect in list {
                    let least = effect["tier"]?.asString.flatMap(Studio.Tier.init(rawValue:))
                    #expect(effect["isAllowed"] == .boolean(try #require(least) <= tier))
                }
            }
        }
    }

    // S4-4
    @Test func `effects are looked for by what they are for and called`() async throws {
        try await withServer(on: .sqlite, served()) { client in
            let ada = try await TestCreator(client)
            for (query, ids) in [
                ("category=text", ["lower-third", "shout-out", "countdown"]),
                ("search=SNOW", ["snow"]), ("search=text&category=focus", []),
                ("search=line%20of%20text", ["lower-third", "shout-out", "countdown"]),
                ("limit=2&offset=1", ["fireworks", "hearts"]), ("offset=13", []),
                ("category=ambient&limit=1&offset=2", ["aurora"]),
            ] {
                #expect(await ada.ask(.get, "/api/effects?" + query).ids == ids, "\(query)")
            }
            for query in ["category=fire", "search=", "limit=0", "limit=101", "offset=-1"] {
                #expect(await ada.ask(.get, "/api/effects?" + query).status == 400, "\(query)")
            }
        }
    }
}
