import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing

/// Which state of a row is meant: `ETag`, `If-Match`, `If-None-Match`.
struct VersionTests {
    @Test(arguments: Engine.tested)
    func `a change of another state than the one that is there is refused`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine) { client in
            let ada = try await client.user()
            let made = await client.ask(.post, "items", ["name": "Engine"], by: ada)
            let path = "items/" + (made.json["id"]?.asString ?? "")
            let first = try #require(made[.etag])
            // The clock stands still; the version does not.
            let changed = await client.ask(
                .patch, path, ["name": "Second"], by: ada, [.ifMatch: first])
            #expect(changed.status == 200)
            #expect(changed[.etag] != first)
            for answer in [
                await client.ask(.patch, path, ["name": "Third"], by: ada, [.ifMatch: first]),
                await client.ask(.delete, path, by: ada, [.ifMatch: first]),
                await client.ask(.patch, path, ["name": "Third"], by: ada, [.ifMatch: "nonsense"]),
                await client.ask(.get, path, by: ada, [.ifMatch: first]),
            ] {
                #expect(answer.status == 412)
                #expect(answer.code == "PRECONDITION_FAILED")
            }
            #expect(await client.ask(.get, path, by: ada).json["name"] == "Second")
            let second = try #require(changed[.etag])
            let either = await client.ask(
                .patch, path, ["name": "Third"], by: ada, [.ifMatch: "\(first), \(second)"])
            #expect(either.status == 200)
            let any = await client.ask(.delete, path, by: ada, [.ifMatch: "*"])
            #expect(any.status == 204)
        }
    }

    /// A tag becomes weak when an answer is compressed.
    @Test(arguments: Engine.tested)
    func `the tag of a detail names the row for a change, also as a weak one`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine) { client in
            let ada = try await client.user()
            let id = try await client.make("items", ["name": "Engine"], by: ada)
            let read = await client.ask(.get, "items/\(id)", by: ada)
            let tag = try #require(read[.etag])
            let changed = await client.ask(
                .patch, "items/\(id)", ["name": "Second"], by: ada, [.ifMatch: "W/" + tag])
            #expect(changed.status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `what is known already is not sent again, until a relation changes`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine) { client in
            let ada = try await client.user()
            let id = try await client.make("items", ["name": "Engine"], by: ada)
            let read = await client.ask(.get, "items/\(id)", by: ada)
            let tag = try #require(read[.etag])
            #expect(read[.cacheControl] == "private, no-cache")
            let again = await client.ask(.get, "items/\(id)", by: ada, [.ifNoneMatch: tag])
            #expect(again.status == 304)
            #expect(again.bytes.isEmpty)
            #expect(again[.etag] == tag)
            let note = try await client.make(
                "item_notes", ["itemId": .string(id), "text": "Wheels"], by: ada)
            let more = await client.ask(.get, "items/\(id)", by: ada, [.ifNoneMatch: tag])
            #expect(more.status == 200)
            #expect(more.json["notes"]?.asList?.count == 1)
            let noteTag = await client.ask(.get, "item_notes/\(note)", by: ada)[.etag]
            let same = await client.ask(
                .get, "item_notes/\(note)", by: ada, [.ifNoneMatch: noteTag ?? ""])
            #expect(same.status == 304)
        }
    }

    @Test(arguments: Engine.tested)
    func `of fifty changes to one state, one wins`(on engine: Engine) async throws {
        try await withResources(on: engine) { client in
            let ada = try await client.user()
            let made = await client.ask(.post, "items", ["name": "Engine"], by: ada)
            let path = "items/" + (made.json["id"]?.asString ?? "")
            let tag = try #require(made[.etag])
            let answers = await race(50, client) { index in
                await client.ask(
                    .patch, path, ["name": .string("Name \(index)")], by: ada, [.ifMatch: tag])
            }
            #expect(answers.filter { $0.status == 200 }.count == 1)
            #expect(answers.filter { $0.status == 412 }.count == 49)
            let winner = answers.first { $0.status == 200 }
            let read = await client.ask(.get, path, by: ada)
            #expect(read.json["name"] == winner?.json["name"])
        }
    }
}
