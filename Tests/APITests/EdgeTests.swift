import API
import Coding
import HTTP
import Logs
import Testing
import Values

/// What stands around every answer: its id, CORS, limits and the log.
struct EdgeTests {
    private static let caller = Guard<Void>(schemes: [], failures: [.unauthorized]) { call in
        guard let user = call.request[.authorization] else { throw Failure.unauthorized }
        call.note(userID: user)
    }

    private func makeAPI(
        origins: Set<String> = [], traffic: TrafficLimit? = nil, isQuiet: Bool = false
    ) throws -> TestAPI {
        var options = Application.Options()
        options.allowedOrigins = origins
        options.traffic = traffic
        options.logsRequests = !isQuiet
        return try TestAPI(options) {
            Operation("open", .get, "/open", "Open.") { (_: NoInput, call) in
                Text(call.requestID)
            }
            Operation("own", .get, "/own", "Own.", guard: Self.caller) { (_: NoInput, _, _) in
                Text("own")
            }
            Operation("change", .put, "/open", "Change.") { (_: NoInput, _) in Text("put") }
        }
    }

    // MARK: Request ids

    @Test func `a request's id is taken over and given back`() async throws {
        let answer = try await makeAPI().send(.get, "/plain/open", [.xRequestID: "a-B_c.9"])
        #expect(answer[.xRequestID] == "a-B_c.9")
        #expect(answer.json?["text"] == "a-B_c.9")
    }

    @Test(arguments: [
        "", "a b", "a\"b", "<script>", "é", "a;b", String(repeating: "x", count: 65), "a\tb",
    ])
    func `an id that is no plain word is replaced`(_ sent: String) async throws {
        let answer = try await makeAPI().send(.get, "/plain/open", [.xRequestID: sent])
        let id = try #require(answer[.xRequestID])
        #expect(id != sent)
        #expect(id.utf8.count == 15)
    }

    @Test func `ids made here differ, also where nothing was found`() async throws {
        let api = try makeAPI()
        let first = await api.send(.get, "/plain/open")[.xRequestID]
        let second = await api.send(.get, "/nowhere")[.xRequestID]
        #expect(first != nil && second != nil)
        #expect(first != second)
    }

    // MARK: CORS (S0-11, S1-19, S2-7)

    @Test func `an allowed origin may read answers with credentials`() async throws {
        let api = try makeAPI(origins: ["http://localhost:3001"])
        for path in ["/plain/open", "/plain/own", "/plain/missing", "/nowhere"] {
            let answer = await api.send(.get, path, [.origin: "http://localhost:3001"])
            #expect(answer[.accessControlAllowOrigin] == "http://localhost:3001")
            #expect(answer[.accessControlAllowCredentials] == "true")
            #expect(answer[.accessControlExposeHeaders]?.contains("X-Request-Id") == true)
            #expect(answer[.vary] == "origin")
        }
    }

    @Test(arguments: [
        "http://localhost:3000", "https://localhost:3001", "http://localhost:3001/", "null",
        "http://localhost:3001.evil.example", "http://LOCALHOST:3001", "*",
    ])
    func `any other origin gets nothing`(_ origin: String) async throws {
        let api = try makeAPI(origins: ["http://localhost:3001"])
        let answer = await api.send(.get, "/plain/open", [.origin: origin])
        #expect(answer.status == 200)
        #expect(answer[.accessControlAllowOrigin] == nil)
        #expect(answer[.accessControlAllowCredentials] == nil)
        #expect(answer[.vary] == "origin")
        let preflight = await api.send(
            .options, "/plain/open", [.origin: origin, .accessControlRequestMethod: "PUT"])
        #expect(preflight[.accessControlAllowOrigin] == nil)
        #expect(preflight[.accessControlAllowMethods] == nil)
    }

    @Test func `answers vary on the origin even where none was sent`() async throws {
        let api = try makeAPI(origins: ["http://localhost:3001"])
        let answer = await api.send(.get, "/plain/open")
        #expect(answer[.accessControlAllowOrigin] == nil)
        #expect(answer[.vary] == "origin")
    }

    @Test func `a preflight says what may be sent`() async throws {
        let api = try makeAPI(origins: ["http://localhost:3001"])
        let answer = await api.send(
            .options, "/plain/open",
            [.origin: "http://localhost:3001", .accessControlRequestMethod: "PUT"])
        #expect(answer.status == 204)
        #expect(answer[.accessControlAllowOrigin] == "http://localhost:3001")
        #expect(answer[.accessControlAllowMethods]?.contains("PATCH") == true)
        #expect(answer[.accessControlAllowHeaders]?.contains("Authorization") == true)
        #expect(answer[.accessControlMaxAge] == "86400")
        #expect(answer[.vary] == "origin")
        // An OPTIONS that is no preflight is a method like any other.
        #expect(await api.send(.options, "/plain/open").status == 405)
    }

    // MARK: Traffic limits

    @Test func `answers show where the caller stands`() async throws {
        let api = try makeAPI(traffic: TrafficLimit(requests: 2, seconds: 60))
        func send(_ user: String) async -> Answer {
            await api.send(.get, "/plain/own", [.authorization: user])
        }
        let first = await send("ada")
        #expect(first[.rateLimitLimit] == "2")
        #expect(first[.rateLimitRemaining] == "1")
        #expect(first[.rateLimitReset] == "60")
        api.clock.advance(by: .seconds(10))
        #expect(await send("ada")[.rateLimitReset] == "50")
        let over = await send("ada")
        #expect(over.status == 429)
        #expect(over.code == "tooManyRequests")
        #expect(over[.retryAfter] == "50")
        #expect(over[.rateLimitRemaining] == "0")
        #expect(await send("bob").status == 200)
        api.clock.advance(by: .seconds(50))
        #expect(await send("ada").status == 200)
    }

    @Test func `who is not signed in counts for his network`() async throws {
        let api = try makeAPI(traffic: TrafficLimit(requests: 3, seconds: 60))
        func send(_ path: String, _ address: String) async throws -> Int {
            let ip = try #require(IPAddress(address))
            let peer = SocketAddress(ip, port: 1)
            let request = Request(
                .get, path, connection: ConnectionInfo(peer: peer, local: peer))
            return Int(await api.application.respond(to: request).status.code)
        }
        #expect(try await send("/plain/open", "2001:db8::1") == 200)
        #expect(try await send("/plain/own", "2001:db8::2") == 401)
        #expect(try await send("/plain/open", "2001:db8::3") == 200)
        #expect(try await send("/plain/own", "2001:db8::4") == 429)
        #expect(try await send("/plain/open", "2001:db8:0:1::1") == 200)
        #expect(try await send("/plain/open", "192.0.2.1") == 200)
    }

    @Test func `without a limit there are no fields of one`() async throws {
        let answer = try await makeAPI().send(.get, "/plain/open")
        #expect(answer[.rateLimitLimit] == nil)
    }

    // MARK: The log (S3-34, S3-35)

    @Test func `each request is one line of JSON`() async throws {
        let api = try makeAPI()
        _ = await api.send(
            .get, "/plain/own?token=secret", [.xRequestID: "abc", .authorization: "ada"])
        #expect(
            api.log.objects == [
                [
                    "timestamp": .string(api.clock.now.description), "level": "INFO",
                    "message": "GET /plain/own", "userId": "ada", "requestId": "abc",
                    "duration": 0, "status": 200,
                ]
            ])
        _ = await api.send(.get, "/nowhere", [.xRequestID: "def"])
        #expect(api.log.objects.last?["status"] == 404)
        #expect(api.log.objects.last?["userId"] == nil)
        #expect(!api.log.lines.joined().contains("secret"))
    }

    @Test func `requests may be left out of the log`() async throws {
        let api = try makeAPI(isQuiet: true)
        _ = await api.send(.get, "/plain/open")
        #expect(api.log.lines.isEmpty)
    }
}
