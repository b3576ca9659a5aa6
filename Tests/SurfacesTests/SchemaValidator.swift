import Coding
import Testing
import Values

/// Checks JSON by the part of JSON Schema 2020-12 that our document is written in.
struct SchemaValidator {
    private let document: JSON

    init(_ document: JSON) {
        self.document = document
    }

    /// What is wrong, with the place of each. A word of schemas that is not known here is wrong, too.
    func problems(of json: JSON, in schema: JSON, at place: String = "") -> [String] {
        (schema.asObject?.members ?? []).flatMap { word in
            problems(of: json, word.name, word.value, schema, place)
        }
    }

    private func problems(
        of json: JSON, _ word: String, _ value: JSON, _ schema: JSON, _ place: String
    ) -> [String] {
        switch word {
        case "description", "examples", "readOnly": []
        case "$ref": problems(of: json, in: resolve(value), at: place)
        case "type": ofType(json, value) ? [] : ["\(place) is no \(value)"]
        case "enum": value.asList?.contains(json) == true ? [] : ["\(place) is none of \(value)"]
        case "required":
            (value.asList ?? []).compactMap(\.asString)
                .filter { json.asObject != nil && json[$0] == nil }
                .map { "\(place)/\($0) is missing" }
        case "properties":
            (value.asObject?.members ?? []).flatMap { member in
                json[member.name].map {
                    problems(of: $0, in: member.value, at: "\(place)/\(member.name)")
                } ?? []
            }
        case "items":
            (json.asList ?? []).enumerated().flatMap { index, element in
                problems(of: element, in: value, at: "\(place)/\(index)")
            }
        case "additionalProperties":
            (json.asObject?.members ?? []).filter { schema["properties"]?[$0.name] == nil }
                .flatMap { problems(of: $0.value, in: value, at: "\(place)/\($0.name)") }
        case "anyOf":
            (value.asList ?? []).contains { problems(of: json, in: $0, at: place).isEmpty }
                ? [] : ["\(place) is none of the alternatives"]
        case "minimum", "maximum": ofSize(json, word, value, place)
        case "minItems", "maxItems": ofCount(json, word, value, place)
        default: json.asString.map { ofText($0, word, value, place) } ?? ofOther(word, place)
        }
    }

    private func resolve(_ reference: JSON) -> JSON {
        let names = (reference.asString ?? "").split(separator: "/").dropFirst()
        return names.reduce(document) { $0?[String($1)] } ?? ["enum": []]
    }

    private func ofType(_ json: JSON, _ type: JSON) -> Bool {
        let types = (type.asList ?? [type]).compactMap(\.asString)
        return switch json {
        case .null: types.contains("null")
        case .boolean: types.contains("boolean")
        case .integer: types.contains("integer") || types.contains("number")
        case .number: types.contains("number")
        case .string: types.contains("string")
        case .list: types.contains("array")
        case .object: types.contains("object")
        }
    }

    private func ofText(_ text: String, _ word: String, _ value: JSON, _ place: String) -> [String]
    {
        let isGood =
            switch word {
            case "minLength": text.unicodeScalars.count >= Int(value.asInteger ?? .max)
            case "maxLength": text.unicodeScalars.count <= Int(value.asInteger ?? 0)
            case "pattern":
                (try? Regex(value.asString ?? "")).map { text.firstMatch(of: $0) != nil } ?? false
            case "format": ofFormat(text, value)
            default: false
            }
        return isGood ? [] : ["\(place): \(word) \(value) refuses \(text)"]
    }

    private func ofFormat(_ text: String, _ format: JSON) -> Bool {
        switch format {
        case "email": (try? EmailAddress(text)) != nil
        case "date-time": Instant(text) != nil
        case "uuid": ID<Never>(text) != nil
        case "binary": true
        default: false
        }
    }

    private func ofSize(_ json: JSON, _ word: String, _ limit: JSON, _ place: String) -> [String] {
        guard let value = json.asInteger, let limit = limit.asInteger else { return [] }
        let isGood = word == "minimum" ? value >= limit : value <= limit
        return isGood ? [] : ["\(place): \(word) \(limit) refuses \(value)"]
    }

    private func ofCount(_ json: JSON, _ word: String, _ limit: JSON, _ place: String) -> [String] {
        guard let count = json.asList?.count, let limit = limit.asInteger else { return [] }
        let isGood = word == "minItems" ? count >= Int(limit) : count <= Int(limit)
        return isGood ? [] : ["\(place): \(word) \(limit) refuses \(count)"]
    }

    /// Words about texts say nothing of others.
    private func ofOther(_ word: String, _ place: String) -> [String] {
        ["minLength", "maxLength", "pattern", "format"].contains(word)
            ? [] : ["\(place): what is \(word)?"]
    }
}

struct SchemaValidatorTests {
    private let validator = SchemaValidator([
        "components": [
            "schemas": ["Name": ["type": "string", "minLength": 2, "pattern": "^[a-z]+$"]]
        ]
    ])

    private static let schema: JSON = [
        "type": "object", "required": ["name"],
        "properties": [
            "name": ["$ref": "#/components/schemas/Name"],
            "mail": ["type": ["string", "null"], "format": "email"],
            "tags": ["type": "array", "items": ["enum": ["a", "b"]]],
            "at": ["anyOf": [["type": "integer"], ["type": "string", "format": "date-time"]]],
        ],
    ]

    @Test(arguments: [
        #"{"name":"ada"}"#, #"{"name":"ada","mail":null,"tags":["a"],"at":1,"other":true}"#,
        #"{"name":"ada","mail":"ada@example.com","at":"2026-01-01T00:00:00Z"}"#,
    ])
    func `what is right is found right`(text: String) throws {
        let json = try JSON(parsing: Array(text.utf8))
        #expect(validator.problems(of: json, in: Self.schema) == [])
    }

    @Test(arguments: [
        "[]", "{}", #"{"name":1}"#, #"{"name":"a"}"#, #"{"name":"Ada"}"#,
        #"{"name":"ada","mail":"ada"}"#, #"{"name":"ada","tags":["c"]}"#,
        #"{"name":"ada","at":true}"#, #"{"name":"ada","at":"yesterday"}"#,
    ])
    func `what is wrong is found wrong`(text: String) throws {
        let json = try JSON(parsing: Array(text.utf8))
        #expect(validator.problems(of: json, in: Self.schema).count == 1)
    }
}
