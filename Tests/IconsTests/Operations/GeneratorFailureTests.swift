import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import Identity
import ProviderTesting
import SQL
import Server
import Testing
import Values

/// What clients are told when the model does not draw, at a Messages API of our own.
struct GeneratorFailureTests {
    /// The app with a model at an address; asked once, unless `retries` says otherwise.
    static func model(
        at address: String, timeLimit: TimeSpan = "55s", retries: Int = 0
    ) throws -> SettingsChange {
        let url = try ProviderURL(address)
        let key = try AnthropicSettings.Key("sk-ant-test")
        return SettingsChange { settings in
            settings.apps = [.icons]
            settings.icons.anthropic.key = key
            settings.icons.anthropic.baseURL = url
            settings.icons.anthropic.timeLimit = timeLimit
            settings.icons.anthropic.retries = Bounded(integerLiteral: retries)
            settings.icons.anthropic.model = SettingText(stored: "model-of-tests")
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let script: MessageScript
        let status: Int
        let code: String
        var message: String?
        var retryAfter: String?
        /// Whether it is something for the operator.
        var isLogged = false

        var testDescription: String { "\(script)" }
    }

    private static let cases = [
        Case(
            script: .noDrawing, status: 502, code: "GENERATION_FAILED",
            message: "No icon could be made: the answer has no drawing"),
        Case(
            script: .malformed, status: 502, code: "GENERATION_FAILED",
            message: "No icon could be made: the answer cannot be read"),
        Case(
            script: .truncated, status: 502, code: "GENERATION_FAILED",
            message: "No icon could be made: the answer is too long"),
        Case(
            script: .refusal, status: 502, code: "GENERATION_FAILED",
            message: "No icon could be made: the generator does not draw this"),
        Case(
            script: .drawing("<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>"),
            status: 502, code: "GENERATION_FAILED",
            message: "No icon could be made: what was drawn is no safe drawing"),
        Case(
            script: .unauthorized, status: 503, code: "GENERATOR_NOT_CONFIGURED", isLogged: true),
        Case(
            script: .unknownModel, status: 503, code: "GENERATOR_NOT_CONFIGURED", isLogged: true),
        Case(
            script: .limited(retryAfter: 7), status: 503, code: "GENERATOR_BUSY", retryAfter: "7"),
        Case(script: .overloaded, status: 503, code: "GENERATOR_BUSY", retryAfter: "30"),
        Case(script: .failing, status: 502, code: "GENERATOR_DOWN"),
        Case(script: .cut, status: 502, code: "GENERATOR_DOWN"),
    ]

    @Test(arguments: cases, Engine.tested)
    func `each failure has its answer, plain and as an event, and costs nothing`(
        _ one: Case, on engine: Engine
    ) async throws {
        let api = try FakeMessages([one.script])
        try await withServer(on: engine, try Self.model(at: api.address)) { client in
            let user = try await client.user()
            let plain = await client.post(
                "/api/icons", ["prompt": "A compass"], bearer: user.accessToken)
            #expect(plain.status == one.status)
            #expect(plain.code == one.code)
            #expect(plain[.retryAfter] == one.retryAfter)
            if let message = one.message { #expect(plain.message == message) }
            let streamed = await client.post(
                "/api/icons", ["prompt": "A compass"], bearer: user.accessToken,
                [.accept: "text/event-stream"])
            #expect(streamed.status == 200)
            let events = try await streamed.events()
            let last = try #require(events.last)
            #expect(last.name == "problem")
            #expect(last.json["status"] == .integer(Int64(one.status)))
            for name in ["error", "code", "message"] {
                #expect(last.json[name] == plain.json[name])
            }
            #expect(
                last.json["retryAfter"]?.asInteger == one.retryAfter.flatMap { Int64($0) })
            #expect(await client.leftToday(user) == 200)
            #expect(await client.get("/api/icons", bearer: user.accessToken).json["total"] == 0)
            let errors = client.log.takeErrors()
            #expect(errors.count == (one.isLogged ? 2 : 0))
            #expect(!client.log.lines.contains { $0.contains("sk-ant-test") })
        }
        await api.stop()
    }

    @Test(arguments: Engine.tested)
    func `a model that takes too long is given up`(on engine: Engine) async throws {
        let api = try FakeMessages([.slow])
        try await withServer(on: engine, try Self.model(at: api.address, timeLimit: "200ms")) {
            client in
            let user = try await client.user()
            let answer = await client.post(
                "/api/icons", ["prompt": "A compass"], bearer: user.accessToken)
            #expect(answer.status == 504)
            #expect(answer.code == "GENERATOR_TIMEOUT")
            #expect(await client.leftToday(user) == 200)
        }
        await api.stop()
    }

    @Test(arguments: Engine.tested)
    func `without a key nothing else draws in the model's place`(on engine: Engine) async throws {
        let model = SettingsChange { settings in
            settings.apps = [.icons]
            settings.icons.generator = .anthropic
        }
        try await withServer(on: engine, model) { client in
            let user = try await client.user()
            let answer = await client.post(
                "/api/icons", ["prompt": "A compass"], bearer: user.accessToken)
            #expect(answer.status == 503)
            #expect(answer.code == "GENERATOR_NOT_CONFIGURED")
            #expect(client.log.takeErrors().joined().contains("set ANTHROPIC_API_KEY"))
            let who = await client.get("/api/icons/generator", bearer: user.accessToken)
            #expect(who.json["generator"] == "anthropic")
        }
    }

    // S1-13
    @Test(arguments: Engine.tested)
    func `S1-13: the model is asked by the server, and no answer has the key`(on engine: Engine)
        async throws
    {
        let api = try FakeMessages([.fenced, .success])
        try await withServer(on: engine, try Self.model(at: api.address)) { client in
            let user = try await client.user()
            for _ in 1...2 {
                let icon = try await client.drawn("A compass", by: user)
                #expect(icon.json["generator"] == "anthropic")
                #expect(icon.json["model"] == "model-of-tests")
                #expect(!icon.json.description.contains("sk-ant-test"))
            }
            let who = await client.get("/api/icons/generator", bearer: user.accessToken)
            #expect(who.json["model"] == "model-of-tests")
            #expect(!who.text.contains("sk-ant-test"))
            #expect(api.received.allSatisfy { $0.fields["x-api-key"] == "sk-ant-test" })
            #expect(await client.leftToday(user) == 198)
        }
        await api.stop()
    }

    @Test(arguments: Engine.tested)
    func `a model that is busy is asked again, and whoever waits is told`(on engine: Engine)
        async throws
    {
        let api = try FakeMessages([.limited(retryAfter: 0), .success])
        try await withServer(on: engine, try Self.model(at: api.address, retries: 1)) { client in
            let user = try await client.user()
            let answer = await client.post(
                "/api/icons", ["prompt": "A compass"], bearer: user.accessToken,
                [.accept: "text/event-stream"])
            let events = try await answer.events()
            #expect(events.last?.name == "icon")
            let stages = events.compactMap { $0.json["stage"]?.asString }
            #expect(stages.prefix(3) == ["asked", "waiting", "asked"])
            #expect(stages.last == "drawn")
        }
        await api.stop()
    }

    /// Of what a model draws, only what is safe is kept.
    @Test(arguments: Engine.tested)
    func `a drawing is made safe before anybody sees it`(on engine: Engine) async throws {
        let evil = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" onload="alert(1)">\
            <script>alert(1)</script><a href="javascript:alert(1)"><circle id="c" r="4"/></a>\
            <path d="M0 0h9" onclick="alert(1)" fill="url(https://evil.example/#a)"/></svg>
            """
        let api = try FakeMessages([.drawing(evil)])
        try await withServer(on: engine, try Self.model(at: api.address)) { client in
            let user = try await client.user()
            let icon = try await client.drawn("A compass", by: user)
            let texts = [
                icon.json.description,
                await client.get(icon.path + "/svg", bearer: user.accessToken).text,
            ]
            for text in texts {
                #expect(text.contains("M0 0h9"))
                for word in ["script", "alert", "onload", "onclick", "evil.example", "href"] {
                    #expect(!text.contains(word), "\(word)")
                }
            }
        }
        await api.stop()
    }

    @Test(arguments: Engine.tested, [true, false])
    func `the model is left when the client leaves, and nothing is kept`(
        on engine: Engine, isStreamed: Bool
    ) async throws {
        let api = try FakeMessages([.stuck])
        try await withServer(on: engine, try Self.model(at: api.address)) { client in
            let user = try await client.user()
            let accept: Fields = isStreamed ? [.accept: "text/event-stream"] : [:]
            let request = client.server.loops.any.spawn {
                let answer = await client.another().post(
                    "/api/icons", ["prompt": "A compass"], bearer: user.accessToken, accept)
                _ = try? await answer.events()
            }
            while api.received.isEmpty { await Task.yield() }
            request.cancel()
            await request.value
            await api.untilAbandoned()
            #expect(await client.get("/api/icons", bearer: user.accessToken).json["total"] == 0)
            // The model was at work, so the place is used.
            #expect(await client.leftToday(user) == 199)
        }
        await api.stop()
    }
}
