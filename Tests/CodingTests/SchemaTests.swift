import Coding
import Testing
import Values

private struct Password: StringValue, Equatable {
    let text: String

    init(_ text: String) throws(Invalid) {
        if text.count < 8 { throw .tooShort(min: 8) }
        self.text = text
    }

    static var schema: Schema { .string(length: 8...128) }
    static var example: Password {
        try! Password("correct horse")  // A constant that is long enough.
    }
}

private struct Everything: Codable {
    struct Inner: Codable {
        var city: String
        var zip: String?
    }

    var email: EmailAddress
    var password: Password
    var age: Int?
    var size: UInt8
    var ratio: Double
    var isOpen: Bool
    var role: Role
    var inner: Inner
    var inners: [Inner]?
    var tags: Set<String>
    var scores: [Int?]
    var labels: [String: Inner]
    var born: Instant
    var id: ID<Login>
    var note: Patch<String>
    var data: JSON
}

private struct Shelf<Thing: Codable>: Codable {
    struct ListBody: Codable { var things: [Thing] }
    struct Body: Codable { var thing: Thing }

    var things: [Thing]
}

private struct Told: Codable, Explained {
    var name: String
    var email: EmailAddress?

    static let words = ["name": MemberWords("What it is called.", example: "Ada")]
}

private struct Mistold: Codable, Explained {
    var name: String

    static let words: [String: MemberWords] = ["nmae": "What it is called."]
}

@Suite struct SchemaTests {
    @Test func `a schema is read off the type that reads requests`() throws {
        let inner = Schema(
            Schema.object(["city": .string, "zip": .string], optional: ["zip"]).kind,
            name: "EverythingInner")
        let expected = Schema.object(
            [
                "email": EmailAddress.schema, "password": .string(length: 8...128),
                "age": .integer, "size": .integer(in: 0...255), "ratio": .number,
                "isOpen": .boolean,
                "role": Schema(.enumeration(["admin", "member", "guest"]), name: "Role"),
                "inner": inner, "inners": .list(of: inner), "tags": .list(of: .string),
                "scores": .list(of: .nullable(.integer)), "labels": .dictionary(of: inner),
                "born": .instant, "id": .id, "note": .nullable(.string), "data": .any,
            ], optional: ["age", "inners", "note"])
        let schema = try SchemaReader.read(Everything.self).schema
        #expect(schema.kind == expected.kind)
        #expect(schema.name == "Everything")
    }

    @Test func `the example is one that would be accepted`() throws {
        let example = try SchemaReader.read(Everything.self).example
        #expect(example.email == .example)
        #expect(example.role == .admin)
        _ = try JSONCoder.decode(Everything.self, from: JSONCoder.encode(example))
    }

    @Test func `optional members are told by being asked whether they are there`() throws {
        struct Two: Codable {
            var needed: String
            var optional: String?
            var defaulted: String = "x"
        }
        #expect(
            try SchemaReader.read(Two.self).schema.kind
                == Schema.object(
                    ["needed": .string, "optional": .string, "defaulted": .string],
                    optional: ["optional"]
                ).kind)
    }

    @Test func `scalars and lists have schemas of their own`() throws {
        #expect(try SchemaReader.read(String.self).schema == .string)
        #expect(try SchemaReader.read([Int64].self).schema.kind == Schema.list(of: .integer).kind)
        #expect(try SchemaReader.read(Int16.self).schema == .integer(in: -32768...32767))
        #expect(try SchemaReader.read(UInt64.self).schema == .integer(in: 0 ... .max))
        #expect(try SchemaReader.read(Int?.self).schema.kind == .nullable(.integer))
    }

    @Test func `a shape is called as its type, without the module`() throws {
        func name<Value: Decodable>(_ type: Value.Type) throws -> String? {
            try SchemaReader.read(type).schema.name
        }
        #expect(try name(Everything.self) == "Everything")
        #expect(try name(Everything.Inner.self) == "EverythingInner")
        #expect(try name(Shelf<Everything.Inner>.self) == "ShelfEverythingInner")
        #expect(try name(Shelf<Everything>.ListBody.self) == "ShelfEverythingList")
        #expect(try name(Shelf<Everything>.Body.self) == "ShelfEverything")
    }

    @Test func `members are explained, and only those that are there`() throws {
        let schema = try SchemaReader.read(Told.self).schema
        #expect(
            schema.json.description
                == #"{"type":"object","properties":{"name":{"type":"string","#
                + #""description":"What it is called.","examples":["Ada"]},"#
                + #""email":{"type":"string","format":"email","#
                + #""minLength":6,"maxLength":255,"pattern":"\#(Self.emailPattern)"}},"#
                + #""required":["name"]}"#)
        #expect(throws: SchemaError.unknownMember("Mistold.nmae")) {
            try SchemaReader.read(Mistold.self)
        }
    }

    private static var emailPattern: String {
        let text = EmailAddress.schema.json["pattern"]?.description ?? ""
        return String(text.dropFirst().dropLast())
    }

    @Test func `an example has all members, with the words' own for plain texts`() throws {
        #expect(
            try SchemaExample(of: Told.self).example == ["name": "Ada", "email": "ada@example.com"])
        let example = try SchemaExample(of: Everything.self).example
        #expect(example["role"] == "admin")
        #expect(example["inners"]?[0]?["zip"] == "")
    }

    @Test func `what is read may be null where it may be missing, what is written may not`() throws
    {
        var writer = SchemaWriter()
        writer.takesNull = true
        let schema = Schema.object(
            ["a": .string, "b": .string, "c": .enumeration(["x"]), "d": .any],
            optional: ["b", "c", "d"])
        let properties = writer.json(schema)["properties"]
        #expect(properties?["a"] == ["type": "string"])
        #expect(properties?["b"] == ["type": ["string", "null"]])
        #expect(
            properties?["c"]
                == ["anyOf": [["type": "string", "enum": ["x"]], ["type": "null"]]])
        #expect(properties?["d"] == [:])
        #expect(schema.json["properties"]?["b"] == ["type": "string"])
    }

    @Test func `a shape with a name is written once where the writer has a place for it`() {
        var writer = SchemaWriter()
        writer.reference = { schema in schema.name.map { .string("#/" + $0) } }
        let inner = Schema.object(["a": .string]).named("Inner")
        let outer = Schema.object([
            "one": inner.described("The one."), "some": .list(of: inner), "none": .nullable(inner),
        ]).named("Outer")
        #expect(writer.json(outer) == ["$ref": "#/Outer"])
        let properties = writer.definition(outer)["properties"]
        #expect(properties?["one"] == ["$ref": "#/Inner", "description": "The one."])
        #expect(properties?["some"] == ["type": "array", "items": ["$ref": "#/Inner"]])
        #expect(properties?["none"] == ["anyOf": [["$ref": "#/Inner"], ["type": "null"]]])
    }

    @Test func `what has no schema is an error`() {
        #expect(throws: SchemaError.recursive("Person")) { try SchemaReader.read(Person.self) }
        #expect(throws: SchemaError.noExample("Shape")) { try SchemaReader.read(Shape.self) }
        #expect(throws: SchemaError.unsupported("a superclass")) {
            try SchemaReader.read(Nesting.self)
        }
    }

    @Test func `a string value brings its rule to the field error`() {
        struct SignIn: Codable { var password: Password }
        let expected = InvalidInput(fields: [
            FieldError(path: "password", problem: .tooShort(min: 8))
        ])
        #expect(throws: expected) {
            try InputReader.read(
                SignIn.self, from: Input(body: .json(bytes(#"{"password":"short"}"#))))
        }
    }

    @Test(arguments: [
        (Schema.any, "{}"), (.string, #"{"type":"string"}"#),
        (
            .string(format: "email", length: 6...255, pattern: "@"),
            #"{"type":"string","format":"email","minLength":6,"maxLength":255,"pattern":"@"}"#
        ),
        (.string(length: 1 ... .max), #"{"type":"string","minLength":1}"#),
        (.integer(in: 1...100), #"{"type":"integer","minimum":1,"maximum":100}"#),
        (.number(in: 0...0.5), #"{"type":"number","minimum":0,"maximum":0.5}"#),
        (.instant, #"{"type":"string","format":"date-time"}"#),
        (.id, #"{"type":"string","format":"uuid"}"#),
        (
            .list(of: .boolean, count: 1...3),
            #"{"type":"array","items":{"type":"boolean"},"minItems":1,"maxItems":3}"#
        ),
        (
            .dictionary(of: .integer),
            #"{"type":"object","additionalProperties":{"type":"integer"}}"#
        ),
        (.enumeration(["a", "b"]), #"{"type":"string","enum":["a","b"]}"#),
        (.nullable(.string), #"{"type":["string","null"]}"#),
        (
            .nullable(.enumeration(["a"])),
            #"{"anyOf":[{"type":"string","enum":["a"]},{"type":"null"}]}"#
        ),
        (
            .object(["a": .string, "b": .integer], optional: ["b"]),
            #"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}},"#
                + #""required":["a"]}"#
        ),
        (
            Schema.string.described("A name.", example: "Ada"),
            #"{"type":"string","description":"A name.","examples":["Ada"]}"#
        ),
    ])
    func `the document is JSON Schema 2020-12`(schema: Schema, text: String) {
        #expect(schema.json.description == text)
    }
}
