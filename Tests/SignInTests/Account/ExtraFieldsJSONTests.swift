import AtriumTesting
import Coding
import Identity
import SQL
import Server
import Testing
import Values

/// The same fields on V1 and Tokens: in a member `fields`.
struct ExtraFieldsJSONTests {
    private struct Place: Sendable, CustomStringConvertible {
        let register: String
        let me: String
        var description: String { me }
    }

    private static let places = [
        Place(register: "/api/v1/auth/register", me: "/api/v1/auth/me"),
        Place(register: "/api/auth/register", me: "/api/auth/me"),
    ]

    private static func register(_ fields: JSON) -> JSON {
        [
            "email": "ada@example.com", "password": .string(TestClient.password), "name": "Ada",
            "fields": fields,
        ]
    }

    private static func user(_ json: JSON) -> JSON? { json["user"] ?? json }

    @Test(arguments: Engine.tested, places)
    private func `they come with registering, and change with the user`(
        on engine: Engine, at place: Place
    ) async throws {
        try await ExtraFieldsCompatTests.withFields(on: engine) { client in
            let answer = await client.post(
                place.register, Self.register(["nickname": "Countess", "secretNote": "x"]))
            #expect(answer.status == 201)
            let fields: JSON = [
                "nickname": "Countess", "level": 1, "age": .null, "isPublic": false,
                "bornAt": .null,
            ]
            #expect(answer.json["user"]?["fields"] == fields)
            let token = answer.accessToken
            #expect(Self.user(await client.get(place.me, bearer: token).json)?["fields"] == fields)
            let changed = await client.send(
                .patch, place.me, json: ["fields": ["age": 36, "nickname": .null]], bearer: token)
            #expect(changed.status == 200)
            #expect(Self.user(changed.json)?["fields"]?["age"] == 36)
            let now = Self.user(await client.get(place.me, bearer: token).json)
            #expect(now?["fields"]?["age"] == 36)
            #expect(now?["fields"]?["nickname"] == .null)
            #expect(now?["name"] == "Ada")
        }
    }

    @Test(arguments: Engine.tested, places)
    private func `all that is wrong with them comes at once`(
        on engine: Engine, at place: Place
    ) async throws {
        try await ExtraFieldsCompatTests.withFields(on: engine) { client in
            let answer = await client.post(
                place.register, Self.register(["nickname": 5, "level": 2, "age": "x", "foo": 1]))
            #expect(answer.status == 400)
            #expect(
                answer.fieldErrors == [
                    "fields.nickname WRONG_TYPE: Must be a string",
                    "fields.level NOT_ALLOWED: Is not allowed",
                    "fields.age WRONG_TYPE: Must be a whole number",
                    "fields.foo UNKNOWN_FIELD: Is not a field of this request",
                ])
            let whole = await client.post(place.register, Self.register(5))
            #expect(whole.fieldErrors == ["fields WRONG_TYPE: Must be an object"])
        }
    }

    @Test(arguments: Engine.tested, places)
    private func `a required one must be there`(on engine: Engine, at place: Place) async throws {
        let fields = [FieldDeclaration(try FieldKey("company"), .text, required: true)]
        try await withServer(on: engine, .set(\.auth.user.fields, fields)) { client in
            let answer = await client.post(place.register, Self.register([:]))
            #expect(answer.fieldErrors == ["fields.company REQUIRED: Is required"])
            let good = await client.post(place.register, Self.register(["company": "AE"]))
            #expect(good.status == 201)
            let emptied = await client.send(
                .patch, place.me, json: ["fields": ["company": .null]], bearer: good.accessToken)
            #expect(emptied.status == 400)
        }
    }

    @Test(arguments: Engine.tested, places)
    private func `without declarations there is no such member`(
        on engine: Engine, at place: Place
    ) async throws {
        try await withServer(on: engine) { client in
            let answer = await client.post(place.register, Self.register(["nickname": 5]))
            #expect(answer.status == 201)
            #expect(answer.json["user"]?["fields"] == nil)
        }
    }

    @Test func `the API's document has them`() async throws {
        try await ExtraFieldsCompatTests.withFields(on: .sqlite) { client in
            let schemas = await client.get("/api/openapi.json").json["components"]?["schemas"]
            let user = schemas?["CompatUser"]?["properties"]
            #expect(names(user).suffix(5) == ["nickname", "level", "age", "isPublic", "bornAt"])
            let input = schemas?["CompatSignUpInput"]?["properties"]
            #expect(names(input).contains("secretNote"))
            #expect(!names(input).contains("level"))
            let fields = schemas?["V1User"]?["properties"]?["fields"]?["properties"]
            #expect(names(fields) == ["nickname", "level", "age", "isPublic", "bornAt"])
        }
    }
}
