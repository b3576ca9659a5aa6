import API
import Coding
import HTTP
import Testing
import Values

/// Design, decision 3: an operation whose input and output are known at run time only is at the edge
/// and in the document as every other.
struct RuntimeOperationTests {
    /// A typed twin: whatever is sent, both must answer alike.
    private struct Typed: Codable, Sendable {
        let id: Int
        let name: String
        let count: Int?
    }

    private static let members = DeclaredMembers<JSON>([
        .init("name", .string, example: "Ada", isRequired: true) { value, _ in
            guard let value else { throw Invalid.missing(expected: .string) }
            guard value.asString != nil else {
                throw Invalid.wrongType(expected: .string, received: value.kind)
            }
            return value
        },
        .init("count", .nullable(.integer), example: 1) { value, _ in
            guard let value, !value.isNull else { return nil }
            guard value.asInteger != nil else {
                throw Invalid.wrongType(expected: .integer, received: value.kind)
            }
            return value
        },
    ])

    private static var shape: InputShape<String> {
        var schema = members.shape.schema.named("ThingChange")
        if case .object(let properties, let required) = schema.kind {
            schema.kind = .object(
                properties: [Schema.Property("id", .integer)] + properties,
                required: ["id"] + required)
        }
        var example = members.shape.example.asObject ?? [:]
        example["id"] = 7
        return InputShape(SchemaExample(schema: schema, example: .object(example))) {
            input, limits in
            let body = try input.body.tree(limits)
            guard let object = body.asObject else {
                throw InvalidInput(fields: [
                    FieldError(
                        path: "", problem: .wrongType(expected: .object, received: body.kind))
                ])
            }
            let found = try members.read(object)
            guard found.problems.isEmpty else { throw InvalidInput(fields: found.problems) }
            let texts = found.values.map { "\($0.value.asString ?? $0.value.description)" }
            return ([input.path.first?.text ?? ""] + texts).joined(separator: " ")
        }
    }

    private static let open = Guard<Void>(schemes: [], failures: []) { _ in }
    private static let closed = Guard<Void>(
        schemes: [SecurityScheme("bearer", .bearer(format: "JWT"))], failures: [.unauthorized]
    ) { _ in throw Failure.unauthorized }

    private static let output = OutputDocumentation(
        .ok, "The thing.", mediaType: "application/json",
        schema: Schema.object(["text": .string]).named("Thing"), example: ["text": "x"])

    private static var options: RouteOptions {
        var options = RouteOptions()
        options.bodyBytesMax = 100
        return options
    }

    @Routes private static func routes() -> [Route] {
        Operation("typed", .patch, "/typed/:id", "Typed.", options: options) {
            (input: Typed, _) in
            Text(
                ["\(input.id)", input.name, input.count.map { "\($0)" }].compactMap(\.self)
                    .joined(separator: " "))
        }
        Operation(
            "known", .patch, "/known/:id", "Known at run time.", options: options, guard: open,
            input: shape, output: output
        ) { (input: String, _, _) in Text(input) }
        Operation(
            "guarded", .patch, "/guarded/:id", "Guarded.", guard: closed, input: shape,
            output: output
        ) { (input: String, _, _) in Text(input) }
        Operation(
            "list", .get, "/known", "A list.", guard: open,
            input: InputShape(
                SchemaExample(
                    schema: .object(["page": .integer], optional: ["page"]), example: ["page": 1])
            ) { input, _ in input.query.map { "\($0.name)=\($0.text)" }.joined(separator: "&") },
            output: output
        ) { (input: String, _, _) in Text(input) }
    }

    private static let json: Fields = [.contentType: "application/json"]

    @Test(arguments: [
        #"{"name": "x"}"#, #"{"name": "x", "count": 3}"#, #"{"name": "x", "count": null}"#, "{}",
        #"{"name": 5, "count": "y"}"#, "[]", "null", "", "{", #"{"name": "x", "name": "y"}"#,
        #"{"name": "\#(String(repeating: "x", count: 100))"}"#,
        String(repeating: "[", count: 90),
    ])
    func `it answers as one of types does`(_ body: String) async throws {
        let api = try TestAPI(routes: Self.routes)
        let one = await api.send(.patch, "/plain/typed/7", Self.json, body: body)
        let two = await api.send(.patch, "/plain/known/7", Self.json, body: body)
        #expect(one.status == two.status)
        #expect(one.text == two.text)
        #expect(one.status < 500)
    }

    @Test func `it takes the bodies that it says, up to the size that it says`() async throws {
        let api = try TestAPI(routes: Self.routes)
        let form: Fields = [.contentType: "application/x-www-form-urlencoded"]
        #expect(await api.send(.patch, "/plain/known/7", form, body: "name=x").status == 415)
        let long = "{\"name\": \"\(String(repeating: "x", count: 100))\"}"
        #expect(await api.send(.patch, "/plain/known/7", Self.json, body: long).status == 413)
        let refused = await api.send(.patch, "/plain/guarded/7", Self.json, body: "{}")
        #expect(refused.status == 401)
    }

    @Test func `a query is given as it came, and none at all each time anew`() async throws {
        let api = try TestAPI(routes: Self.routes)
        for target in ["/plain/known", "/plain/known"] {
            #expect(await api.send(.get, target).json?["text"] == "")
        }
        let some = await api.send(.get, "/plain/known?page=2&a%5Bb%5D=%27+x&page=3")
        #expect(some.json?["text"] == "page=2&a[b]=' x&page=3")
        #expect(await api.send(.get, "/plain/known?page=%zz").status == 400)
    }

    @Test func `it stands in the document with the names that it has`() throws {
        let mount = try Mount(
            [Plain.surface()],
            [
                Module(
                    "m", parts: [Plain.rows(), SurfacePart("plain", routes: Self.routes)])
            ])
        let about = OpenAPIDocument.About(
            title: "Test", version: "1", server: "http://localhost:4000")
        let json = try OpenAPIDocument(mount, about).json
        let operation = json["paths"]?["/plain/known/{id}"]?["patch"]
        #expect(operation?["parameters"]?[0]?["name"] == "id")
        let content = operation?["requestBody"]?["content"]?["application/json"]
        #expect(content?["schema"] == ["$ref": "#/components/schemas/ThingChange"])
        #expect(content?["example"] == ["name": "Ada", "count": 1])
        let change = json["components"]?["schemas"]?["ThingChange"]
        #expect(change?["properties"]?.asObject?.names == ["name", "count"])
        #expect(change?["required"] == ["name"])
        let answers = operation?["responses"]
        #expect(
            answers?["200"]?["content"]?["application/json"]?["schema"]
                == ["$ref": "#/components/schemas/Thing"])
        #expect(answers?["400"] != nil && answers?["413"] != nil && answers?["415"] != nil)
        let list = json["paths"]?["/plain/known"]?["get"]
        #expect(list?["parameters"]?[0]?["in"] == "query")
    }
}
