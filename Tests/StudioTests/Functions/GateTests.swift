import API
import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import Identity
import SQL
import Testing
import Values

@testable import Server
@testable import Studio

/// S4-14, S4-19, S4-20, S4-21: who may ask, on every path of the studio's.
struct GateTests {
    private static let id = "01900000-0000-7000-8000-000000000000"

    /// Each route, and what it takes at least.
    private static let routes: [(method: HTTP.Method, path: String, scope: String)] = [
        (.get, "/api/studio/creator", "read"), (.patch, "/api/studio/creator", "write"),
        (.post, "/api/studio/overlay/renew", "write"),
        (.post, "/api/brand-kit", "write"), (.get, "/api/brand-kit", "read"),
        (.get, "/api/brand-kit/" + id, "read"), (.put, "/api/brand-kit/" + id, "write"),
        (.delete, "/api/brand-kit/" + id, "write"), (.get, "/api/sessions", "read"),
        (.post, "/api/sessions/start", "write"), (.post, "/api/sessions/pause", "write"),
        (.post, "/api/sessions/resume", "write"), (.post, "/api/sessions/end", "write"),
        (.get, "/api/sessions/\(id)/status", "read"), (.get, "/api/effects", "read"),
        (.post, "/api/effects/trigger", "write"), (.delete, "/api/effects/" + id, "write"),
    ]

    @Test func `each route of the studio is tried`() throws {
        var settings = Settings()
        settings.apps = [.studio]
        let routes = try Blueprint.program(settings).mount.routes.filter {
            // Uploads are tried with forms: UploadTests.
            $0.surface.name == Studio.name && $0.route.id != "uploadEffect"
        }
        #expect(Set(routes.map(\.route.id)).count == Self.routes.count)
    }

    // S4-19 S4-14
    @Test func `who is nobody is told so in one word, unless he names JSON`() async throws {
        try await withServer(on: .sqlite, served()) { client in
            let user = try await client.user()
            for (method, path, _) in Self.routes {
                for bearer in [nil, "nonsense", user.accessToken + "x", "a.b.c"] {
                    let json: JSON? = method == .get || method == .delete ? nil : [:]
                    let answer = await client.ask(method, path, json, bearer: bearer)
                    #expect(answer.status == 401, "\(method) \(path)")
                    #expect(answer.text == "Unauthorized")
                    #expect(answer[.contentType] == "text/plain; charset=utf-8")
                    #expect(answer[.wwwAuthenticate] == "Bearer")
                    let named = await client.ask(
                        method, path, json, bearer: bearer, [.accept: "application/json"])
                    #expect(named.status == 401)
                    #expect(
                        named.json == [
                            "error": "Unauthorized", "code": "UNAUTHORIZED",
                            "message": "Unauthorized",
                        ])
                }
            }
        }
    }

    // S4-19
    @Test(arguments: Engine.tested)
    func `who is gone is nobody, though his token is still good`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            #expect(await ada.ask(.get, "/api/effects").status == 200)
            let accounts = UserAccounts(client.server.program.identity, client.clock.clock)
            _ = try await accounts.delete(try #require(ID<User>(ada.user.id)))
            let answer = await ada.ask(.get, "/api/effects")
            #expect(answer.status == 401)
            #expect(answer.text == "Unauthorized")
        }
    }

    // S4-21
    @Test(arguments: Engine.tested)
    func `a token that expires is refreshed, and the studio goes on`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let id = try await ada.start()
            client.clock.advance(by: .minutes(16))
            #expect(await ada.trigger("confetti", on: id).text == "Unauthorized")
            let refreshed = await client.another().post(
                "/api/auth/refresh", ["refreshToken": .string(ada.user.refreshToken)])
            let token = try #require(refreshed.json["accessToken"]?.asString)
            let answer = await client.another().ask(
                .post, "/api/effects/trigger",
                ["effectId": "confetti", "sessionId": .string(id)], bearer: token)
            #expect(answer.status == 200, "\(answer.text)")
        }
    }

    // S4-20
    @Test(arguments: Engine.tested)
    func `an effect above one's tier is forbidden, in one word`(on engine: Engine) async throws {
        try await withServer(on: engine, served { $0.triggersPerMinute = 1000 }) { client in
            let ada = try await TestCreator(client)
            let id = try await ada.start()
            let socket = try await ada.socket()
            for tier in Studio.Tier.allCases {
                try await ada.become(tier)
                for effect in BuiltInEffects.all {
                    let answer = await ada.trigger(effect.id, on: id)
                    let said = await socket.ask([
                        "type": "effect.trigger", "id": .string(tier.rawValue + effect.id),
                        "effectId": .string(effect.id), "sessionId": .string(id),
                    ])
                    if effect.tier <= tier {
                        #expect(answer.status == 200, "\(effect.id) \(tier)")
                        #expect(said?["type"] == "ack")
                    } else {
                        #expect(answer.status == 403, "\(effect.id) \(tier)")
                        #expect(answer.text == "Forbidden")
                        #expect(said?["code"] == "FORBIDDEN")
                    }
                }
            }
            try await ada.become(.free)
            let named = await ada.ask(
                .post, "/api/effects/trigger",
                ["effectId": "glitch", "sessionId": .string(id)], [.accept: "application/json"])
            #expect(
                named.json == ["error": "Forbidden", "code": "FORBIDDEN", "message": "Forbidden"])
        }
    }

    // S4-20
    @Test func `a guard asks for a tier of whom the one before it has found`() async throws {
        try await withServer(on: .sqlite, served()) { client in
            let ada = try await TestCreator(client)
            let gate = client.server.program.studio.gate
            let call = Call(
                request: Request(
                    .get, "/", fields: [.authorization: "Bearer " + ada.user.accessToken]),
                now: client.clock.now, requestID: "1", logger: .none)
            for held in Studio.Tier.allCases {
                try await ada.become(held)
                for asked in Studio.Tier.allCases {
                    let check = gate.creators(with: .studioRead, asked).check
                    if held >= asked {
                        #expect(try await check(call).tier == held)
                    } else {
                        await #expect(throws: Failure.forbidden) { try await check(call) }
                    }
                }
            }
        }
    }

    // S4-14
    @Test(arguments: Engine.tested)
    func `an API key does what its scopes name, as a request and as a message`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let reader = try await client.apiKey(of: ada.user, ["studio:read"])
            let writer = try await client.apiKey(of: ada.user, ["studio:write"])
            for (method, path, scope) in Self.routes {
                let json: JSON? = method == .get || method == .delete ? nil : [:]
                for (key, held) in [(reader, "read"), (writer, "write")] {
                    let answer = await client.another().ask(method, path, json, key: key)
                    let isRefused = answer.code == "MISSING_SCOPE"
                    #expect(isRefused == (held != scope), "\(method) \(path) \(answer.text)")
                }
            }
            let id = try await ada.start()
            let message: JSON = [
                "type": "effect.trigger", "id": 1, "effectId": "confetti",
                "sessionId": .string(id),
            ]
            let reading = try await client.another().socket(
                bearer: nil, [FieldName("x-api-key"): reader])
            #expect(await reading.refusal(message) == "MISSING_SCOPE")
            #expect(await reading.follow(id)?["type"] == "ack")
            let writing = try await client.another().socket(
                bearer: nil, [FieldName("x-api-key"): writer])
            #expect(await writing.ask(message)?["type"] == "ack")
            #expect(await writing.follow(id)?["code"] == "MISSING_SCOPE")
            let key = try await ada.overlayKey(id)
            #expect(await writing.follow(id, key: key)?["type"] == "ack")
        }
    }
}
