import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing

/// What one row goes through, with the sample.
struct RowTests {
    @Test(arguments: Engine.tested)
    func `a row is made, read, changed, deleted and restored`(on engine: Engine) async throws {
        try await withResources(on: engine) { client in
            let ada = try await client.user()
            let made = await client.ask(.post, "items", ["name": "Engine"], by: ada)
            #expect(made.status == 201, "\(made.text)")
            let id = try #require(made.json["id"]?.asString)
            #expect(made.json["description"] == .null)
            #expect(made.json["status"] == "active")
            let read = await client.ask(.get, "items/\(id)", by: ada)
            #expect(read.status == 200)
            #expect(read.json["name"] == "Engine")
            client.clock.advance(by: .seconds(1))
            let changed = await client.ask(
                .patch, "items/\(id)", ["description": "Analytical"], by: ada)
            #expect(changed.status == 200, "\(changed.text)")
            #expect(changed.json["description"] == "Analytical")
            #expect(changed.json["updatedAt"] != made.json["updatedAt"])
            let note = try await client.make(
                "item_notes", ["itemId": .string(id), "text": "Wheels"], by: ada)
            #expect(await client.ask(.delete, "items/\(id)", by: ada).status == 204)
            #expect(await client.ask(.get, "items/\(id)", by: ada).status == 404)
            #expect(await client.ask(.get, "item_notes/\(note)", by: ada).status == 404)
            let restored = await client.ask(.post, "items/\(id)/restore", by: ada)
            #expect(restored.status == 200, "\(restored.text)")
            #expect(await client.ask(.get, "items/\(id)", by: ada).json == changed.json)
        }
    }
}
