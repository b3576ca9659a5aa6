import Coding
import Testing
import Values

private struct Address: Codable, Equatable {
    var street: String
    var city: String
    var zip: String
    var country: String
}

private struct Phone: Codable, Equatable {
    var number: String
    var kind: Role
}

private struct SignUp: Codable, Equatable {
    var email: EmailAddress
    var backup: EmailAddress?
    var age: Int
    var role: Role
    var address: Address
    var phones: [Phone]
    var born: Instant
    var note: String?
    var id: ID<Login>
}

private struct Page: Codable, Equatable {
    var owner: ID<Login>?
    var limit: Int?
    var ratio: Double?
    var isOpen: Bool?
    var tags: [String]?
    var sizes: [Int]?
    var role: Role?
    var since: Instant?
}

/// The fields that are bad, as `source path problem`.
private func failures<Value: Decodable>(
    _ type: Value.Type, _ input: Input, _ remainder: InputReader.Remainder = .body,
    unknown: InputReader.UnknownMembers = .ignored
) -> [FieldError] {
    do {
        _ = try InputReader.read(type, from: input, remainder: remainder, unknown: unknown)
        return []
    } catch {
        return (error as? InvalidInput)?.fields ?? [FieldError(path: "\(error)", problem: .unknown)]
    }
}

private func json(_ text: String) -> Input { Input(body: .json(bytes(text))) }

@Suite struct InputReaderTests {
    @Test func `all bad fields are reported at once, in order`() {
        let fields = failures(
            SignUp.self,
            json(
                #"{"email":"nope","backup":7,"age":1.5,"role":"king","#
                    + #""address":{"street":1,"city":"x","country":null},"#
                    + #""phones":[{"number":"1","kind":"admin"},{"kind":"x"},5],"#
                    + #""born":"yesterday","note":3}"#))
        let roles = ["admin", "member", "guest"]
        let expected: [(String, Invalid)] = [
            ("email", .malformed(.email)),
            ("backup", .wrongType(expected: .string, received: .integer)),
            ("age", .wrongType(expected: .integer, received: .number)),
            ("role", .notOneOf(roles)),
            ("address.street", .wrongType(expected: .string, received: .integer)),
            ("address.zip", .missing(expected: .string)),
            ("address.country", .wrongType(expected: .string, received: .null)),
            ("phones[1].number", .missing(expected: .string)),
            ("phones[1].kind", .notOneOf(roles)),
            ("phones[2]", .wrongType(expected: .object, received: .integer)),
            ("born", .malformed(.instant)),
            ("note", .wrongType(expected: .string, received: .integer)),
            ("id", .missing(expected: .id)),
        ]
        #expect(fields == expected.map { FieldError(path: $0.0, problem: $0.1) })
    }

    @Test func `good input is read as it is by the coder`() throws {
        let text =
            #"{"email":"a@b.example","age":30,"role":"guest","address":{"street":"s","city":"c","#
            + #""zip":"z","country":"GB"},"phones":[],"born":"2000-01-01T00:00:00Z","#
            + #""id":"01890a5d-ac96-774b-bcce-b302099a8057"}"#
        let value = try InputReader.read(SignUp.self, from: json(text))
        #expect(value == (try JSONCoder.decode(SignUp.self, from: bytes(text))))
    }

    @Test func `a missing member is told by what it would have been`() {
        let fields = failures(SignUp.self, json("{}"))
        let kinds: [Invalid.Kind] = [.string, .integer, .string, .object, .list, .instant, .id]
        #expect(fields.map(\.problem) == kinds.map { .missing(expected: $0) })
    }

    @Test(arguments: [
        ("[]", Invalid.Kind.list), ("5", .integer), ("null", .null), ("\"x\"", .string),
    ])
    func `a body that is no object is one error`(text: String, kind: Invalid.Kind) {
        struct Empty: Codable {}
        let error = FieldError(path: "", problem: .wrongType(expected: .object, received: kind))
        #expect(failures(SignUp.self, json(text)) == [error])
        #expect(failures(Empty.self, json(text)) == [error])
        let input = Input(path: [("id", "x")], body: .json(bytes(text)))
        #expect(failures(SignUp.self, input) == [error])
    }

    @Test func `an operation without members takes any body, and none`() throws {
        struct Empty: Codable {}
        for body in [Input.Body.none, .json([]), .json(bytes("{}")), .json(bytes(#"{"a":1}"#))] {
            _ = try InputReader.read(Empty.self, from: Input(body: body))
        }
        #expect(throws: JSONSyntaxError.self) { try InputReader.read(Empty.self, from: json("{")) }
    }

    // MARK: Path, query, forms

    @Test func `texts are read as the types want them`() throws {
        let input = Input(query: [
            ("limit", "-5"), ("ratio", "1.5e1"), ("isOpen", "true"), ("tags", "one"),
            ("sizes", "1"),
            ("sizes", "2"), ("role", "guest"), ("since", "2026-01-01T00:00:00Z"),
            ("owner", ID<Login>.example.description),
        ])
        let page = try InputReader.read(Page.self, from: input, remainder: .query)
        #expect(
            page
                == Page(
                    owner: .example, limit: -5, ratio: 15, isOpen: true, tags: ["one"],
                    sizes: [1, 2], role: .guest, since: .example))
    }

    @Test func `bad texts are reported as coming from the query`() {
        let input = Input(query: [
            ("limit", "05"), ("ratio", "NaN"), ("isOpen", "yes"), ("sizes", "1"), ("sizes", "x"),
            ("role", "king"), ("since", ""), ("owner", "1"), ("limit2", "1"),
        ])
        let expected: [(String, Invalid)] = [
            ("owner", .malformed(.id)),
            ("limit", .wrongType(expected: .integer, received: .string)),
            ("ratio", .wrongType(expected: .number, received: .string)),
            ("isOpen", .wrongType(expected: .boolean, received: .string)),
            ("sizes[1]", .wrongType(expected: .integer, received: .string)),
            ("role", .notOneOf(["admin", "member", "guest"])),
            ("since", .malformed(.instant)),
        ]
        #expect(
            failures(Page.self, input, .query)
                == expected.map { FieldError(source: .query, path: $0.0, problem: $0.1) })
    }

    @Test func `a repeated text is no single value, a huge number no integer`() {
        let twice = Input(query: [("limit", "1"), ("limit", "2")])
        #expect(
            failures(Page.self, twice, .query).map(\.problem) == [
                .wrongType(expected: .integer, received: .list)
            ])
        let huge = Input(query: [("limit", "99999999999999999999"), ("ratio", "1e999")])
        #expect(
            failures(Page.self, huge, .query).map(\.problem) == [
                .tooBig(max: Double(Int.max)), .tooBig(max: .greatestFiniteMagnitude),
            ])
    }

    @Test func `JSON is not read loosely, a form is`() throws {
        #expect(
            failures(Page.self, json(#"{"limit":"5"}"#)).map(\.problem) == [
                .wrongType(expected: .integer, received: .string)
            ])
        let form = Input(body: .form(bytes("limit=5&isOpen=false&tags=a+b&tags=%C3%A9")))
        let page = try InputReader.read(Page.self, from: form)
        #expect(page == Page(limit: 5, isOpen: false, tags: ["a b", "é"]))
        #expect(throws: JSONSyntaxError.self) {
            try InputReader.read(Page.self, from: Input(body: .form(bytes("limit=%zz"))))
        }
    }

    @Test func `a value from the path cannot be set from elsewhere`() throws {
        let mine = ID<Login>.example.description
        let text = #"{"limit":1,"owner":"01890a5d-ac96-774b-bcce-b302099a8057","role":"guest"}"#
        let input = Input(path: [("owner", mine)], body: .json(bytes(text)))
        #expect(
            try InputReader.read(Page.self, from: input)
                == Page(owner: .example, limit: 1, role: .guest))
        let query = Input(path: [("owner", mine)], query: [("owner", "x"), ("limit", "1")])
        #expect(
            try InputReader.read(Page.self, from: query, remainder: .query)
                == Page(owner: .example, limit: 1))
        #expect(
            failures(Page.self, input, unknown: .refused) == [
                FieldError(source: .body, path: "owner", problem: .unknown)
            ])
    }

    @Test func `errors say which part they are in`() {
        let input = Input(path: [("owner", "x")], body: .json(bytes(#"{"limit":"y"}"#)))
        #expect(
            failures(Page.self, input) == [
                FieldError(source: .path, path: "owner", problem: .malformed(.id)),
                FieldError(
                    source: .body, path: "limit",
                    problem: .wrongType(expected: .integer, received: .string)),
            ])
    }

    @Test func `trees are read like text, and loosely where they come from texts`() throws {
        #expect(
            try InputReader.read(Page.self, from: Input(body: .tree(["limit": 5, "tags": ["a"]])))
                == Page(limit: 5, tags: ["a"]))
        let settings: JSON = ["limit": "5", "isOpen": "true", "sizes": "7"]
        #expect(
            try InputReader.read(Page.self, from: Input(body: .looseTree(settings)))
                == Page(limit: 5, isOpen: true, sizes: [7]))
        #expect(failures(Page.self, Input(body: .tree(settings))).count == 3)
    }

    // MARK: Missing, null, unknown

    @Test func `a partial update tells missing from null`() throws {
        struct Update: Codable, Equatable {
            var name: Patch<String>
            var role: Patch<Role>
            var note: String?
        }
        let update = try InputReader.read(Update.self, from: json(#"{"role":null}"#))
        #expect(update == Update(name: .absent, role: .null))
        let other = try InputReader.read(Update.self, from: json(#"{"name":"a","note":null}"#))
        #expect(other == Update(name: .value("a"), role: .absent))
        #expect(
            failures(Update.self, json(#"{"name":5,"role":"king"}"#)).map(\.path) == [
                "name", "role",
            ])
        let text = String(decoding: try JSONCoder.encode(update), as: UTF8.self)
        #expect(text == #"{"role":null}"#)
    }

    @Test func `unknown members are refused when asked`() throws {
        let text =
            #"{"number":"1","kind":"guest","x":{"y":1},"owner":[{"z":1}]}"#
        _ = try InputReader.read(Phone.self, from: json(text))
        #expect(
            failures(Phone.self, json(text), unknown: .refused) == [
                FieldError(path: "x", problem: .unknown),
                FieldError(path: "owner", problem: .unknown),
            ])
        struct Book: Codable {
            var phones: [Phone]
            var notes: [String: Int]
            var data: JSON
        }
        let book =
            #"{"phones":[{"number":"1","kind":"guest","a":1},{"number":2,"kind":"guest","b":1}],"#
            + #""notes":{"any":1},"data":{"any":{"thing":1}}}"#
        #expect(
            failures(Book.self, json(book), unknown: .refused).map(\.path) == [
                "phones[1].number", "phones[0].a", "phones[1].b",
            ])
    }

    // MARK: Hostile input

    @Test func `the list of errors ends`() {
        let text = "[" + repeatElement("{}", count: 5000).joined(separator: ",") + "]"
        #expect(failures([Phone].self, json(text)).count == 100)
    }

    @Test func `bad elements at the end of a long list are found without counting it each time`() {
        let good = Array(repeating: "1", count: 50_000)
        let bad = Array(repeating: "[]", count: 99) + ["{\"a\":[\"x\"]}"]
        let text = "[" + (good + bad).joined(separator: ",") + "]"
        let paths = failures([Int].self, json(text)).map(\.path)
        #expect(paths == (50_000..<50_100).map { "[\($0)]" })
    }

    @Test func `types that hold themselves do not run away`() {
        #expect(
            failures(Person.self, json(#"{"name":1,"friends":[{"friends":5}]}"#)).map(\.path) == [
                "name", "friends[0].name", "friends[0].friends",
            ])
        final class Looping: Codable {
            var next: Looping
            var name: String
        }
        #expect(failures(Looping.self, json("{}")).map(\.path).first == "next")
    }

    @Test func `checks across members are reported where they are made`() {
        struct Range: Codable {
            var low: Int
            var high: Int

            enum CodingKeys: String, CodingKey { case low, high }

            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                low = try container.decode(Int.self, forKey: .low)
                high = try container.decode(Int.self, forKey: .high)
                if low > high { throw Invalid.rule("range.order") }
            }
        }
        struct Search: Codable {
            var first: Range
            var second: Range
        }
        let text = #"{"first":{"low":2,"high":1},"second":{"low":2,"high":"x"}}"#
        #expect(
            failures(Search.self, json(text)) == [
                FieldError(path: "first", problem: .rule("range.order")),
                FieldError(
                    path: "second.high", problem: .wrongType(expected: .integer, received: .string)),
            ])
    }

    @Test func `no bytes make it trap`() {
        var generator = SeededNumbers.ofTest
        let seeds =
            Texts.accepted + [
                #"{"email":"a@b.example","age":30,"role":"guest","phones":[{"number":"1"}],"note":null}"#,
                #"{"owner":"x","limit":5,"ratio":1.5,"tags":["a"],"since":"2026-01-01T00:00:00Z"}"#,
            ]
        for _ in 0..<3000 {
            let text = Mutator.mutate(
                bytes(seeds.randomElement(using: &generator) ?? ""), &generator)
            for input in [Input(body: .json(text)), Input(body: .form(text))] {
                _ = try? InputReader.read(SignUp.self, from: input, unknown: .refused)
                _ = try? InputReader.read(Page.self, from: input)
                _ = try? InputReader.read([Person].self, from: input)
                _ = try? InputReader.read([String: [JSON]].self, from: input)
            }
            _ = try? JSONCoder.read(FastLogin.self, from: text)
            if let tree = try? JSON(parsing: text) {
                #expect((try? JSON(parsing: tree.bytes())) != nil, "\(text)")
            }
        }
    }
}
