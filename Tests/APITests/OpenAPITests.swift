import API
import Coding
import HTTP
import Testing
import Values

/// The document is made from the operations themselves.
struct OpenAPITests {
    private static let taken = Failure("taken")

    private struct Thing: Codable, OperationOutput {
        let id: Int
        let name: String?
        let at: Instant
    }

    private struct NewThing: Codable, Sendable, Explained {
        static let words = ["name": MemberWords("What it is called.", example: "Ada")]

        let name: String
        let email: EmailAddress?
    }

    /// Read and written, with a member that may be left out.
    private struct Note: Codable, OperationOutput {
        let text: String?
    }

    private struct OtherBody: Codable, OperationOutput {
        struct Body: Codable { let number: Int }

        let value: Int
    }

    private struct Path: Codable, Sendable {
        let id: Int
        let verbose: Bool?
    }

    private static let bearer = Guard<Void>(
        schemes: [SecurityScheme("bearer", .bearer(format: "JWT"))], failures: [.unauthorized]
    ) { _ in }

    private static let about = OpenAPIDocument.About(
        title: "Test", version: "1.2.3", description: "A test.", server: "http://localhost:4000")

    private func document() throws -> JSON {
        var hidden = RouteOptions()
        hidden.isHidden = true
        let routes = SurfacePart(
            "plain", failures: [FailureRow(Self.taken, .conflict, "TAKEN", "It is taken")]
        ) {
            Operation(
                "make", .post, "/things", "Make a thing.", failures: [Self.taken],
                options: .accepting(.json, .form)
            ) { (_: NewThing, _) in Created(Thing(id: 1, name: nil, at: .distantPast)) }
            Operation(
                "show", .get, "/things/:id", "Show a thing.", guard: Self.bearer
            ) { (_: Path, _, _) in Thing(id: 1, name: nil, at: .distantPast) }
            Operation("remove", .delete, "/things/:id", "Remove a thing.") { (_: Path, _) in
                NoContent()
            }
            Operation("secret", .get, "/hidden", "Hidden.", options: hidden) { (_: NoInput, _) in
                Text("")
            }
        }
        let mount = try Mount(
            [Plain.surface()], [Module("m", parts: [Plain.rows(), routes])])
        return try OpenAPIDocument(mount, Self.about).json
    }

    @Test func `the document says what it is`() throws {
        let json = try document()
        #expect(json["openapi"] == "3.1.0")
        #expect(json["info"]?["title"] == "Test")
        #expect(json["info"]?["description"] == "A test.")
        #expect(json["servers"]?[0]?["url"] == "http://localhost:4000")
        #expect(json["paths"]?.asObject?.names == ["/plain/things", "/plain/things/{id}"])
        #expect(json["tags"] == [["name": "plain"]])
    }

    @Test func `input stands where it is read from`() throws {
        let paths = try document()["paths"]
        let body = paths?["/plain/things"]?["post"]?["requestBody"]
        #expect(body?["required"] == true)
        #expect(
            body?["content"]?.asObject?.names == [
                "application/json", "application/x-www-form-urlencoded",
            ])
        let content = body?["content"]?["application/json"]
        #expect(content?["schema"]?["$ref"] == "#/components/schemas/OpenAPITestsNewThing")
        #expect(content?["example"] == ["name": "Ada", "email": "ada@example.com"])
        let schema = try document()["components"]?["schemas"]?["OpenAPITestsNewThing"]
        #expect(schema?["required"] == ["name"])
        #expect(schema?["properties"]?["email"]?["format"] == "email")
        #expect(schema?["properties"]?["email"]?["type"] == ["string", "null"])
        // A form has no null.
        let form = body?["content"]?["application/x-www-form-urlencoded"]?["schema"]
        #expect(form?["properties"]?["email"]?["type"] == "string")
        for method in ["get", "delete"] {
            let parameters = paths?["/plain/things/{id}"]?[method]?["parameters"]
            #expect(parameters?[0]?["name"] == "id")
            #expect(parameters?[0]?["in"] == "path")
            #expect(parameters?[0]?["required"] == true)
            #expect(parameters?[1]?["in"] == "query")
            #expect(parameters?[1]?["required"] == false)
        }
    }

    @Test func `answers are listed with all their codes`() throws {
        let paths = try document()["paths"]
        let make = paths?["/plain/things"]?["post"]
        #expect(make?["operationId"] == "plainMake")
        let statuses = make?["responses"]?.asObject?.names
        #expect(statuses == ["201", "400", "409", "413", "415", "429", "500", "503"])
        #expect(make?["responses"]?["409"]?["$ref"] == "#/components/responses/PlainTaken")
        let conflict = try document()["components"]?["responses"]?["PlainTaken"]
        #expect(conflict?["description"] == "`TAKEN`: It is taken")
        let content = conflict?["content"]?["application/json"]
        #expect(content?["schema"]?["$ref"] == "#/components/schemas/PlainError")
        #expect(content?["examples"]?["TAKEN"]?["value"]?["code"] == "TAKEN")
        let created = make?["responses"]?["201"]?["content"]?["application/json"]?["schema"]
        #expect(created?["$ref"] == "#/components/schemas/OpenAPITestsThing")
        let thing = try document()["components"]?["schemas"]?["OpenAPITestsThing"]
        #expect(thing?["required"] == ["id", "at"])
        #expect(thing?["properties"]?["name"]?["type"] == "string")
        let remove = paths?["/plain/things/{id}"]?["delete"]
        #expect(remove?["responses"]?["204"]?["content"] == nil)
    }

    @Test func `guards are security requirements`() throws {
        let json = try document()
        let show = json["paths"]?["/plain/things/{id}"]?["get"]
        #expect(show?["security"] == [["bearer": []]])
        #expect(show?["responses"]?["401"] != nil)
        #expect(json["components"]?["securitySchemes"]?["bearer"]?["scheme"] == "bearer")
        #expect(json["paths"]?["/plain/things"]?["post"]?["security"] == [[:]])
        let unauthorized = json["components"]?["responses"]?["PlainUnauthorized"]?["headers"]
        #expect(unauthorized?["WWW-Authenticate"] != nil)
    }

    private func document(@Routes of routes: () -> [Route]) throws -> JSON {
        let part = SurfacePart("plain", routes: routes)
        let mount = try Mount([Plain.surface()], [Module("m", parts: [Plain.rows(), part])])
        return try OpenAPIDocument(mount, Self.about).json
    }

    @Test func `what is read and what is written have names of their own where they differ`() throws
    {
        let json = try document {
            Operation("write", .post, "/notes", "Write a note.") { (input: Note, _) in input }
        }
        let operation = json["paths"]?["/plain/notes"]?["post"]
        let schemas = json["components"]?["schemas"]
        #expect(
            operation?["requestBody"]?["content"]?["application/json"]?["schema"]?["$ref"]
                == "#/components/schemas/OpenAPITestsNoteInput")
        #expect(
            operation?["responses"]?["200"]?["content"]?["application/json"]?["schema"]?["$ref"]
                == "#/components/schemas/OpenAPITestsNote")
        let type = { (name: String) in schemas?[name]?["properties"]?["text"]?["type"] }
        #expect(type("OpenAPITestsNoteInput") == ["string", "null"])
        #expect(type("OpenAPITestsNote") == "string")
    }

    @Test func `two types of one name are a mistake`() throws {
        #expect(throws: (any Error).self) {
            try document {
                Operation("one", .get, "/one", "One.") { (_: NoInput, _) in OtherBody(value: 1) }
                Operation("two", .get, "/two", "Two.") { (_: NoInput, _) in
                    Created(Other(value: ""))
                }
            }
        }
    }

    private struct Other: Codable, OperationOutput {
        let value: String
    }

    @Test func `settings' rules stand in place of what the type says`() throws {
        var options = RouteOptions()
        options.rules = [FieldRule("name", schema: .string(length: 3...9))]
        let json = try document {
            Operation("make", .post, "/things", "Make.", options: options) {
                (_: NewThing, _) in NoContent()
            }
        }
        let properties = json["components"]?["schemas"]?["OpenAPITestsNewThing"]?["properties"]
        #expect(properties?["name"]?["minLength"] == 3)
    }

    @Test func `an output's other answers, fields and request fields are told`() throws {
        var options = RouteOptions.recognizing(
            SecurityScheme("key", .header(name: "X-Key"), "A key."))
        options.countsAsTraffic = false
        let json = try document {
            Operation("tidy", .post, "/tidy", "Tidy.", about: "Up.", options: options) {
                (_: NoInput, call) in
                WithCookies(Preferred(Text(""), call.request), [])
            }
        }
        let operation = json["paths"]?["/plain/tidy"]?["post"]
        #expect(operation?["description"] == "Up.")
        #expect(operation?["parameters"]?[0]?["name"] == "Prefer")
        #expect(operation?["security"] == [["key": []], [:]])
        #expect(json["components"]?["securitySchemes"]?["key"]?["description"] == "A key.")
        let answers = operation?["responses"]
        #expect(answers?["204"]?["headers"]?["Preference-Applied"] != nil)
        #expect(answers?["204"]?["headers"]?["Set-Cookie"] != nil)
        #expect(answers?["429"] == nil)
        #expect(answers?["400"]?["content"]?["application/json"]?["examples"]?["INVALID"] != nil)
    }

    @Test func `a query of no fields cannot be invalid, but it can be malformed`() throws {
        let json = try document {
            Operation("show", .get, "/show", "Show.") { (_: NoInput, _) in Text("") }
        }
        let answer = json["paths"]?["/plain/show"]?["get"]?["responses"]?["400"]
        #expect(answer?["$ref"] == "#/components/responses/PlainMalformedbody")
    }
}
