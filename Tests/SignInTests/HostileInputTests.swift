import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Server
import Testing
import Values

/// Whatever comes, the answer is one that a client can read, and never our fault.
///
/// The operations are those of the API's document, so that each new one is tried as well.
struct HostileInputTests {
    private struct Target {
        let method: Method
        let path: String
        let members: [String]
        let takesForm: Bool
    }

    /// Values that have broken other servers.
    private static let values: [JSON] = [
        .null, true, 0, -1, 1.5, .integer(.max), .integer(.min), .number(1e308), "", " ", "\u{0}",
        "a\u{0}b", "Ada\u{0}@example.com", "\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467}",
        "\u{FEFF}", "\u{202E}evil", "' OR 1=1 --", "\"; DROP TABLE users; --", "$1", "?1", "%00",
        "../../etc/passwd", "<script>alert(1)</script>", "{{7*7}}", "\r\nSet-Cookie: a=b",
        "//evil.example", "javascript:alert(1)", [], [[]], ["x"], [:], ["a": ["b": .null]],
        ["$gt": ""],
        .string(String(repeating: "x", count: 100_000)),
        .string(String(repeating: "\u{1F469}\u{200D}\u{1F467}", count: 100)),
        .string(String(repeating: "e\u{301}", count: 100)),
        .string(String(repeating: "a", count: 300) + "@example.com"),
        .list(Array(repeating: 1, count: 1000)), nested(60),
    ]

    private static func nested(_ depth: Int) -> JSON {
        (0..<depth).reduce(JSON.integer(1)) { inner, _ in .list([inner]) }
    }

    private static let bodies: [(type: String?, text: String)] = [
        ("application/json", ""), ("application/json", "{"), ("application/json", "null"),
        ("application/json", "[]"), ("application/json", "\"x\""), ("application/json", "\u{0}"),
        ("application/json", String(repeating: "[", count: 100_000)),
        ("application/json", #"{"email":"a","email":"b"}"#),
        ("application/json", #"{"email":"\ud800"}"#), ("application/json", #"{"":1}"#),
        ("application/json;charset=utf-16", "{}"), ("text/plain", "{}"), ("text/html", "<p>"),
        ("multipart/form-data; boundary=x", "--x--"), ("", "{}"), ("/", "{}"),
        ("application/x-www-form-urlencoded", "email=%00&password=%ff&=&&a"),
        ("application/x-www-form-urlencoded", "email=%"),
        ("application/x-www-form-urlencoded", "email=a&email=b&password[]=x&password=y"),
        ("application/x-www-form-urlencoded", String(repeating: "a=b&", count: 20_000)),
        (nil, ""), (nil, "{}"), (nil, "\u{0}\u{1}"),
    ]

    private static let heads: [Fields] = [
        [.authorization: "Bearer " + String(repeating: "x", count: 9000)],
        [.authorization: "Bearer ..."], [.authorization: "Bearer \u{1F469}.\u{0}.x"],
        [.authorization: "Bearer rt_"], [.authorization: "Basic \u{0}"],
        [.cookie: "better-auth.session_token=%00.%00; atrium.refresh_token=rt_\u{0}"],
        [.cookie: "better-auth.session_token="], [.cookie: ";;;=;a"],
        [.cookie: "better-auth.session_token=" + String(repeating: "%41", count: 2000)],
        [.origin: "null"], [.origin: "http://[::1"], [.referer: "http://"],
        [.userAgent: String(repeating: "\u{1F469}\u{200D}\u{1F467}", count: 1000)],
        [.xForwardedFor: "1.2.3.4, x"], [.accept: "*/*;q=x"], [.contentType: "\u{0}"],
    ]

    private static let queries = [
        "", "%", "%00", "a=%ff", "error=%00%0d%0a", "disableRefresh=", "disableRefresh=maybe",
        "disableRefresh=true&disableRefresh=false", "%5B%5D=1",
        String(repeating: "a&", count: 3000),
        "error=" + String(repeating: "x", count: 8000),
    ]

    // MARK: What is tried

    private static func targets(_ client: TestClient) async throws -> [Target] {
        let document = await client.get("/api/openapi.json").json
        let members = try #require(document["paths"]?.asObject).members
        return members.flatMap { path in
            (path.value.asObject?.members ?? []).compactMap { operation in
                target(operation.name, path.name, operation.value, document)
            }
        }
    }

    private static func target(
        _ method: String, _ path: String, _ operation: JSON, _ document: JSON
    ) -> Target? {
        guard let method = Method(method.uppercased()) else { return nil }
        let content = operation["requestBody"]?["content"]
        let reference = content?["application/json"]?["schema"]?["$ref"]?.asString
        let name = reference?.split(separator: "/").last.map(String.init)
        let schema = name.flatMap { document["components"]?["schemas"]?[$0] }
        return Target(
            method: method, path: path,
            members: schema?["properties"]?.asObject?.names ?? [],
            takesForm: content?["application/x-www-form-urlencoded"] != nil)
    }

    private static let good: JSONObject = [
        "email": "ada@example.com", "password": "Correct-horse-1", "name": "Ada Lovelace",
        "currentPassword": "Correct-horse-1", "newPassword": "Correct-horse-1",
        "prompt": "A compass",
    ]

    /// Somebody who is signed in on all surfaces, so that what stands behind a guard is reached. A target
    /// that ends his session has done so for good.
    private static func caller(_ client: TestClient, _ index: Int) async throws -> TestClient {
        let browser = client.browser()
        let answer = await browser.post(
            "/api/auth/sign-up/email",
            [
                "name": "Ada", "email": .string("caller\(index)@example.com"),
                "password": "Correct-horse-1",
            ])
        let token = try #require(answer.json["token"]?.asString)
        browser.cookies.set("caller", token)
        return browser
    }

    private static func fields(_ fields: Fields, _ caller: TestClient) -> Fields {
        var fields = fields
        if !fields.contains(.authorization) {
            fields[.authorization] = "Bearer " + (caller.cookies["caller"] ?? "")
        }
        return fields
    }

    /// A good input but for one member, with an address that nobody has yet.
    private static func input(
        _ target: Target, _ name: String, _ value: JSON, _ index: Int
    ) -> JSON {
        var input = JSONObject()
        for member in target.members { input[member] = good[member] }
        if input["email"] != nil { input["email"] = .string("\(name)\(index)@example.com") }
        input[name] = value
        return .object(input)
    }

    private static func check(_ answer: TestAnswer, _ target: Target, _ sent: String) {
        let place = Comment(rawValue: "\(target.method) \(target.path) \(sent.prefix(200))")
        // Readiness says 503 where a busy machine's database does not answer in time.
        let mayBeUnready = target.path == "/health/ready" && answer.status == 503
        #expect(answer.status < 500 || mayBeUnready, place)
        #expect(answer[.xRequestID] != nil, place)
        if !answer.bytes.isEmpty, answer[.contentType]?.hasPrefix("application/json") == true {
            #expect((try? JSON(parsing: answer.bytes)) != nil, place)
        }
        for field in answer.response.fields where field.name != .setCookie {
            #expect(!field.value.contains("\n") && !field.value.contains("\0"), place)
        }
    }

    // MARK: Tests

    /// Served as well, and nobody asks them too often.
    private static var apps: SettingsChange {
        SettingsChange { settings in
            settings.apps = AppName.allCases
            settings.icons.perMinute = 100_000
            settings.icons.perDay = 100_000
            settings.studio.triggersPerMinute = 100_000
        }
    }

    @Test(arguments: Engine.tested)
    func `every member of every operation with every value`(on engine: Engine) async throws {
        try await withServer(on: engine, Self.apps) { client in
            _ = try await client.user()
            for (place, target) in try await Self.targets(client).enumerated() {
                let caller = try await Self.caller(client, place)
                for member in target.members {
                    for (index, value) in Self.values.enumerated() {
                        let input = Self.input(target, member, value, index)
                        let answer = await caller.send(
                            target.method, target.path,
                            Self.fields([.contentType: "application/json"], caller),
                            body: input.bytes())
                        Self.check(answer, target, input.description)
                    }
                }
            }
            let login = await client.post(
                "/api/v1/auth/login",
                ["email": "ada@example.com", "password": "Correct-horse-1"])
            #expect(login.status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `every operation with every body, head and query`(on engine: Engine) async throws {
        try await withServer(on: engine, Self.apps) { client in
            let user = try await client.user()
            for (place, target) in try await Self.targets(client).enumerated() {
                let caller = try await Self.caller(client, place)
                for body in Self.bodies {
                    let fields: Fields = body.type.map { [.contentType: $0] } ?? [:]
                    let answer = await caller.send(
                        target.method, target.path, Self.fields(fields, caller),
                        body: Array(body.text.utf8))
                    Self.check(answer, target, body.text)
                }
                for head in Self.heads {
                    let answer = await caller.send(
                        target.method, target.path, Self.fields(head, caller),
                        body: Array("{}".utf8))
                    Self.check(answer, target, "\(head)")
                }
                for query in Self.queries {
                    let answer = await caller.send(
                        target.method, target.path + "?" + query, Self.fields([:], caller))
                    Self.check(answer, target, query)
                }
            }
            #expect(await client.get("/api/auth/me", bearer: user.accessToken).status != 500)
        }
    }

    private static let segments = [
        "%00", "%FF", "..", "%2e%2e%2f", "x", "'", "-1", "{id}", "%20",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
    ]

    /// What is below stands behind guards that the other tests do not pass.
    @Test(arguments: Engine.tested)
    func `every operation of V1 by who is signed in`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            for (number, target) in try await Self.targets(client).enumerated()
            where target.path.hasPrefix("/api/v1/") {
                let user = try await client.user("u\(number)@example.com")
                let fields: Fields = [
                    .authorization: "Bearer " + user.accessToken, .contentType: "application/json",
                ]
                for (index, value) in Self.values.enumerated() {
                    let segment = Self.segments[index % Self.segments.count]
                    let path = Self.fill(target.path, segment)
                    for member in target.members.isEmpty ? ["none"] : target.members {
                        let input = Self.input(target, member, value, index)
                        let answer = await client.another().send(
                            target.method, path, fields, body: input.bytes())
                        Self.check(answer, target, "\(path) \(input)")
                    }
                }
                for query in ["limit=0", "limit=9e99", "cursor=x", "cursor=%00", "cursor=&limit=1"]
                {
                    let path = Self.fill(target.path, Self.segments[9]) + "?" + query
                    let answer = await client.another().send(target.method, path, fields)
                    Self.check(answer, target, path)
                }
            }
        }
    }

    /// A path with a text in the place of each parameter.
    private static func fill(_ path: String, _ text: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.first == "{" ? text : String($0) }.joined(separator: "/")
    }

    @Test(arguments: Engine.tested)
    func `what came is stored and shown as it is`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            for (index, name) in [
                "<b>Ada</b>", "'; DROP TABLE users; --", "O\u{2019}Neil \u{1F469}\u{200D}\u{1F467}",
                "\u{202E}adA", "Zo\u{e9} \\ \"q\"",
            ].enumerated() {
                let email = "u\(index)@example.com"
                let user = try await client.user(email, name: name)
                let me = await client.get("/api/v1/auth/me", bearer: user.accessToken)
                #expect(me.json["user"]?["name"] == .string(name))
            }
        }
    }
}
