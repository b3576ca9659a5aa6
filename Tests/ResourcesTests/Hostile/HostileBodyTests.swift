import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

@testable import Resources

/// Issue 5, Must show 6: bodies. What is wrong is a 400 that names the field, what is right is kept as
/// it is, whatever it would mean to somebody else.
struct HostileBodyTests {
    @Test(arguments: Engine.tested)
    func `every field with every value, made and changed`(on engine: Engine) async throws {
        let resource = try HostileThings.resource()
        try await HostileThings.with(on: engine) { client, ada in
            let id = try await client.make("things", ["code": "first"], by: ada)
            var made = 1
            for field in resource.fields {
                for value in HostileThings.values {
                    let input: JSON = .object([field.name: value])
                    let expected = Self.expected(value, field)
                    let answer = await client.ask(.post, "things", input, by: ada)
                    Self.check(answer, expected, field, 201, "POST \(field.name) \(value)")
                    if answer.status == 201 { made += 1 }
                    let change = await client.ask(.patch, "things/\(id)", input, by: ada)
                    Self.check(change, expected, field, 200, "PATCH \(field.name) \(value)")
                }
            }
            #expect(made > 200)
            let list = await client.ask(.get, "things?limit=1", by: ada)
            #expect(list.json["meta"]?["total"] == .integer(Int64(made)))
        }
    }

    /// The value as it comes back, or nil where it is refused. A row that is not there is refused, too.
    private static func expected(_ value: JSON, _ field: Resource.Field) -> JSON? {
        guard let taken = try? FieldValue(value, for: field) else { return nil }
        if case .id = taken { return nil }
        return taken.json
    }

    private static func check(
        _ answer: TestAnswer, _ expected: JSON?, _ field: Resource.Field, _ good: Int,
        _ sent: String
    ) {
        HostileThings.check(answer, sent)
        let place = Comment(rawValue: "\(sent.prefix(300)): \(answer.text.prefix(300))")
        guard let expected else {
            #expect(answer.status == 400 && answer.code == "VALIDATION_ERROR", place)
            #expect(answer.wrongFields == [field.name], place)
            return
        }
        #expect(answer.status == good, place)
        #expect(Self.isSame(answer.json[field.name], expected), place)
    }

    /// Numbers are the same however they are written.
    private static func isSame(_ one: JSON?, _ other: JSON) -> Bool {
        switch (one, other) {
        case (.integer?, .number), (.number?, .integer): one?.asNumber == other.asNumber
        case (.list(let one)?, .list(let other)):
            one.count == other.count && zip(one, other).allSatisfy { isSame($0, $1) }
        default: one == other
        }
    }

    @Test(arguments: Engine.tested)
    func `all fields that are wrong are named at once, and so is what nobody knows`(
        on engine: Engine
    ) async throws {
        try await HostileThings.with(on: engine) { client, ada in
            let id = try await client.make("things", ["code": "first"], by: ada)
            let wrong: JSON = [
                "nothing": 1, "id": .string(id), "userId": .string(id), "count": 11, "day": "today",
                "createdAt": "2026-01-01T00:00:00Z", "parent": 1, "parentId": "x",
                "'; DROP TABLE things; --": 1, "__proto__": ["a": 1],
            ]
            let named = [
                "count", "day", "parentId", "nothing", "id", "userId", "createdAt", "parent",
                "'; DROP TABLE things; --", "__proto__",
            ]
            for (method, path) in [(Method.post, "things"), (.patch, "things/\(id)")] {
                let answer = await client.ask(method, path, wrong, by: ada)
                HostileThings.check(answer, "\(method) unknown fields")
                #expect(answer.status == 400)
                // A change knows `id`, as what its path names.
                let found = answer.wrongFields
                #expect(found == named || found == ["id"] + named.filter { $0 != "id" })
            }
            let row = await client.ask(.get, "things/\(id)", by: ada)
            #expect(row.json["count"] == .null && row.json["id"] == .string(id))
        }
    }

    /// Bodies that are no object of JSON, with what they are answered.
    private static let bodies: [(type: String?, text: String, status: Int)] = [
        ("application/json", "{", 400), ("application/json", "null", 400),
        ("application/json", "[]", 400), ("application/json", "\"x\"", 400),
        ("application/json", "{'a': 1}", 400), ("application/json", "{\"a\": 1,}", 400),
        ("application/json", "\u{0}", 400), ("application/json", "\u{feff}{}", 400),
        ("application/json", #"{"text": "a", "text": "b"}"#, 400),
        ("application/json", #"{"text": "\ud800"}"#, 400),
        ("application/json", #"{"number": 1e999}"#, 400),
        ("application/json", #"{"number": NaN}"#, 400),
        ("application/json", "{\"tree\": " + String(repeating: "[", count: 100_000), 400),
        (
            "application/json",
            "{\"tree\": " + String(repeating: "[", count: 100)
                + String(repeating: "]", count: 100) + "}", 400
        ),
        (
            "application/json",
            "{\"tree\": " + String(repeating: "{\"a\":", count: 64) + "1"
                + String(repeating: "}", count: 64) + "}", 400
        ),
        ("application/json", "{\"free\": \"\(String(repeating: "x", count: 1 << 20))\"}", 413),
        ("application/json", String(repeating: " ", count: 1 << 21), 413),
        ("application/json;charset=utf-16", "{\"number\": \"x\"}", 400),
        ("text/plain", "{}", 415), ("multipart/form-data; boundary=x", "--x--", 415),
        ("application/x-www-form-urlencoded", "text=a", 415), ("application/xml", "<a/>", 415),
        ("", "{}", 415),
    ]

    @Test(arguments: Engine.tested)
    func `what is no object of JSON is refused as what it is`(on engine: Engine) async throws {
        try await HostileThings.with(on: engine) { client, ada in
            let id = try await client.make("things", ["code": "first"], by: ada)
            for (method, path) in [(Method.post, "things"), (.patch, "things/\(id)")] {
                for body in Self.bodies {
                    var fields: Fields = [.authorization: "Bearer " + ada.accessToken]
                    if let type = body.type { fields[.contentType] = type }
                    let answer = await client.send(
                        method, "/api/v1/" + path, fields, body: Array(body.text.utf8))
                    HostileThings.check(answer, body.text)
                    #expect(
                        answer.status == body.status, "\(method) \(body.text.prefix(100))")
                }
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a text as long as a body is kept, and may be searched`(on engine: Engine) async throws {
        try await HostileThings.with(on: engine) { client, ada in
            // As many different words as fit: the most that an index of words can be asked for.
            let letters = (0x4e00..<0x9f00).compactMap { Unicode.Scalar($0) }
            var words = String.UnicodeScalarView()
            for letter in letters { words += [letter, " "] }
            for first in letters.prefix(10) {
                for second in letters.prefix(9000) { words += [first, second, " "] }
            }
            let text = String(words).prefix(300_000)
            let one = String(repeating: "x", count: 1_000_000)
            for free in [String(text), one] {
                let answer = await client.ask(
                    .post, "things", ["free": .string(free)], by: ada)
                #expect(answer.status == 201, "\(answer.text.prefix(300))")
                #expect(answer.json["free"]?.asString == free)
            }
            let found = await client.ask(.get, "things?search=%E4%B8%80", by: ada)
            #expect(found.json["meta"]?["total"] == 1)
        }
    }
}
