import API
import Coding
import HTTP
import Testing

/// C1, C9: which route answers, and what answers where there is none.
struct RouterTests {
    private struct Named: Codable, Sendable {
        let id: String
    }

    private struct Pair: Codable, Sendable {
        let id: String
        let part: String
    }

    private func makeAPI() throws -> TestAPI {
        try TestAPI {
            Operation("list", .get, "/items", "List.") { (_: NoInput, _) in Text("list") }
            Operation("make", .post, "/items", "Make.") { (_: NoInput, _) in Text("make") }
            Operation("newest", .get, "/items/newest", "Newest.") { (_: NoInput, _) in
                Text("newest")
            }
            Operation("show", .get, "/items/:id", "Show.") { (input: Named, _) in
                Text("show \(input.id)")
            }
            Operation("remove", .delete, "/items/:id", "Remove.") { (_: Named, _) in NoContent() }
            Operation("parts", .get, "/items/:id/parts/:part", "Part.") { (input: Pair, _) in
                Text("\(input.id)/\(input.part)")
            }
            Operation("summary", .get, "/items/:id/parts/all", "All.") { (input: Named, _) in
                Text("all of \(input.id)")
            }
        }
    }

    @Test(arguments: [
        ("/items", "list"), ("/items/newest", "newest"), ("/items/7", "show 7"),
        ("/items/a%20b", "show a b"), ("/items/%zz", "show %zz"), ("/items/%2F", "show /"),
        ("/items/7/parts/8", "7/8"), ("/items/7/parts/all", "all of 7"),
        ("/items/newest/parts/8", "newest/8"), ("/items?x=1", "list"),
    ])
    func `the most particular route answers`(path: String, text: String) async throws {
        let answer = try await makeAPI().send(.get, "/plain" + path)
        #expect(answer.status == 200)
        #expect(answer.json == ["text": .string(text)])
    }

    @Test(arguments: [
        "/items/", "/items//", "//items", "/items/7/", "/items/7/parts", "/items/7/parts/8/9",
        "/itemsx", "", "/", "/Items",
    ])
    func `a path that is only alike is not found`(path: String) async throws {
        let answer = try await makeAPI().send(.get, "/plain" + path)
        #expect(answer.status == 404)
        #expect(answer.code == "notFound")
    }

    @Test func `outside of all surfaces there is an empty 404`() async throws {
        for path in ["/", "/plainer/items", "/other"] {
            let answer = try await makeAPI().send(.get, path)
            #expect(answer.status == 404)
            #expect(answer.text.isEmpty)
        }
    }

    @Test func `another method of a known path is 405 and says which there are`() async throws {
        let api = try makeAPI()
        let list = await api.send(.put, "/plain/items")
        #expect(list.status == 405)
        #expect(list.code == "methodNotAllowed")
        #expect(list[.allow] == "GET, HEAD, POST")
        let item = await api.send(.post, "/plain/items/7")
        #expect(item.status == 405)
        #expect(item[.allow] == "DELETE, GET, HEAD")
        let options = await api.send(.options, "/plain/items/newest")
        #expect(options[.allow] == "GET, HEAD")
    }

    @Test func `HEAD is answered as GET`() async throws {
        let api = try makeAPI()
        #expect(await api.send(.head, "/plain/items/7").status == 200)
        #expect(await api.send(.head, "/plain/nothing").status == 404)
    }

    @Test func `a surface may answer what is unknown its own way`() async throws {
        var surface = Plain.surface()
        surface.unknown = { Response(.notFound) }
        let api = try TestAPI(surface: surface) {
            Operation("list", .get, "/items", "List.") { (_: NoInput, _) in Text("list") }
        }
        for (method, path) in [(Method.get, "/plain/x"), (.post, "/plain/items"), (.get, "/plain")]
        {
            let answer = await api.send(method, path)
            #expect(answer.status == 404)
            #expect(answer.text.isEmpty)
            #expect(answer[.contentType] == nil)
            #expect(answer[.allow] == nil)
        }
    }
}
