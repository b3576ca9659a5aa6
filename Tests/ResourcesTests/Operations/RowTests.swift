import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing

/// What one row goes through, with the sample.
struct RowTests {
    // S3-12, S3-20
    @Test(arguments: Engine.tested)
    func `a row that is made has an id, its fields, and when it was made`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine) { client in
            let ada = try await client.user()
            let made = await client.ask(.post, "items", ["name": "Engine"], by: ada)
            #expect(made.status == 201)
            let now = JSON.string(client.clock.now.description)
            let id = try #require(made.json["id"])
            #expect(
                made.json == [
                    "id": id, "userId": .string(ada.id), "name": "Engine", "description": .null,
                    "status": "active", "createdAt": now, "updatedAt": now,
                ])
            #expect(made[.etag] == "\"\(client.clock.now.microseconds)\"")
        }
    }

    // S3-12, S3-17, S3-18
    @Test(arguments: Engine.tested)
    func `what is wrong with a new row is told field by field`(on engine: Engine) async throws {
        try await withResources(on: engine) { client in
            let ada = try await client.user()
            let long = String(repeating: "x", count: 1001)
            let wrong = await client.ask(
                .post, "items",
                ["name": "", "description": .string(long), "status": "lost", "colour": 1], by: ada)
            #expect(wrong.status == 400)
            #expect(wrong.code == "VALIDATION_ERROR")
            #expect(wrong.message == "Invalid input")
            #expect(wrong.wrongFields == ["name", "description", "status", "colour"])
            let missing = await client.ask(.post, "items", [:], by: ada)
            #expect(missing.wrongFields == ["name"])
            let name = String(repeating: "é", count: 255)
            let longest = await client.ask(
                .post, "items",
                ["name": .string(name), "description": .string(String(long.dropLast()))], by: ada)
            #expect(longest.status == 201)
            let longer = await client.ask(.post, "items", ["name": .string(name + "x")], by: ada)
            #expect(longer.wrongFields == ["name"])
        }
    }

    // S3-12, S3-30
    @Test(arguments: Engine.tested)
    func `without credentials every operation is refused`(on engine: Engine) async throws {
        try await withResources(on: engine) { client in
            let ada = try await client.user()
            let id = try await client.make("items", ["name": "Engine"], by: ada)
            let requests: [(HTTP.Method, String, JSON?)] = [
                (.get, "items", nil), (.post, "items", ["name": "Mine"]),
                (.get, "items/\(id)", nil), (.patch, "items/\(id)", ["name": "Mine"]),
                (.delete, "items/\(id)", nil), (.post, "items/\(id)/restore", nil),
            ]
            for (method, path, body) in requests {
                let answer = await client.ask(method, path, body, by: nil)
                #expect(answer.status == 401, "\(method) \(path)")
                #expect(answer.code == "UNAUTHORIZED")
                #expect(answer.message == "Not authenticated")
            }
        }
    }

    // S3-13
    @Test(arguments: Engine.tested)
    func `a row is shown with its relations, empty ones as well`(on engine: Engine) async throws {
        try await withResources(on: engine) { client in
            let ada = try await client.user()
            let id = try await client.make("items", ["name": "Engine"], by: ada)
            let bare = await client.ask(.get, "items/\(id)", by: ada)
            #expect(bare.status == 200)
            #expect(bare.json["name"] == "Engine")
            #expect(bare.json["notes"] == [])
            for text in ["first", "second"] {
                client.clock.advance(by: .seconds(1))
                _ = try await client.make(
                    "item_notes", ["itemId": .string(id), "text": .string(text)], by: ada)
            }
            let full = await client.ask(.get, "items/\(id)", by: ada)
            let notes = try #require(full.json["notes"]?.asList)
            #expect(notes.map { $0["text"] } == ["second", "first"])
            #expect(notes.allSatisfy { $0["itemId"] == .string(id) })
            let note = "item_notes/" + (notes.first?["id"]?.asString ?? "")
            #expect(await client.ask(.get, note, by: ada).json["item"] == nil)
            let beside = await client.ask(.get, note + "?include=item", by: ada)
            #expect(beside.json["item"]?["name"] == "Engine")
            let wrong = await client.ask(.get, note + "?include=owner", by: ada)
            #expect(wrong.wrongFields == ["include"])
            let other = await client.ask(.get, note + "?includ=item", by: ada)
            #expect(other.wrongFields == ["includ"])
        }
    }

    // S3-13, S3-18
    @Test(arguments: Engine.tested)
    func `a row that is not there is not found`(on engine: Engine) async throws {
        try await withResources(on: engine) { client in
            let ada = try await client.user()
            let path = "items/019aa000-0000-7000-8000-000000000000"
            for answer in [
                await client.ask(.get, path, by: ada),
                await client.ask(.patch, path, ["name": "Mine"], by: ada),
                await client.ask(.delete, path, by: ada),
                await client.ask(.post, path + "/restore", by: ada),
            ] {
                #expect(answer.status == 404)
                #expect(answer.code == "NOT_FOUND")
                #expect(answer.message == "Resource not found")
            }
            let odd = await client.ask(.get, "items/one", by: ada)
            #expect(odd.status == 400)
            #expect(odd.wrongFields == ["id"])
        }
    }

    // S3-14, S3-17
    @Test(arguments: Engine.tested)
    func `a change touches what it names and answers as reading does`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine) { client in
            let ada = try await client.user()
            let made = await client.ask(
                .post, "items", ["name": "Engine", "description": "Analytical"], by: ada)
            let id = try #require(made.json["id"]?.asString)
            client.clock.advance(by: .seconds(1))
            let changed = await client.ask(
                .patch, "items/\(id)", ["status": "inactive", "description": .null], by: ada)
            #expect(changed.status == 200)
            #expect(changed.json["name"] == "Engine")
            #expect(changed.json["description"] == .null)
            #expect(changed.json["status"] == "inactive")
            #expect(changed.json["createdAt"] == made.json["createdAt"])
            #expect(changed.json["updatedAt"] == .string(client.clock.now.description))
            let read = await client.ask(.get, "items/\(id)", by: ada)
            #expect(read.json == changed.json)
            #expect(read[.etag] == changed[.etag])
            let wrong = await client.ask(.patch, "items/\(id)", ["name": .null], by: ada)
            #expect(wrong.status == 400)
            #expect(wrong.wrongFields == ["name"])
        }
    }

    // S3-14
    @Test(arguments: Engine.tested)
    func `a change to what is there already is none`(on engine: Engine) async throws {
        try await withResources(on: engine) { client in
            let ada = try await client.user()
            let id = try await client.make("items", ["name": "Engine"], by: ada)
            let before = await client.ask(.get, "items/\(id)", by: ada)
            client.clock.advance(by: .seconds(1))
            for body: JSON in [[:], ["name": "Engine", "status": "active"]] {
                let answer = await client.ask(.patch, "items/\(id)", body, by: ada)
                #expect(answer.status == 200)
                #expect(answer.json == before.json)
                #expect(answer[.etag] == before[.etag])
            }
        }
    }

    // S3-15, S3-23, S3-28
    @Test(arguments: Engine.tested)
    func `a deleted row is gone until it is restored, with what went with it`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine, [Self.items, Self.comments]) { client in
            let ada = try await client.user()
            let id = try await client.make("items", ["name": "Engine"], by: ada)
            let comment = try await client.make(
                "comments", ["itemId": .string(id), "text": "Wheels"], by: ada)
            let early = try await client.make(
                "comments", ["itemId": .string(id), "text": "Cogs"], by: ada)
            #expect(await client.ask(.delete, "comments/\(early)", by: ada).status == 204)
            client.clock.advance(by: .seconds(1))
            let shown = await client.ask(.get, "items/\(id)", by: ada)
            let deleted = await client.ask(.delete, "items/\(id)", by: ada)
            #expect(deleted.status == 204)
            #expect(deleted.bytes.isEmpty)
            for path in ["items/\(id)", "comments/\(comment)"] {
                #expect(await client.ask(.get, path, by: ada).status == 404, "\(path)")
                #expect(await client.ask(.delete, path, by: ada).status == 404, "\(path)")
            }
            #expect(await client.ask(.get, "items", by: ada).json["meta"]?["total"] == 0)
            let restored = await client.ask(.post, "items/\(id)/restore", by: ada)
            #expect(restored.status == 200)
            #expect(restored.json == shown.json)
            #expect(await client.ask(.get, "comments/\(comment)", by: ada).status == 200)
            #expect(await client.ask(.get, "comments/\(early)", by: ada).status == 404)
            let again = await client.ask(.post, "items/\(id)/restore", by: ada)
            #expect(again.status == 200)
            #expect(again.json == shown.json)
        }
    }

    private static let items = """
        {
          name: "items",
          fields: { name: { type: "text", required: true, length: [1, 255] } },
          relations: { comments: { resource: "comments", field: "item" } },
        }
        """
    private static let comments = """
        {
          name: "comments",
          fields: {
            item: { type: "reference", resource: "items", required: true, onDelete: "cascade" },
            text: { type: "text", required: true },
          },
        }
        """

    // S3-23
    @Test(arguments: Engine.tested)
    func `somebody else's row is as one that is not there`(on engine: Engine) async throws {
        try await withResources(on: engine) { client in
            let ada = try await client.user()
            let bob = try await client.user("bob@example.com")
            let id = try await client.make("items", ["name": "Engine"], by: ada)
            for answer in [
                await client.ask(.get, "items/\(id)", by: bob),
                await client.ask(.patch, "items/\(id)", ["name": "Mine"], by: bob),
                await client.ask(.delete, "items/\(id)", by: bob),
                await client.ask(.post, "items/\(id)/restore", by: bob),
            ] { #expect(answer.status == 404) }
            #expect(await client.ask(.get, "items", by: bob).json["data"] == [])
            let note = await client.ask(
                .post, "item_notes", ["itemId": .string(id), "text": "Hello"], by: bob)
            #expect(note.status == 400)
            #expect(note.wrongFields == ["itemId"])
            #expect(await client.ask(.get, "items/\(id)", by: ada).json["name"] == "Engine")
        }
    }
}
