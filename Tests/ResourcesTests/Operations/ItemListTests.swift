import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// Lists of the sample, as clients ask for them.
struct ItemListTests {
    // S3-10, S3-11, S3-29, S3-30, C16
    @Test(arguments: Engine.tested)
    func `a list comes in pages that tell where they are`(on engine: Engine) async throws {
        try await withItems(45, on: engine) { client, ada in
            let first = await client.ask(.get, "items", by: ada)
            #expect(first.status == 200)
            #expect(
                first.json["meta"] == ["total": 45, "page": 1, "limit": 20, "totalPages": 3])
            // The newest first.
            #expect(first.names.first == "Item 44")
            #expect(first.names.count == 20)
            let last = await client.ask(.get, "items?page=3", by: ada)
            #expect(last.names == ["Item 4", "Item 3", "Item 2", "Item 1", "Item 0"])
            let beyond = await client.ask(.get, "items?page=9&limit=100", by: ada)
            #expect(beyond.names.isEmpty)
            #expect(
                beyond.json["meta"] == ["total": 45, "page": 9, "limit": 100, "totalPages": 1])
            let offset = await client.ask(.get, "items?limit=2&offset=1", by: ada)
            #expect(offset.names == ["Item 43", "Item 42"])
            #expect(offset.json["meta"] == ["total": 45, "limit": 2, "offset": 1])
        }
    }

    // C16
    @Test(arguments: Engine.tested)
    func `cursors lead through the whole list, each row once`(on engine: Engine) async throws {
        try await withItems(45, on: engine) { client, ada in
            var names: [String] = []
            var cursor = ""
            for _ in 0..<10 {
                let page = await client.ask(.get, "items?limit=10&cursor=\(cursor)", by: ada)
                #expect(page.json["meta"]?["total"] == nil)
                names += page.names
                guard let next = page.json["meta"]?["nextCursor"]?.asString else { break }
                cursor = next
            }
            #expect(names == (0..<45).reversed().map { "Item \($0)" })
        }
    }

    // S3-10, S3-29
    @Test(arguments: Engine.tested)
    func `a list is filtered, searched and sorted`(on engine: Engine) async throws {
        try await withItems(6, on: engine) { client, ada in
            let inactive = await client.ask(.get, "items?status=inactive&sort=name", by: ada)
            #expect(inactive.names == ["Item 1", "Item 3", "Item 5"])
            let found = await client.ask(.get, "items?search=number%204", by: ada)
            #expect(found.names == ["Item 4"])
            let sorted = await client.ask(.get, "items?sort=-name&limit=2", by: ada)
            #expect(sorted.names == ["Item 5", "Item 4"])
            let moment = client.clock.now - Duration.seconds(1)
            let since = moment.description.replacing(":", with: "%3A")
            let late = await client.ask(
                .get, "items?createdAt%5Bgte%5D=\(since)&sort=createdAt", by: ada)
            #expect(late.names == ["Item 4", "Item 5"])
        }
    }

    // S3-10, S3-17
    @Test(
        arguments: Engine.tested,
        [
            ("page=0", "page"), ("page=x", "page"), ("limit=0", "limit"), ("limit=101", "limit"),
            ("page=-1", "page"), ("status=lost", "status"), ("sort=secret", "sort"),
            ("colour=red", "colour"), ("cursor=x", "cursor"), ("offset=-1", "offset"),
            ("include=owner", "include"), ("page=1&offset=1", "offset"),
            ("name%5Bgte%5D=a", "name[gte]"),
        ])
    func `what a list does not take is named`(
        on engine: Engine, _ wrong: (query: String, field: String)
    ) async throws {
        try await withResources(on: engine) { client in
            let ada = try await client.user()
            let answer = await client.ask(.get, "items?\(wrong.query)", by: ada)
            #expect(answer.status == 400, "\(wrong.query)")
            #expect(answer.code == "VALIDATION_ERROR")
            #expect(answer.wrongFields == [wrong.field])
        }
    }

    // S3-13
    @Test(arguments: Engine.tested)
    func `relations are included for a whole page, in both directions`(
        on engine: Engine
    ) async throws {
        try await withItems(3, on: engine) { client, ada in
            let ids = await client.ask(.get, "items?sort=name", by: ada).json["data"]?.asList ?? []
            for id in ids.prefix(2).compactMap({ $0["id"] }) {
                _ = try await client.make("item_notes", ["itemId": id, "text": "Hello"], by: ada)
            }
            let items = await client.ask(.get, "items?sort=name&include=notes", by: ada)
            let counts = (items.json["data"]?.asList ?? []).map { $0["notes"]?.asList?.count }
            #expect(counts == [1, 1, 0])
            let notes = await client.ask(.get, "item_notes?include=item", by: ada)
            let names = (notes.json["data"]?.asList ?? []).compactMap { $0["item"]?["name"] }
            #expect(names.count == 2)
            #expect(names.contains("Item 0"))
            let plain = await client.ask(.get, "items", by: ada)
            #expect(plain.json["data"]?.asList?.first?["notes"] == nil)
        }
    }

    /// With so many items of a user, each a second younger than the one before.
    private func withItems(
        _ count: Int, on engine: Engine,
        _ body: @escaping @Sendable (TestClient, TestUser) async throws -> Void
    ) async throws {
        try await withResources(on: engine) { client in
            let ada = try await client.user()
            let bob = try await client.user("bob@example.com")
            _ = try await client.make("items", ["name": "Bob's number 4"], by: bob)
            for index in 0..<count {
                client.clock.advance(by: .seconds(1))
                _ = try await client.make(
                    "items",
                    [
                        "name": .string("Item \(index)"),
                        "description": .string("The number \(index)"),
                        "status": index % 2 == 0 ? "active" : "inactive",
                    ], by: ada)
            }
            try await body(client, ada)
        }
    }
}

extension TestAnswer {
    fileprivate var names: [String] {
        (json["data"]?.asList ?? []).compactMap { $0["name"]?.asString }
    }
}
