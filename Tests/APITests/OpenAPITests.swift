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

    private struct NewThing: Codable, Sendable {
        let name: String
        let email: EmailAddress?
    }

    private struct Path: Codable, Sendable {
        let id: Int
        let verbose: Bool?
    }

    private static let bearer = Guard<Void>(
        schemes: [SecurityScheme("bearer", .bearer(format: "JWT"))], failures: [.unauthorized]
    ) { _ in }

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
        return try OpenAPIDocument(
            mount, title: "Test", version: "1.2.3", server: "http://localhost:4000"
        ).json
    }

    @Test func `the document says what it is`() throws {
        let json = try document()
        #expect(json["openapi"] == "3.1.0")
        #expect(json["info"]?["title"] == "Test")
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
        let schema = body?["content"]?["application/json"]?["schema"]
        #expect(schema?["required"] == ["name"])
        #expect(schema?["properties"]?["email"]?["format"] == "email")
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
        let conflict = make?["responses"]?["409"]
        #expect(conflict?["description"] == "`TAKEN`: It is taken")
        let content = conflict?["content"]?["application/json"]
        #expect(content?["schema"]?["$ref"] == "#/components/schemas/plainError")
        #expect(content?["examples"]?["TAKEN"]?["value"]?["code"] == "TAKEN")
        let created = make?["responses"]?["201"]?["content"]?["application/json"]?["schema"]
        #expect(created?["required"] == ["id", "at"])
        let remove = paths?["/plain/things/{id}"]?["delete"]
        #expect(remove?["responses"]?["204"]?["content"] == nil)
    }

    @Test func `guards are security requirements`() throws {
        let json = try document()
        let show = json["paths"]?["/plain/things/{id}"]?["get"]
        #expect(show?["security"] == [["bearer": []]])
        #expect(show?["responses"]?["401"] != nil)
        #expect(json["components"]?["securitySchemes"]?["bearer"]?["scheme"] == "bearer")
        #expect(json["paths"]?["/plain/things"]?["post"]?["security"] == nil)
    }
}
