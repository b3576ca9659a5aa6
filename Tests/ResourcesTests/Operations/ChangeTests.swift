import AtriumTesting
import Changes
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing

/// What is written to rows stands in the log of changes, by the same transaction.
struct ChangeTests {
    @Test(arguments: Engine.tested)
    func `every write has its change, and a refused one has none`(on engine: Engine) async throws {
        try await withResources(on: engine) { client in
            let ada = try await client.user()
            let id = try await client.make("items", ["name": "Engine"], by: ada)
            let path = "items/\(id)"
            _ = await client.ask(.patch, path, ["name": "Loom"], by: ada)
            _ = await client.ask(.patch, path, ["name": "Loom"], by: ada)
            _ = await client.ask(.patch, path, ["name": ""], by: ada)
            _ = await client.ask(.patch, path, ["name": "Lost"], by: ada, [.ifMatch: "\"1\""])
            _ = try await client.make(
                "item_notes", ["itemId": .string(id), "text": "Wheels"], by: ada)
            _ = await client.ask(.delete, path, by: ada)
            _ = await client.ask(.delete, path, by: ada)
            _ = await client.ask(.post, path + "/restore", by: ada)
            let changes = try await client.changes()
            #expect(
                changes.map { "\($0.topic) \($0.kind)" } == [
                    "items created", "items updated", "item_notes created", "item_notes deleted",
                    "items deleted", "items restored", "item_notes restored",
                ])
            #expect(changes[0].before == nil)
            #expect(changes[0].row == id)
            #expect(changes[0].after?["name"] == "Engine")
            #expect(changes[0].after?["userId"] == .string(ada.id))
            #expect(changes[1].before?["name"] == "Engine")
            #expect(changes[1].after?["name"] == "Loom")
            #expect(changes[4].before?["name"] == "Loom")
            #expect(changes[4].after == nil)
            #expect(changes[5].after?["name"] == "Loom")
        }
    }

    // S3-28
    @Test(arguments: Engine.tested)
    func `personal data is sealed in its table and left out of changes`(
        on engine: Engine
    ) async throws {
        let patients = """
            {
              name: "patients",
              fields: {
                name: { type: "text", required: true, pii: true },
                room: { type: "integer" },
              },
            }
            """
        try await withResources(on: engine, [patients]) { client in
            let ada = try await client.user()
            let id = try await client.make("patients", ["name": "Byron", "room": 3], by: ada)
            let read = await client.ask(.get, "patients/\(id)", by: ada)
            #expect(read.json["name"] == "Byron")
            let changed = await client.ask(.patch, "patients/\(id)", ["room": 4], by: ada)
            #expect(changed.json["name"] == "Byron")
            let stored = try await client.server.database.all(
                "SELECT name FROM patients", returning: Single<String>.self
            ).map(\.value)
            #expect(stored.allSatisfy { $0.hasPrefix("a1.") && !$0.contains("Byron") })
            let changes = try await client.changes()
            #expect(changes.count == 2)
            for change in changes {
                #expect(change.after?["name"] == nil)
                #expect(change.after?["room"] != nil)
            }
        }
    }
}

extension TestClient {
    /// The changes of resources, in the order in which they were written.
    func changes() async throws -> [Change] {
        try await server.database.all(Self.allChanges).map(\.change)
    }

    private static let allChanges = Statement(
        .scan, "SELECT topic, kind, row_id, before, after, at FROM changes ORDER BY id",
        returns: StoredChange.self)
}

private struct StoredChange: RowDecodable {
    let change: Change

    init(row: inout Row) throws(DatabaseError) {
        let (topic, kind) = (try row.next(String.self), try row.next(ChangeKind.self))
        let id = try row.next(String.self)
        let (before, after) = (try row.next(JSONText?.self), try row.next(JSONText?.self))
        change = Change(
            topic, kind, id, before: before.map(Self.json), after: after.map(Self.json),
            at: try row.next())
    }

    private static func json(_ text: JSONText) -> JSON {
        (try? JSON(parsing: Array(text.text.utf8))) ?? .null
    }
}
