import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

@testable import Studio

/// S4-10, S4-11, S4-12, S4-16: brand kits.
struct BrandKitTests {
    // S4-10 S4-12 S4-16
    @Test(arguments: Engine.tested)
    func `a kit is made, read, listed and deleted`(on engine: Engine) async throws {
        try await withServer(on: engine, served { $0.tier = .creator }) { client in
            let ada = try await TestCreator(client)
            let made = await ada.ask(.post, "/api/brand-kit", kit)
            #expect(made.status == 201)
            #expect(made[.etag] == "\"1\"")
            #expect(made.json["colorPalette"]?["primary"] == "#2a5bd7")
            #expect(made.json["typography"] == kit["typography"])
            #expect(made.json["motionIntensity"] == 5)
            #expect(made.json["allowedCategories"] == kit["allowedCategories"])
            let id = try #require(made.json["id"]?.asString)
            let read = await ada.ask(.get, "/api/brand-kit/" + id)
            #expect(read.json == made.json)
            let known = await ada.ask(
                .get, "/api/brand-kit/" + id, nil, [.ifNoneMatch: "\"1\""])
            #expect(known.status == 304)
            client.clock.advance(by: .seconds(1))
            let other = try await ada.makeKit(kit.with(["name": "Morning show"]))
            let list = await ada.ask(.get, "/api/brand-kit?limit=1&offset=1")
            #expect(list.ids == [other])
            #expect(list.json["total"] == 2)
            #expect(await ada.ask(.delete, "/api/brand-kit/" + id).status == 204)
            #expect(await ada.ask(.get, "/api/brand-kit/" + id).code == "BRAND_KIT_NOT_FOUND")
            #expect(await ada.ask(.get, "/api/brand-kit").ids == [other])
        }
    }

    // S4-11
    @Test(arguments: Engine.tested)
    func `a kit is replaced in the state that is meant`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let path = "/api/brand-kit/" + (try await ada.makeKit())
            client.clock.advance(by: .seconds(1))
            let calm = kit.with(["motionIntensity": 2, "allowedCategories": ["text", "ambient"]])
            let changed = await ada.ask(.put, path, calm, [.ifMatch: "\"1\""])
            #expect(changed.status == 200, "\(changed.text)")
            #expect(changed[.etag] == "\"2\"")
            #expect(changed.json["motionIntensity"] == 2)
            #expect(changed.json["allowedCategories"] == ["text", "ambient"])
            #expect(changed.json["updatedAt"] != changed.json["createdAt"])
            let late = await ada.ask(.put, path, kit, [.ifMatch: "\"1\""])
            #expect(late.status == 412)
            #expect(late.code == "PRECONDITION_FAILED")
            #expect(await ada.ask(.delete, path, nil, [.ifMatch: "\"1\""]).status == 412)
            // A whole kit or none.
            let half = await ada.ask(.put, path, ["name": "Half"])
            #expect(
                half.fieldErrors == [
                    "colorPalette REQUIRED", "typography REQUIRED", "motionIntensity REQUIRED",
                    "allowedCategories REQUIRED",
                ])
            #expect(await ada.ask(.get, path).json == changed.json)
        }
    }

    @Test(arguments: Engine.tested)
    func `others see nothing of it`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let bob = try await TestCreator(client, "bob@example.com")
            let path = "/api/brand-kit/" + (try await ada.makeKit())
            for method in [HTTP.Method.get, .put, .delete] {
                let answer = await bob.ask(method, path, method == .put ? kit : nil)
                #expect(answer.status == 404, "\(method)")
                #expect(answer.code == "BRAND_KIT_NOT_FOUND")
            }
            #expect(await bob.ask(.get, "/api/brand-kit").json["total"] == 0)
            #expect(await ada.ask(.get, path).status == 200)
        }
    }

    // S4-16
    @Test func `all that is wrong with a kit is said at once`() async throws {
        try await withServer(on: .sqlite, served()) { client in
            let ada = try await TestCreator(client)
            let wrong: JSON = [
                "name": "",
                "colorPalette": [
                    "primary": "red", "secondary": "#12345", "accent": "#12345g",
                    "background": "url(x)", "text": 0,
                ],
                "typography": [
                    "heading": "Inter; color: red", "body": "", "weight": 750, "scale": 2,
                ], "motionIntensity": 6, "allowedCategories": ["text", "text"],
            ]
            let answer = await ada.ask(.post, "/api/brand-kit", wrong)
            #expect(answer.status == 400)
            #expect(
                answer.fieldErrors == [
                    "name TOO_SHORT", "colorPalette.primary COLOR_SYNTAX",
                    "colorPalette.secondary COLOR_SYNTAX", "colorPalette.accent COLOR_SYNTAX",
                    "colorPalette.background COLOR_SYNTAX", "colorPalette.text WRONG_TYPE",
                    "typography.heading FONT_SYNTAX", "typography.body TOO_SHORT",
                    "typography.weight FONT_WEIGHT", "typography.scale TOO_BIG",
                    "motionIntensity TOO_BIG", "allowedCategories LIST_TWICE",
                ])
            for (categories, code) in [
                ([], "CATEGORIES_NONE"), (["fire"], "NOT_ONE_OF"),
            ] as [(JSON, String)] {
                let answer = await ada.ask(
                    .post, "/api/brand-kit", kit.with(["allowedCategories": categories]))
                #expect(answer.fieldErrors.map { String($0.split(separator: " ")[1]) } == [code])
            }
        }
    }

    // S4-20
    @Test(arguments: Engine.tested)
    func `kits at once are no more than the tier has room for`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client, tier: .creator)
            let answers = await race(6, client) { _ in await ada.ask(.post, "/api/brand-kit", kit) }
            #expect(answers.filter { $0.status == 201 }.count == 3)
            let refused = answers.filter { $0.status == 403 }
            #expect(refused.count == 3)
            #expect(refused.allSatisfy { $0.code == "TIER_LIMIT_REACHED" })
            #expect(await ada.ask(.get, "/api/brand-kit").json["total"] == 3)
            let creator = await ada.ask(.get, "/api/studio/creator")
            #expect(creator.json["allowance"]?["brandKitsUsed"] == 3)
            try await ada.become(.professional)
            #expect(await ada.ask(.post, "/api/brand-kit", kit).status == 201)
        }
    }
}
