import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// What rows do to one another: unique values, references, and what goes with a row.
struct ConflictTests {
    // S3-18
    @Test(arguments: Engine.tested)
    func `a unique value is one among the living rows of an owner`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine, [Self.projects]) { client in
            let ada = try await client.user()
            let bob = try await client.user("bob@example.com")
            let first = try await client.make("projects", ["slug": "engine"], by: ada)
            _ = try await client.make("projects", ["slug": "engine"], by: bob)
            let taken = await client.ask(.post, "projects", ["slug": "engine"], by: ada)
            #expect(taken.status == 409)
            #expect(taken.code == "CONFLICT")
            #expect(taken.message == "There is another with this slug")
            let other = try await client.make("projects", ["slug": "loom"], by: ada)
            let renamed = await client.ask(
                .patch, "projects/\(other)", ["slug": "engine"], by: ada)
            #expect(renamed.status == 409)
            #expect(await client.ask(.delete, "projects/\(first)", by: ada).status == 204)
            let free = await client.ask(.patch, "projects/\(other)", ["slug": "engine"], by: ada)
            #expect(free.status == 200)
            let late = await client.ask(.post, "projects/\(first)/restore", by: ada)
            #expect(late.status == 409)
            #expect(late.message == "There is another with this slug")
        }
    }

    @Test(arguments: Engine.tested)
    func `of fifty who want one unique value, one gets it`(on engine: Engine) async throws {
        try await withResources(on: engine, [Self.projects]) { client in
            let ada = try await client.user()
            let answers = await race(50, client) { _ in
                await client.ask(.post, "projects", ["slug": "engine"], by: ada)
            }
            #expect(answers.filter { $0.status == 201 }.count == 1)
            #expect(answers.filter { $0.status == 409 }.count == 49)
            let list = await client.ask(.get, "projects", by: ada)
            #expect(list.json["meta"]?["total"] == 1)
        }
    }

    private static let projects = """
        {
          name: "projects",
          fields: {
            slug: { type: "text", required: true, length: [1, 50], unique: true },
          },
        }
        """

    // S3-15, S3-18
    @Test(arguments: Engine.tested)
    func `a row stays while rows refer to it that do not go with it`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine, Self.tree) { client in
            let ada = try await client.user()
            let shelf = try await client.make("shelves", ["name": "A"], by: ada)
            let box = try await client.make("boxes", ["shelfId": .string(shelf)], by: ada)
            let label = try await client.make("labels", ["boxId": .string(box)], by: ada)
            let seal = try await client.make("seals", ["boxId": .string(box)], by: ada)
            // The seal holds the box, and the box goes with the shelf.
            for path in ["boxes/\(box)", "shelves/\(shelf)"] {
                let held = await client.ask(.delete, path, by: ada)
                #expect(held.status == 409, "\(path)")
                #expect(held.code == "CONFLICT")
                #expect(held.message == "Resource has dependencies")
            }
            #expect(await client.ask(.get, "labels/\(label)", by: ada).status == 200)
            #expect(await client.ask(.delete, "seals/\(seal)", by: ada).status == 204)
            #expect(await client.ask(.delete, "shelves/\(shelf)", by: ada).status == 204)
            for path in ["shelves/\(shelf)", "boxes/\(box)", "labels/\(label)"] {
                #expect(await client.ask(.get, path, by: ada).status == 404, "\(path)")
            }
            // Labels are deleted for good, so that they do not come back.
            #expect(await client.ask(.post, "shelves/\(shelf)/restore", by: ada).status == 200)
            #expect(await client.ask(.get, "boxes/\(box)", by: ada).status == 200)
            #expect(await client.ask(.get, "labels/\(label)", by: ada).status == 404)
        }
    }

    @Test(arguments: Engine.tested)
    func `what would take along more rows than one transaction can is refused`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine, [Self.boxes("soft")]) { client in
            let ada = try await client.user()
            let shelf = try await client.make("shelves", ["name": "A"], by: ada)
            _ = try await client.make("boxes", ["shelfId": .string(shelf)], by: ada)
            try await client.multiplyBoxes(to: 2001)
            let refused = await client.ask(.delete, "shelves/\(shelf)", by: ada)
            #expect(refused.status == 409)
            #expect(refused.code == "CONFLICT")
            try await client.server.database.execute(
                """
                UPDATE boxes SET deleted_at = created_at
                WHERE id = (SELECT id FROM boxes ORDER BY id LIMIT 1)
                """)
            client.clock.advance(by: .seconds(1))
            #expect(await client.ask(.delete, "shelves/\(shelf)", by: ada).status == 204)
            #expect(await client.ask(.get, "boxes", by: ada).json["meta"]?["total"] == 0)
            #expect(try await client.changes().filter { $0.kind == .deleted }.count == 2001)
            #expect(await client.ask(.post, "shelves/\(shelf)/restore", by: ada).status == 200)
            #expect(await client.ask(.get, "boxes", by: ada).json["meta"]?["total"] == 2000)
        }
    }

    @Test(arguments: Engine.tested)
    func `a row comes back only to where what it refers to is`(on engine: Engine) async throws {
        try await withResources(on: engine, Self.tree) { client in
            let ada = try await client.user()
            let shelf = try await client.make("shelves", ["name": "A"], by: ada)
            let box = try await client.make("boxes", ["shelfId": .string(shelf)], by: ada)
            #expect(await client.ask(.delete, "shelves/\(shelf)", by: ada).status == 204)
            let lost = await client.ask(.post, "boxes/\(box)/restore", by: ada)
            #expect(lost.status == 409)
            #expect(lost.message == "What the resource refers to was deleted")
            let into = await client.ask(.post, "boxes", ["shelfId": .string(shelf)], by: ada)
            #expect(into.status == 400)
            #expect(into.wrongFields == ["shelfId"])
        }
    }

    @Test(arguments: Engine.tested)
    func `rows of one resource may refer to one another`(on engine: Engine) async throws {
        try await withResources(on: engine, [Self.folders]) { client in
            let ada = try await client.user()
            let root = try await client.make("folders", ["name": "root"], by: ada)
            let inner = try await client.make(
                "folders", ["name": "inner", "parentId": .string(root)], by: ada)
            let leaf = try await client.make(
                "folders", ["name": "leaf", "parentId": .string(inner)], by: ada)
            // A folder in itself is a circle, which is none of our business.
            let circle = await client.ask(
                .patch, "folders/\(root)", ["parentId": .string(leaf)], by: ada)
            #expect(circle.status == 200)
            #expect(await client.ask(.delete, "folders/\(inner)", by: ada).status == 204)
            for id in [root, inner, leaf] {
                #expect(await client.ask(.get, "folders/\(id)", by: ada).status == 404)
            }
        }
    }

    private static let tree = [
        """
        {
          resources: [
            { name: "shelves", fields: { name: { type: "text", required: true } } },
            {
              name: "boxes",
              fields: {
                shelf: { type: "reference", resource: "shelves", required: true, onDelete: "cascade" },
              },
            },
            {
              name: "labels",
              delete: "hard",
              fields: {
                box: { type: "reference", resource: "boxes", required: true, onDelete: "cascade" },
              },
            },
            {
              name: "seals",
              fields: { box: { type: "reference", resource: "boxes", required: true } },
            },
          ],
        }
        """
    ]

    private static let folders = """
        {
          name: "folders",
          delete: "hard",
          fields: {
            name: { type: "text", required: true },
            parent: { type: "reference", resource: "folders", onDelete: "cascade" },
          },
        }
        """

    /// Half of those who race make a row that refers to another, which one of them deletes.
    @Test(arguments: Engine.tested, ["soft", "hard"])
    func `no row is left that refers to one that was deleted meanwhile`(
        on engine: Engine, _ deletion: String
    ) async throws {
        try await withResources(on: engine, [Self.boxes(deletion)]) { client in
            let ada = try await client.user()
            for _ in 0..<10 {
                let shelf = try await client.make("shelves", ["name": "A"], by: ada)
                let statuses = await race(8, client) { index in
                    index == 3
                        ? await client.ask(.delete, "shelves/\(shelf)", by: ada).status
                        : await client.ask(.post, "boxes", ["shelfId": .string(shelf)], by: ada)
                            .status
                }
                #expect(statuses[3] == 204)
                #expect(statuses.allSatisfy { [201, 204, 400].contains($0) }, "\(statuses)")
                let left = await client.ask(.get, "boxes?shelfId=\(shelf)", by: ada)
                #expect(left.json["meta"]?["total"] == 0)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `either a row is deleted or somebody refers to it, never both`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine, [Self.boxes("soft", onDelete: "restrict")]) { client in
            let ada = try await client.user()
            for _ in 0..<10 {
                let shelf = try await client.make("shelves", ["name": "A"], by: ada)
                let statuses = await race(4, client) { index in
                    index == 2
                        ? await client.ask(.delete, "shelves/\(shelf)", by: ada).status
                        : await client.ask(.post, "boxes", ["shelfId": .string(shelf)], by: ada)
                            .status
                }
                let left = await client.ask(.get, "boxes?shelfId=\(shelf)", by: ada)
                if statuses[2] == 204 {
                    #expect(left.json["meta"]?["total"] == 0)
                } else {
                    #expect(statuses[2] == 409)
                    #expect(left.json["meta"]?["total"] != 0)
                }
            }
        }
    }

    /// Rows move from one row to another while both may be deleted.
    @Test(arguments: Engine.tested)
    func `whoever moves a row and whoever deletes do not stand in each other's way`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine, [Self.boxes("soft")]) { client in
            let ada = try await client.user()
            for _ in 0..<5 {
                let from = try await client.make("shelves", ["name": "A"], by: ada)
                let to = try await client.make("shelves", ["name": "B"], by: ada)
                var boxes: [String] = []
                for _ in 0..<4 {
                    boxes.append(
                        try await client.make("boxes", ["shelfId": .string(from)], by: ada))
                }
                let all = boxes
                let statuses = await race(6, client) { index in
                    index < 4
                        ? await client.ask(
                            .patch, "boxes/\(all[index])", ["shelfId": .string(to)], by: ada
                        ).status
                        : await client.ask(
                            .delete, "shelves/\(index == 4 ? from : to)", by: ada
                        ).status
                }
                #expect(
                    statuses.allSatisfy { [200, 204, 400, 404].contains($0) }, "\(statuses)")
                let left = await client.ask(.get, "boxes?include=shelf", by: ada)
                for box in left.json["data"]?.asList ?? [] { #expect(box["shelf"] != .null) }
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `of many who restore a row each is told that it is there`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine, [Self.projects]) { client in
            let ada = try await client.user()
            let id = try await client.make("projects", ["slug": "engine"], by: ada)
            #expect(await client.ask(.delete, "projects/\(id)", by: ada).status == 204)
            let answers = await race(10, client) { _ in
                await client.ask(.post, "projects/\(id)/restore", by: ada).status
            }
            #expect(answers == Array(repeating: 200, count: 10))
            #expect(try await client.changes().filter { $0.kind == .restored }.count == 1)
        }
    }

    private static func boxes(_ deletion: String, onDelete: String = "cascade") -> String {
        """
        {
          resources: [
            {
              name: "shelves",
              delete: "\(deletion)",
              fields: { name: { type: "text", required: true } },
            },
            {
              name: "boxes",
              delete: "\(deletion)",
              fields: {
                shelf: {
                  type: "reference", resource: "shelves", required: true, onDelete: "\(onDelete)",
                },
              },
              filter: ["shelf"],
            },
          ],
        }
        """
    }
}

extension TestClient {
    /// Copies the one box until there are so many.
    fileprivate func multiplyBoxes(to count: Int) async throws {
        let boxes = try await server.database.all(
            "SELECT user_id, shelf_id, created_at FROM boxes", returning: Box.self)
        let box = try #require(boxes.first)
        try await server.database.transaction { transaction in
            for _ in 1..<count {
                let id: ID<Never> = ID(at: box.at, from: .system)
                try await transaction.execute(
                    """
                    INSERT INTO boxes (id, user_id, shelf_id, created_at, updated_at)
                    VALUES (\(id), \(box.user), \(box.shelf), \(box.at), \(box.at))
                    """)
            }
        }
    }
}

private struct Box: RowDecodable {
    let user: ID<Never>
    let shelf: ID<Never>
    let at: Instant

    init(row: inout Row) throws(DatabaseError) {
        user = try row.next()
        shelf = try row.next()
        at = try row.next()
    }
}
