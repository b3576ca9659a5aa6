import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// S0-9, S1-9: icons that are drawn from words.
struct DrawIconTests {
    // S0-9, S0-13, S1-9
    @Test(arguments: Engine.tested)
    func `S1-9: a prompt becomes an icon, which is kept`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            let answer = await client.post(
                "/api/icons", ["prompt": "  A compass over a grid\n"], bearer: user.accessToken)
            #expect(answer.status == 201)
            let icon = try TestIcon(answer)
            #expect(icon.json["prompt"] == "A compass over a grid")
            #expect(icon.json["svg"]?.asString?.hasPrefix("<svg ") == true)
            #expect(icon.variants.count == 1)
            #expect(icon.variants.first?["svg"] == icon.json["svg"])
            #expect(icon.variants.first?["id"] == icon.json["chosen"])
            #expect(icon.json["intent"] == "create")
            #expect(icon.json["colorMode"] == "dark")
            #expect(icon.json["generator"] == "offline")
            #expect(icon.json["model"] == .null)
            #expect(icon.json["version"] == 1)
            #expect(icon.json["createdAt"] == .string(client.clock.now.description))
            let again = await client.get(icon.path, bearer: user.accessToken)
            #expect(again.status == 200)
            #expect(again.json == icon.json)
        }
    }

    @Test(arguments: Engine.tested)
    func `up to three variants are drawn, each another`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            let icon = try await client.drawn("A house with a star", by: user, variants: 3)
            #expect(icon.variants.count == 3)
            #expect(Set(icon.variants.compactMap { $0["svg"]?.asString }).count == 3)
            #expect(Set(icon.variants.compactMap { $0["id"]?.asString }).count == 3)
            #expect(icon.variants.allSatisfy { $0["name"]?.asString?.isEmpty == false })
        }
    }

    @Test(arguments: Engine.tested)
    func `a reference is refined, with attachments to follow`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            let answer = await client.post(
                "/api/icons",
                [
                    "prompt": "Rounder", "intent": "refine", "colorMode": "light",
                    "variantCount": 2, "referenceSvg": .string(drawing),
                    "attachments": [["id": "1", "name": "Square", "svg": .string(drawing)]],
                ], bearer: user.accessToken)
            let icon = try TestIcon(answer)
            #expect(icon.json["intent"] == "refine")
            #expect(icon.json["colorMode"] == "light")
            #expect(icon.variants.count == 2)
        }
    }

    @Test(arguments: Engine.tested)
    func `all that is wrong is said at once, and costs nothing`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            let wrong = await client.post(
                "/api/icons",
                ["prompt": " \n", "intent": "paint", "colorMode": 1, "variantCount": 4],
                bearer: user.accessToken)
            #expect(wrong.status == 400)
            #expect(wrong.code == "VALIDATION_ERROR")
            #expect(wrong.json["error"] == wrong.json["message"])
            #expect(
                wrong.fieldErrors == [
                    "prompt TOO_SHORT", "intent NOT_ONE_OF", "colorMode WRONG_TYPE",
                    "variantCount TOO_BIG",
                ])
            let bomb =
                "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\"/>"
            let unsafe = await client.post(
                "/api/icons",
                [
                    "prompt": "x", "referenceSvg": "<p/>",
                    "attachments": [["name": "a", "svg": .string(bomb)]],
                ], bearer: user.accessToken)
            #expect(
                unsafe.fieldErrors == [
                    "referenceSvg SVG_SYNTAX", "attachments[0].svg SVG_DECLARES",
                ])
            let bare = await client.post(
                "/api/icons", ["prompt": "x", "intent": "refine"], bearer: user.accessToken)
            #expect(bare.fieldErrors == ["referenceSvg REQUIRED"])
            let many = JSON.list(
                Array(repeating: ["name": "a", "svg": .string(drawing)], count: 5))
            let attached = await client.post(
                "/api/icons", ["prompt": "x", "attachments": many], bearer: user.accessToken)
            #expect(attached.fieldErrors == ["attachments ATTACHMENTS_COUNT"])
            #expect(await client.leftToday(user) == 200)
        }
    }

    @Test func `a prompt has as many characters as the settings allow`() async throws {
        let short = SettingsChange { $0.icons.promptMax = 5 }
        try await withServer(on: .sqlite, served, short) { client in
            let user = try await client.user()
            let answer = await client.post(
                "/api/icons", ["prompt": "123456"], bearer: user.accessToken)
            #expect(answer.fieldErrors == ["prompt TOO_LONG"])
            #expect(
                await client.get("/api/icons/generator", bearer: user.accessToken)
                    .json["promptMax"] == 5)
            try await client.drawn("12345", by: user)
        }
    }

    @Test(arguments: Engine.tested)
    func `progress is a stream of events that ends with the icon`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            let answer = await client.post(
                "/api/icons", ["prompt": "A compass"], bearer: user.accessToken,
                [.accept: "text/event-stream"])
            #expect(answer.status == 200)
            #expect(answer[.contentType] == "text/event-stream")
            let events = try await answer.events()
            #expect(events.dropLast().allSatisfy { $0.name == "progress" })
            #expect(events.dropLast().last?.json == ["stage": "drawn", "count": 1])
            let last = try #require(events.last)
            #expect(last.name == "icon")
            let id = try #require(last.json["id"]?.asString)
            let icon = await client.get("/api/icons/" + id, bearer: user.accessToken)
            #expect(icon.json == last.json)
        }
    }

    @Test func `what is wrong with a request is answered before a stream`() async throws {
        let none = SettingsChange { $0.icons.perDay = 1 }
        try await withServer(on: .sqlite, served, none) { client in
            let user = try await client.user()
            let accept: Fields = [.accept: "text/event-stream"]
            let wrong = await client.post("/api/icons", [:], bearer: user.accessToken, accept)
            #expect(wrong.status == 400)
            #expect(wrong.fieldErrors == ["prompt REQUIRED"])
            try await client.drawn("x", by: user)
            let late = await client.post(
                "/api/icons", ["prompt": "x"], bearer: user.accessToken, accept)
            #expect(late.code == "ICON_QUOTA_REACHED")
            #expect(await client.post("/api/icons", ["prompt": "x"], accept).status == 401)
        }
    }
}
