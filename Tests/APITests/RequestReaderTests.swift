import API
import Coding
import HTTP
import Testing
import Values

/// S3-16: an operation runs with good input only, and the answer names
/// all that is wrong with the rest.
struct RequestReaderTests {
    private struct Update: Codable, Sendable {
        let id: Int
        let name: String
        let count: Int?
        let tags: [String]?
    }

    private struct Search: Codable, Sendable {
        let page: Int?
        let isOpen: Bool?
        let word: String?
    }

    private struct Login: Codable, Sendable {
        let email: EmailAddress
        let password: String
    }

    private static func loginOptions() -> RouteOptions {
        var options = RouteOptions.accepting(.form, .json)
        options.bodyBytesMax = 200
        options.rules = [
            FieldRule("password") { $0.contains("!") ? [] : [.rule("mark"), .tooShort(min: 9)] }
        ]
        return options
    }

    private func makeAPI(_ change: (inout Surface) -> Void = { _ in }) throws -> TestAPI {
        var surface = Plain.surface()
        change(&surface)
        return try TestAPI(surface: surface) {
            Operation("update", .patch, "/things/:id", "Update.") { (input: Update, _) in
                Text(
                    "\(input.id) \(input.name) \(input.count ?? 0) "
                        + (input.tags ?? []).joined(separator: "+"))
            }
            Operation("search", .get, "/things", "Search.") { (input: Search, _) in
                Text("\(input.page ?? 1) \(input.isOpen ?? false) \(input.word ?? "")")
            }
            Operation("login", .post, "/login", "Sign in.", options: Self.loginOptions()) {
                (input: Login, _) in
                Text("\(input.email) \(input.password)")
            }
            Operation("ping", .post, "/ping", "Ping.") { (_: NoInput, _) in Text("pong") }
        }
    }

    private func text(_ answer: Answer) -> String? { answer.json?["text"]?.asString }

    @Test func `fields come from the path and the body`() async throws {
        let answer = try await makeAPI().send(
            .patch, "/plain/things/7", [.contentType: "application/json; charset=utf-8"],
            body: #"{"name":"x","count":3,"tags":["a","b"],"id":99}"#)
        #expect(text(answer) == "7 x 3 a+b")
    }

    @Test func `fields of a GET come from the query, read loosely`() async throws {
        let api = try makeAPI()
        let some = await api.send(.get, "/plain/things?page=5&isOpen=true&word=a+b%C3%A9&other=1")
        #expect(text(some) == "5 true a bé")
        #expect(text(await api.send(.get, "/plain/things")) == "1 false ")
        let bad = await api.send(.get, "/plain/things?page=x&isOpen=5")
        #expect(bad.status == 400)
        #expect(bad.fieldErrors.count == 2)
        #expect(bad.fieldErrors.allSatisfy { $0.hasPrefix("query ") })
        let broken = await api.send(.get, "/plain/things?page=%zz")
        #expect(broken.status == 400)
    }

    @Test func `every bad field is named, in order`() async throws {
        let answer = try await makeAPI().send(
            .patch, "/plain/things/x", [.contentType: "application/json"],
            body: #"{"count":"3","tags":["a",5]}"#)
        #expect(answer.status == 400)
        #expect(
            answer.fieldErrors == [
                "path id: wrongType(expected: Values.Invalid.Kind.integer, "
                    + "received: Values.Invalid.Kind.string)",
                "body name: missing(expected: Values.Invalid.Kind.string)",
                "body count: wrongType(expected: Values.Invalid.Kind.integer, "
                    + "received: Values.Invalid.Kind.string)",
                "body tags[1]: wrongType(expected: Values.Invalid.Kind.string, "
                    + "received: Values.Invalid.Kind.integer)",
            ])
    }

    @Test func `forms are read where a route takes them`() async throws {
        let api = try makeAPI()
        let form: Fields = [.contentType: "application/x-www-form-urlencoded"]
        let good = await api.send(
            .post, "/plain/login", form, body: "email=A%40b.co&password=p%20q!")
        #expect(text(good) == "a@b.co p q!")
        let bad = await api.send(.post, "/plain/login", form, body: "email=nope&password=short")
        #expect(
            bad.fieldErrors == [
                "body email: malformed(Values.Invalid.Format.email)",
                #"body password: rule("mark")"#, "body password: tooShort(min: 9)",
            ])
        let broken = await api.send(.post, "/plain/login", form, body: "email=%zz&password=a")
        #expect(broken.status == 400)
        let elsewhere = await api.send(.patch, "/plain/things/7", form, body: "name=x")
        #expect(elsewhere.status == 415)
        #expect(
            elsewhere.message == "refused application/x-www-form-urlencoded application/json")
    }

    @Test func `rules that settings bring are told beside wrong types`() async throws {
        let api = try makeAPI()
        let rules = await api.post("/plain/login", #"{"email":"a@b.co","password":"long"}"#)
        #expect(
            rules.fieldErrors == [
                #"body password: rule("mark")"#, "body password: tooShort(min: 9)",
            ])
        let types = await api.post("/plain/login", #"{"password":7}"#)
        #expect(
            types.fieldErrors.map { $0.prefix { $0 != ":" } } == ["body email", "body password"])
        let missing = await api.post("/plain/login", #"{"email":"a@b.co"}"#)
        #expect(missing.fieldErrors.count == 1)
    }

    @Test(arguments: [
        "", "nothing", "{", #"{"email":"#, #"{"email":"a@b.co",}"#, "{}}", "\u{0}", "{'a':1}",
        #"{"email":"\ud800"}"#, #"{"a":1,"a":2}"#,
    ])
    func `a body that is no JSON is refused`(body: String) async throws {
        let answer = try await makeAPI().post("/plain/login", body)
        #expect(answer.status == 400)
        if !body.isEmpty { #expect(answer.code == "malformedBody") }
    }

    @Test func `a body that is too deep or no UTF-8 is refused`() async throws {
        let api = try makeAPI()
        let deep = String(repeating: "[", count: 80) + String(repeating: "]", count: 80)
        #expect(await api.post("/plain/login", deep).code == "malformedBody")
        let request = Request(
            .post, "/plain/login", fields: [.contentType: "application/json"],
            body: Array(#"{"email":""#.utf8) + [0xff, 0xfe] + Array(#""}"#.utf8))
        let answer = Answer(await api.application.respond(to: request))
        #expect(answer.code == "malformedBody")
    }

    @Test func `JSON of another shape names the body`() async throws {
        for body in ["[1]", "null", "5", #""text""#, "true"] {
            let answer = try await makeAPI().post("/plain/login", body)
            #expect(answer.status == 400)
            #expect(answer.fieldErrors.count == 1)
            #expect(answer.fieldErrors[0].hasPrefix("body : wrongType(expected: "))
        }
    }

    @Test func `a body above the bound is 413, whatever it says`() async throws {
        let api = try makeAPI()
        let long = #"{"email":"a@b.co","password":"\#(String(repeating: "!", count: 300))"}"#
        #expect(await api.post("/plain/login", long).status == 413)
        // The other route has the usual bound.
        #expect(await api.post("/plain/ping", long).status == 200)
        let huge = String(repeating: " ", count: 1 << 20) + "{}"
        #expect(await api.post("/plain/ping", huge).status == 413)
    }

    @Test func `other media types are 415 and named`() async throws {
        let api = try makeAPI()
        for type in ["text/plain", "application/json-patch", "multipart/form-data; boundary=x"] {
            let answer = await api.send(.post, "/plain/login", [.contentType: type], body: "{}")
            #expect(answer.status == 415)
            #expect(answer.message?.contains(type.prefix { $0 != ";" }) == true)
        }
        let nonsense = await api.send(.post, "/plain/login", [.contentType: "…"], body: "{}")
        #expect(nonsense.status == 415)
    }

    @Test func `an operation without input takes any JSON object, or no body`() async throws {
        let api = try makeAPI()
        #expect(text(await api.send(.post, "/plain/ping")) == "pong")
        #expect(text(await api.post("/plain/ping", "{}")) == "pong")
        #expect(text(await api.post("/plain/ping", "")) == "pong")
        #expect(text(await api.send(.post, "/plain/ping", body: #"{"x":1}"#)) == "pong")
    }

    @Test func `a body without a type is JSON, or nothing where the surface says so`() async throws
    {
        let body = #"{"email":"a@b.co","password":"!"}"#
        let usual = try await makeAPI().send(.post, "/plain/login", body: body)
        #expect(text(usual) == "a@b.co !")
        let strict = try await makeAPI { $0.ignoresBodyWithoutType = true }
            .send(.post, "/plain/login", body: body)
        #expect(strict.fieldErrors.count == 2)
        let named = try makeAPI { surface in
            surface.ignoresBodyWithoutType = true
            surface.namesAbsentBody = true
        }
        let absent = await named.send(.post, "/plain/login", body: body)
        #expect(
            absent.fieldErrors == ["body : missing(expected: Values.Invalid.Kind.object)"])
    }

    @Test func `bad values are never repeated`() async throws {
        let answer = try await makeAPI().post(
            "/plain/login", #"{"email":"secret-value","password":["secret-value"]}"#)
        #expect(answer.status == 400)
        #expect(!answer.text.contains("secret-value"))
    }

    @Test func `a surface looks at a request before its fields are read`() async throws {
        let api = try makeAPI { surface in
            surface.admit = { call, input in
                if try input.bodyMember("email") == .string("refuse") { throw Failure.forbidden }
            }
        }
        #expect(await api.post("/plain/login", #"{"email":"refuse"}"#).status == 403)
        #expect(await api.post("/plain/login", #"{"email":"other"}"#).status == 400)
    }
}
