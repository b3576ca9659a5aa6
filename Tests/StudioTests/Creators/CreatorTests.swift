import AtriumTesting
import Coding
import DatabaseTesting
import Identity
import SQL
import Testing
import Values

@testable import Server
@testable import Studio

/// S4-15, S4-18: who streams.
struct CreatorTests {
    // S4-15 S4-18
    @Test(arguments: Engine.tested)
    func `whoever comes for the first time is a creator from then on`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let first = await ada.ask(.get, "/api/studio/creator")
            #expect(first.status == 200)
            #expect(first.json["id"] == .string(ada.user.id))
            #expect(first.json["email"] == "ada@example.com")
            #expect(first.json["displayName"] == "Ada Lovelace")
            #expect(first.json["subscriptionTier"] == "free")
            #expect(first.json["settings"] == [:])
            #expect(first.json["createdAt"] == .string(client.clock.now.description))
            #expect(first.json["allowance"]?["brandKits"] == 1)
            #expect(first.json["allowance"]?["uploads"] == 0)
            client.clock.advance(by: .minutes(1))
            #expect(await ada.ask(.get, "/api/studio/creator").json == first.json)
            let found = try await client.server.program.studio.creators.find(
                EmailAddress("ada@example.com"))
            #expect(found?.id.description == ada.user.id)
            let nobody = try await client.server.program.studio.creators.find(
                EmailAddress("nobody@example.com"))
            #expect(nobody == nil)
        }
    }

    // S4-18
    @Test(arguments: Engine.tested)
    func `settings are changed member by member`(on engine: Engine) async throws {
        try await withServer(on: engine, served { $0.tier = .enterprise }) { client in
            let ada = try await TestCreator(client)
            func change(_ json: JSON) async -> TestAnswer {
                await ada.ask(.patch, "/api/studio/creator", json)
            }
            let first = await change([
                "settings": ["volume": 0.5, "grid": ["columns": 4], "sound": true]
            ])
            #expect(first.json["subscriptionTier"] == "enterprise")
            #expect(first.json["allowance"]?["brandKits"] == .null)
            client.clock.advance(by: .minutes(1))
            let second = await change([
                "settings": ["volume": 1, "sound": .null], "displayName": "Countess",
            ])
            #expect(second.json["settings"] == ["volume": 1, "grid": ["columns": 4]])
            #expect(second.json["displayName"] == "Countess")
            #expect(second.json["createdAt"] == first.json["createdAt"])
            #expect(second.json["updatedAt"] == .string(client.clock.now.description))
            #expect(await change([:]).json["settings"] == second.json["settings"])
            // Neither at once nor little by little more than there is room for.
            let large = JSON.string(String(repeating: "a", count: 5000))
            #expect(await change(["settings": ["a": large]]).status == 200)
            let tooMuch = await change(["settings": ["b": large]])
            #expect(tooMuch.status == 400)
            #expect(tooMuch.fieldErrors == ["settings SETTINGS_SIZE"])
            let many = JSON.object(JSONObject((0..<51).map { ("m\($0)", 1) }))
            #expect(await change(["settings": many]).fieldErrors == ["settings SETTINGS_SIZE"])
            #expect(await change(["settings": [1]]).fieldErrors == ["settings WRONG_TYPE"])
            #expect(await change(["displayName": ""]).fieldErrors == ["displayName TOO_SHORT"])
        }
    }

    @Test(arguments: Engine.tested)
    func `changes at once lose nothing`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let answers = await race(8, client) { index in
                await ada.ask(
                    .patch, "/api/studio/creator",
                    ["settings": .object(JSONObject([("m\(index)", .integer(Int64(index)))]))])
            }
            #expect(answers.allSatisfy { $0.status == 200 })
            let settings = await ada.ask(.get, "/api/studio/creator").json["settings"]?.asObject
            #expect(Set(settings?.names ?? []) == Set((0..<8).map { "m\($0)" }))
        }
    }

    @Test(arguments: Engine.tested)
    func `an address that went to another user stops nobody`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            #expect(await ada.ask(.get, "/api/studio/creator").status == 200)
            let accounts = UserAccounts(client.server.program.identity, client.clock.clock)
            _ = try await accounts.delete(try #require(ID<User>(ada.user.id)))
            let other = try await TestCreator(client, "ada@example.com")
            let answer = await other.ask(.get, "/api/studio/creator")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.json["email"] == "ada@example.com")
            #expect(answer.json["id"] == .string(other.user.id))
        }
    }

    @Test(arguments: Engine.tested)
    func `an operator's decision counts at once, and is recorded`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client, tier: .professional)
            let answer = await ada.ask(.get, "/api/studio/creator")
            #expect(answer.json["subscriptionTier"] == "professional")
            let entries = try await client.server.program.identity.audit.list(
                about: ID<User>(ada.user.id), since: .distantPast, max: 10)
            let entry = entries.first { $0.event.rawValue == "studio_tier_changed" }
            let details = try JSON(parsing: Array(try #require(entry?.details).utf8))
            #expect(details == ["tier": "professional", "before": "free"])
        }
    }
}
