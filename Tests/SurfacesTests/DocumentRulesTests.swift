import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Server
import Testing

/// What each operation of the API's document must have, and that it is true of what is served.
struct DocumentRulesTests {
    /// An operation, with what there is to say where it is.
    private struct Described {
        let method: String
        let path: String
        let json: JSON

        var place: Comment { Comment(rawValue: "\(method) \(path)") }
        let answers: [JSONObject.Member]
        var parameters: [JSON] { json["parameters"]?.asList ?? [] }
    }

    private let document: JSON

    init() async throws {
        document = try await withServer(on: .sqlite, Self.everything()) {
            await $0.get("/api/openapi.json").json
        }
    }

    /// All apps and the sample of declared resources, so that their operations keep the rules as all
    /// others do.
    private static func everything() throws -> [SettingsChange] {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return [
            .set(\.resources, try DirectoryPath("/\(root)/Examples/items")),
            .set(\.apps, AppName.allCases),
        ]
    }

    private var operations: [Described] {
        (document["paths"]?.asObject?.members ?? []).flatMap { path in
            (path.value.asObject?.members ?? []).map { operation in
                Described(
                    method: operation.name, path: path.name, json: operation.value,
                    answers: answers(of: operation.value))
            }
        }
    }

    /// Those in place and those that many operations give.
    private func answers(of operation: JSON) -> [JSONObject.Member] {
        (operation["responses"]?.asObject?.members ?? []).map { answer in
            var answer = answer
            if let name = answer.value["$ref"]?.asString?.split(separator: "/").last {
                answer.value = document["components"]?["responses"]?[String(name)] ?? .null
            }
            return answer
        }
    }

    /// Media types with their schema and examples, wherever they stand.
    private func contents(of operation: Described) -> [(place: String, content: JSON)] {
        let request = (operation.json["requestBody"]?["content"]?.asObject?.members ?? [])
            .map { ("\(operation.place) \($0.name)", $0.value) }
        return request
            + operation.answers.flatMap { answer in
                (answer.value["content"]?.asObject?.members ?? []).map { content in
                    ("\(operation.place) \(answer.name) \(content.name)", content.value)
                }
            }
    }

    // S0-12
    @Test func `each operation says what it does, takes and answers`() {
        #expect(operations.count > 15)
        let ids = operations.compactMap { $0.json["operationId"]?.asString }
        #expect(ids.count == operations.count)
        #expect(Set(ids).count == ids.count)
        for operation in operations {
            #expect(operation.path.hasPrefix("/"))
            #expect(operation.json["summary"]?.asString?.hasSuffix(".") == true, operation.place)
            let statuses = operation.answers.map(\.name)
            #expect(
                statuses.contains { $0.hasPrefix("2") || ["101", "302"].contains($0) },
                operation.place)
            #expect(statuses.contains("400") && statuses.contains("500"), operation.place)
            #expect(statuses == statuses.sorted(), operation.place)
            for answer in operation.answers {
                #expect(answer.name.count == 3, operation.place)
                #expect(answer.value["description"]?.asString?.isEmpty == false, operation.place)
                #expect(answer.value["headers"]?["X-Request-Id"] != nil, operation.place)
            }
        }
    }

    @Test func `parameters stand where they are sent, each with an example`() throws {
        let validator = SchemaValidator(document)
        for operation in operations {
            for parameter in operation.parameters {
                let name = try #require(parameter["name"]?.asString)
                let isInPath = operation.path.contains("{\(name)}")
                #expect((parameter["in"] == "path") == isInPath, operation.place)
                let schema = try #require(parameter["schema"])
                let example = try #require(parameter["example"], operation.place)
                #expect(validator.problems(of: example, in: schema) == [], operation.place)
            }
        }
    }

    @Test func `who may call is said by schemes that are there`() {
        for operation in operations {
            let requirements = operation.json["security"]?.asList ?? []
            #expect(!requirements.isEmpty, operation.place)
            for requirement in requirements {
                for name in requirement.asObject?.names ?? [] {
                    let scheme = document["components"]?["securitySchemes"]?[name]
                    #expect(scheme?["description"] != nil, operation.place)
                }
            }
            if !requirements.contains([:]) {
                #expect(operation.json["responses"]?["401"] != nil, operation.place)
            }
        }
    }

    @Test func `shapes have names, and every example is of its shape`() throws {
        let validator = SchemaValidator(document)
        for operation in operations {
            for (place, content) in contents(of: operation) {
                let schema = try #require(content["schema"], Comment(rawValue: place))
                let named = content["examples"]?.asObject?.members.compactMap { $0.value["value"] }
                let examples = named ?? content["example"].map { [$0] } ?? []
                #expect(!examples.isEmpty, Comment(rawValue: place))
                for example in examples {
                    #expect(
                        validator.problems(of: example, in: schema) == [], Comment(rawValue: place))
                    #expect(!Self.hasEmptyText(example), Comment(rawValue: place))
                }
            }
        }
    }

    /// A plain text without an example of its own is shown as nothing. The path of a whole body is empty.
    private static func hasEmptyText(_ json: JSON) -> Bool {
        switch json {
        case .string(let text): text.isEmpty
        case .list(let list): list.contains(where: hasEmptyText)
        case .object(let object):
            object.members.contains { $0.name != "path" && hasEmptyText($0.value) }
        default: false
        }
    }

    @Test func `every reference leads somewhere, and every shape is referred to`() {
        let references = Set(Self.references(in: document))
        for reference in references {
            let names = reference.split(separator: "/").dropFirst()
            #expect(names.reduce(document) { $0?[String($1)] } != nil, "\(reference)")
        }
        for kind in ["schemas", "responses", "headers"] {
            for name in document["components"]?[kind]?.asObject?.names ?? [] {
                #expect(references.contains("#/components/\(kind)/\(name)"))
            }
        }
    }

    private static func references(in json: JSON) -> [String] {
        switch json {
        case .object(let object):
            object.members.flatMap { member in
                member.name == "$ref"
                    ? [member.value.asString ?? ""] : references(in: member.value)
            }
        case .list(let list): list.flatMap(references)
        default: []
        }
    }

    @Test func `surfaces and the whole are described, and a link leads to an operation`() {
        #expect(document["info"]?["description"]?.asString?.contains("## Errors") == true)
        for tag in document["tags"]?.asList ?? [] { #expect(tag["description"] != nil) }
        let ids = Set(operations.compactMap { $0.json["operationId"]?.asString })
        let links = operations.flatMap { $0.answers.compactMap { $0.value["links"]?.asObject } }
        #expect(links.flatMap(\.names).contains("v1Refresh"))
        for link in links.flatMap(\.members) { #expect(ids.contains(link.name)) }
    }

    /// Each operation's own example, sent by somebody who is signed in where that is asked for.
    @Test(arguments: Engine.tested)
    func `what is answered to the examples is what the document says`(on engine: Engine)
        async throws
    {
        let validator = SchemaValidator(document)
        for operation in operations {
            try await withServer(on: engine, Self.everything()) { client in
                let answer = try await Self.send(operation, by: client)
                let status = operation.answers.first { $0.name == "\(answer.status)" }
                let said = try #require(status?.value, operation.place)
                let type = answer[.contentType].flatMap { MediaType($0)?.essence } ?? ""
                if case .bytes = answer.response.body, !answer.bytes.isEmpty {
                    #expect(said["content"]?[type] != nil, "\(operation.place) \(type)")
                }
                if type == "application/json", let schema = said["content"]?[type]?["schema"] {
                    #expect(
                        validator.problems(of: answer.json, in: schema) == [], operation.place)
                }
                for header in said["headers"]?.asObject?.members ?? [] {
                    let name = header.value["$ref"]?.asString?.split(separator: "/").last ?? ""
                    let field = document["components"]?["headers"]?[String(name)]
                    if field?["required"] == true, let name = FieldName(header.name) {
                        #expect(answer[name] != nil, operation.place)
                    }
                }
            }
        }
    }

    private static func send(
        _ operation: Described, by client: TestClient
    ) async throws -> TestAnswer {
        let schemes = operation.json["security"]?.asList ?? []
        let content = operation.json["requestBody"]?["content"]?["application/json"]
        let method = try #require(Method(operation.method.uppercased()))
        var fields: Fields = content == nil ? [:] : [.contentType: "application/json"]
        let body = content?["example"]?.bytes() ?? []
        // Each example is of its own place: what is in the path stands there.
        let path = operation.parameters.filter { $0["in"] == "path" }.reduce(operation.path) {
            path, parameter in
            let (name, example) = (parameter["name"]?.asString, parameter["example"]?.asString)
            return path.replacing("{\(name ?? "")}", with: example ?? "")
        }
        if schemes.contains(["session": []]), !schemes.contains([:]) {
            let browser = client.browser()
            _ = await browser.post(
                "/api/auth/sign-up/email",
                [
                    "name": "Ada", "email": "ada@example.com",
                    "password": .string(TestClient.password),
                ])
            return await browser.send(method, path, fields, body: body)
        }
        if !schemes.contains([:]) {
            fields[.authorization] = "Bearer " + (try await client.user().accessToken)
        }
        return await client.send(method, path, fields, body: body)
    }

    /// What a member may be, as the document says and as the server does. Schemathesis found that they
    /// did not agree about domains of numbers, emoji in passwords, and null.
    private static let members: [(name: String, values: [JSON])] = [
        (
            "email",
            [
                "ada@example.com", "a@b.co", "a.b+c@d-e.example.org", "0@000.a", "a@b", "a@1.2",
                "a@b.c1", "\"a\"@b.co", "a..b@c.de", ".a@b.co", "a@-b.co", "a@b_c.de", "a@b.co\n",
                "é@example.com", "", .null, 5,
            ]
        ),
        (
            "password",
            [
                "Analytical1", "1nalyticaL", "analytical1", "ANALYTICAL", "Short1", "A1👍👍👍",
                "A1👍👍👍👍👍👍", "A\n\n\n\n\n\n1", "ÄÖÜäöü12",
                .string("A1" + String(repeating: "👍", count: 126)),
                .string("A1" + String(repeating: "x", count: 127)), .null, true,
            ]
        ),
        (
            "name",
            [
                "Ada", "Al", "A", "", "👍👍", "A\u{7}da", "Ada\u{85}", "Ada\n",
                .string(String(repeating: "é", count: 100)),
                .string(String(repeating: "é", count: 101)), .null, ["Ada"],
            ]
        ),
    ]

    @Test(arguments: ["/api/v1/auth/register", "/api/auth/register"])
    func `what the document allows is taken, and what it forbids is refused`(path: String)
        async throws
    {
        let validator = SchemaValidator(document)
        let body = document["paths"]?[path]?["post"]?["requestBody"]?["content"]
        let schema = try #require(body?["application/json"]?["schema"])
        try await withServer(on: .sqlite) { client in
            for (name, values) in Self.members {
                for (index, value) in values.enumerated() {
                    var input: JSONObject = [
                        "email": .string("\(name)\(index)@example.com"), "password": "Analytical1",
                        "name": "Ada",
                    ]
                    input[name] = value
                    let isAllowed = validator.problems(of: .object(input), in: schema).isEmpty
                    let answer = await client.another().post(path, .object(input))
                    #expect(answer.status == (isAllowed ? 201 : 400), "\(name): \(value)")
                }
            }
        }
    }
}
