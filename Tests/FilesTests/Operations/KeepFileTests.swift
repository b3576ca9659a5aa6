import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Server
import Testing
import Values

@testable import Files

/// S3-24: the storage service.
struct KeepFileTests {
    @Test(arguments: Engine.tested)
    func `S3-24: a file is kept, listed, read and deleted`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let json = try await client.keep(Sample.png, name: "../Engine \"1\".png", by: user)
            let id = try #require(json["id"]?.asString)
            #expect(json["name"] == "Engine \"1\".png")
            #expect(json["type"] == "image/png")
            #expect(json["bytes"] == .integer(Int64(Sample.png.count)))
            #expect(json["usedBy"] == .null)
            let list = await client.get("/api/v1/files", bearer: user.accessToken).json
            #expect(list["data"]?.asList?.map { $0["id"] } == [.string(id)])
            #expect(list["meta"]?["total"] == 1)
            let read = await client.get("/api/v1/files/\(id)", bearer: user.accessToken)
            #expect(read.json["sha256"] == json["sha256"])
            let content = await client.get(
                "/api/v1/files/\(id)/content", bearer: user.accessToken)
            #expect(content.status == 200)
            #expect(content.content == Sample.png)
            #expect(client.disk.files == ["\(id.prefix(5))/\(id)"])
            let gone = await client.ask(.delete, "files/\(id)", by: user)
            #expect(gone.status == 204)
            #expect(client.disk.files == [])
            for path in ["/api/v1/files/\(id)", "/api/v1/files/\(id)/content"] {
                #expect(await client.get(path, bearer: user.accessToken).status == 404)
            }
            #expect(await client.ask(.delete, "files/\(id)", by: user).status == 404)
            #expect(try await client.usage(of: user)?.bytes == 0)
        }
    }

    @Test(arguments: Engine.tested)
    func `a file is its owner's and nobody else's`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let other = try await client.user("other@example.com")
            let id = try await client.keep(Sample.png, by: user)["id"]?.asString ?? ""
            let unknown = "018f2d4c-7b1a-7000-8000-5f1c9d27e0a1"
            for method in [Method.get, .delete] {
                let foreign = await client.ask(method, "files/\(id)", by: other)
                let missing = await client.ask(method, "files/\(unknown)", by: other)
                #expect(foreign.status == 404)
                #expect(foreign.text == missing.text)
                #expect(await client.ask(method, "files/\(id)", by: nil).status == 401)
            }
            let foreign = await client.ask(.get, "files/\(id)/content", by: other)
            let missing = await client.ask(.get, "files/\(unknown)/content", by: other)
            #expect(foreign.status == 404 && foreign.text == missing.text)
            #expect(await client.ask(.get, "files/\(id)/content", by: nil).status == 401)
            #expect(await client.ask(.get, "files", by: other).json["meta"]?["total"] == 0)
            #expect(await client.another().post("/api/v1/files").status == 401)
        }
    }

    @Test(arguments: Engine.tested)
    func `lists have pages`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            for index in 0..<5 {
                client.clock.advance(by: .seconds(1))
                try await client.keep(Sample.text, name: "\(index).txt", by: user)
            }
            let first = await client.ask(.get, "files?limit=2", by: user).json
            let last = await client.ask(.get, "files?limit=2&page=3", by: user).json
            let names = { (json: JSON) in json["data"]?.asList?.compactMap { $0["name"]?.asString }
            }
            #expect(names(first) == ["4.txt", "3.txt"])
            #expect(names(last) == ["0.txt"])
            #expect(
                last["meta"] == ["total": 5, "page": 3, "limit": 2, "totalPages": 3])
            for query in ["limit=0", "limit=101", "page=0", "page=x", "page=999999999999"] {
                #expect(await client.ask(.get, "files?" + query, by: user).status == 400)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `API keys need a scope`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let id = try await client.keep(Sample.text, by: user)["id"]?.asString ?? ""
            let key = { (scopes: JSON) in
                let answer = await client.another().post(
                    "/api/v1/api-keys", ["name": "Report", "scopes": scopes],
                    bearer: user.accessToken)
                return Fields([.init(.init("x-api-key"), answer.json["key"]?.asString ?? "")])
            }
            let reader = await key(["files:read"])
            #expect(await client.send(.get, "/api/v1/files/\(id)/content", reader).status == 200)
            #expect(await client.send(.delete, "/api/v1/files/\(id)", reader).status == 403)
            let writer = await key(["files:write"])
            #expect(await client.send(.get, "/api/v1/files/\(id)", writer).status == 403)
            #expect(await client.send(.delete, "/api/v1/files/\(id)", writer).status == 204)
        }
    }
}
