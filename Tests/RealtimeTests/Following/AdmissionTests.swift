import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing

/// Who may open a connection, and listen to what.
@Suite(.timeLimit(.minutes(3))) struct AdmissionTests {
    @Test(arguments: ["/api/websocket", "/api/realtime"])
    func `both addresses open a socket`(_ path: String) async throws {
        try await withRealtime(on: .sqlite) { client in
            let ada = try await client.user()
            let socket = try await client.socket(path, bearer: ada.accessToken)
            #expect(await socket.next()?["user"] == .string(ada.id))
        }
    }

    @Test(arguments: Engine.tested)
    func `a session is shown by bearer, by subprotocol, or in the first message`(
        on engine: Engine
    ) async throws {
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            let offered = "atrium, bearer." + ada.accessToken
            let byProtocol = try await client.socket(
                "/api/websocket",
                [
                    .secWebSocketProtocol: offered
                ])
            #expect(byProtocol.subprotocol == "atrium")
            #expect(await byProtocol.next()?["user"] == .string(ada.id))
            let byMessage = try await client.socket()
            #expect(await byMessage.next() == ["type": "hello", "user": .null])
            #expect(
                await byMessage.refusal(
                    ["type": "subscribe", "id": 1, "topic": "resources/items"])
                    == "UNAUTHORIZED")
            #expect(
                await byMessage.refusal(["type": "auth", "id": 2, "token": "wrong"])
                    == "UNAUTHORIZED")
            let answer = await byMessage.ask(
                ["type": "auth", "id": 3, "token": .string(ada.accessToken)])
            #expect(answer == ["type": "ack", "id": 3, "user": .string(ada.id)])
            try await byMessage.subscribe("resources/items")
            _ = try await client.make("items", ["name": "Engine"], by: ada)
            #expect(await byMessage.next("event")?.line == "created Engine")
        }
    }

    @Test func `a cookie counts for pages of trusted origins, and other pages are refused`()
        async throws
    {
        try await withRealtime(on: .sqlite) { client in
            let browser = client.browser()
            let answer = await browser.post(
                "/api/auth/sign-up/email",
                [
                    "email": "ada@example.com", "password": .string(TestClient.password),
                    "name": "Ada",
                ])
            try #require(answer.status == 200, "\(answer.text)")
            let id = answer.json["user"]?["id"]
            let own = try await browser.socket(
                "/api/websocket", [.origin: client.server.settings.effectiveBaseURL])
            #expect(await own.next()?["user"] == id)
            // No browser: it names no origin.
            let program = try await browser.socket()
            #expect(await program.next()?["user"] == id)
            var fields = TestClient.handshake
            fields[.origin] = "https://evil.example"
            let evil = await browser.get("/api/websocket", fields)
            #expect(evil.status == 403)
            // C9: one plain word, unless JSON is asked for.
            #expect(evil.text == "Forbidden")
            fields[.accept] = "application/json"
            let json = await browser.get("/api/websocket", fields)
            #expect(json.json["error"]?["code"] == "FORBIDDEN")
            // Without a cookie there is nothing to abuse.
            let stranger = try await client.another().socket(
                "/api/websocket", [.origin: "https://evil.example"])
            #expect(await stranger.next()?["user"] == .null)
        }
    }

    @Test func `credentials that are wrong open nothing`() async throws {
        try await withRealtime(on: .sqlite) { client in
            for fields: Fields in [
                [.authorization: "Bearer nonsense"], [FieldName("x-api-key"): "nonsense"],
                [.secWebSocketProtocol: "atrium, bearer.nonsense"],
            ] {
                var all = TestClient.handshake
                for field in fields { all[field.name] = field.value }
                let answer = await client.another().get("/api/websocket", all)
                #expect(answer.status == 401)
                #expect(answer.text == "Unauthorized")
            }
            #expect(await client.get("/api/websocket").status == 426)
            #expect(await client.get("/api/websocket")[.upgrade] == "websocket")
        }
    }

    @Test(arguments: Engine.tested)
    func `strangers hear what rules show to anyone, and nothing else`(
        on engine: Engine
    ) async throws {
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            let socket = try await client.socket()
            try await socket.subscribe("resources/notices")
            for (topic, code) in [
                ("resources/items", "UNAUTHORIZED"), ("resources/plans", "UNAUTHORIZED"),
                ("resources/users", "TOPIC_NOT_FOUND"), ("studio/sessions/1", "TOPIC_NOT_FOUND"),
            ] {
                #expect(
                    await socket.refusal(
                        ["type": "subscribe", "id": .string(topic), "topic": .string(topic)])
                        == code)
            }
            _ = try await client.make("items", ["name": "hers"], by: ada)
            _ = try await client.make("notices", ["text": "for all"], by: ada)
            #expect(await socket.next("event")?.line == "created for all")
        }
    }

    @Test(arguments: Engine.tested)
    func `an API key listens to what its scopes name`(on engine: Engine) async throws {
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            let made = await client.ask(
                .post, "api-keys", ["name": "reader", "scopes": ["items:read"]], by: ada)
            let key = try #require(made.json["key"]?.asString, "\(made.text)")
            let socket = try await client.socket(
                "/api/websocket", [FieldName("x-api-key"): key])
            try await socket.subscribe("resources/items")
            #expect(
                await socket.refusal(
                    ["type": "subscribe", "id": 1, "topic": "resources/plans"])
                    == "MISSING_SCOPE")
            _ = try await client.make("items", ["name": "Engine"], by: ada)
            #expect(await socket.next("event")?.line == "created Engine")
            let id = try #require(
                made.json["apiKey"]?["id"]?.asString ?? made.json["id"]?.asString,
                "\(made.text)")
            let revoked = await client.ask(.delete, "api-keys/\(id)", by: ada)
            try #require(revoked.status < 300, "\(revoked.text)")
            await client.server.checkRealtime()
            #expect(await socket.end?.code.code == 4401)
        }
    }

    @Test(arguments: Engine.tested)
    func `a session that ends takes its sockets with it, and no others`(
        on engine: Engine
    ) async throws {
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            let bob = try await client.user("bob@example.com")
            let hers = try await client.socket(bearer: ada.accessToken)
            try await hers.subscribe("resources/items")
            let late = try await client.socket()
            _ = await late.ask(["type": "auth", "id": 1, "token": .string(ada.accessToken)])
            let his = try await client.socket(bearer: bob.accessToken)
            let answer = await client.post(
                "/api/v1/auth/logout", ["refreshToken": .string(ada.refreshToken)],
                bearer: ada.accessToken)
            try #require(answer.status < 300, "\(answer.text)")
            for socket in [hers, late] {
                let end = await socket.end
                #expect(end?.code.code == 4401)
                #expect(end?.reason.hasPrefix("SESSION_ENDED") == true)
            }
            #expect(his.isOpen)
        }
    }

    @Test(arguments: Engine.tested)
    func `a session that expires, or ends unheard, is found by looking`(
        on engine: Engine
    ) async throws {
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            let socket = try await client.socket(bearer: ada.accessToken)
            await client.server.checkRealtime()
            #expect(socket.isOpen)
            client.clock.advance(by: .days(400))
            await client.server.checkRealtime()
            #expect(await socket.end?.code.code == 4401)
        }
    }

    @Test func `who is nobody and wants nothing may not stay`() async throws {
        try await withRealtime(on: .sqlite) { client in
            let deaf = try await client.socket()
            let listening = try await client.socket()
            try await listening.subscribe("resources/notices")
            client.clock.advance(by: .seconds(9))
            await client.server.checkRealtime()
            #expect(deaf.isOpen)
            client.clock.advance(by: .seconds(1))
            await client.server.checkRealtime()
            #expect(await deaf.end?.reason.hasPrefix("UNAUTHORIZED") == true)
            #expect(listening.isOpen)
        }
    }
}
