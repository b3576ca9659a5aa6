import API
import Coding
import DatabaseTesting
import Foundation
import HTTP
import Logs
import Loop
import SQL
import Testing
import Values

@testable import Server

/// A server without sockets, on a fresh database.
func withServer(
    on engine: Engine = .sqlite, _ change: (inout Settings) throws -> Void = { _ in },
    _ body: @escaping @Sendable (Server) async throws -> Void
) async throws {
    let place = try CommandPlace(on: engine)
    defer { place.remove() }
    let flags =
        [("data", place.directory)] + [
            ("database.url", String(place.options[3].dropFirst("database.url=".count)))
        ]
    var settings = try load(flags: flags).settings
    try change(&settings)
    let server = try await Server.open(
        settings, Ambient(clock: .system, randomness: .system, logger: .none), loops: testLoops)
    do {
        try await body(server)
        await server.close()
    } catch {
        await server.close()
        throw error
    }
}

extension Response {
    var text: String {
        if case .bytes(let bytes) = body { String(decoding: bytes, as: UTF8.self) } else { "" }
    }
}

@Suite struct SystemRoutesTests {
    // S1-10, S2-6, S3-36, C20
    @Test func `S1-10, S2-6, S3-36, C20: live under every name`() async throws {
        try await withServer { server in
            for prefix in ["", "/api", "/api/v1"] {
                for path in ["/health", "/health/live", "/health/liveness"] {
                    let response = await server.respond(to: Request(.get, prefix + path))
                    #expect(response.status == .ok)
                    #expect(response.text == #"{"status":"ok"}"#, "\(prefix + path)")
                }
            }
        }
    }

    // S1-11, S3-36, C20
    @Test(arguments: Engine.tested)
    func `S1-11, S3-36, C20: ready while the database answers`(on engine: Engine) async throws {
        try await withServer(on: engine) { server in
            for prefix in ["", "/api", "/api/v1"] {
                for path in ["/health/ready", "/health/readiness"] {
                    let response = await server.respond(to: Request(.get, prefix + path))
                    #expect(response.status == .ok)
                    #expect(response.text == #"{"status":"ok","checks":{"database":true}}"#)
                }
            }
            await server.parts.database.close()
            let response = await server.respond(to: Request(.get, "/health/ready"))
            #expect(response.status == .serviceUnavailable)
            #expect(response.text == #"{"status":"unavailable","checks":{"database":false}}"#)
            let live = await server.respond(to: Request(.get, "/health/live"))
            #expect(live.status == .ok)
        }
    }

    @Test func `a server that stops is not ready`() async throws {
        try await withServer { server in
            server.program.system.readiness.startDraining()
            let response = await server.respond(to: Request(.get, "/api/health/readiness"))
            #expect(response.status == .serviceUnavailable)
            #expect(response.text == #"{"status":"unavailable","checks":{"database":true}}"#)
        }
    }

    // Health checks come from one address, all day.
    @Test func `S3-27: traffic is limited, health is not`() async throws {
        try await withServer { settings in
            settings.limits.traffic.isOn = true
            settings.limits.traffic.requests = 2
        } _: { server in
            for _ in 0..<5 {
                let health = await server.respond(to: Request(.get, "/health"))
                #expect(health.status == .ok)
            }
            var statuses: [Int] = []
            for _ in 0..<3 {
                statuses.append(
                    await server.respond(to: Request(.get, "/api/v1/auth/me")).status.code)
            }
            #expect(statuses == [401, 401, 429])
        }
    }

    // MARK: Metrics

    @Test func `metrics are for this machine, without a proxy between`() async throws {
        try await withServer { server in
            let local = await server.respond(to: Request(.get, "/metrics"))
            #expect(local.status == .ok)
            #expect(local.fields[.contentType]?.hasPrefix("text/plain") == true)
            #expect(local.text.contains("atrium_http_requests_total"))
            let proxied = Request(.get, "/metrics", fields: [.xForwardedFor: "127.0.0.1"])
            #expect(await server.respond(to: proxied).status == .unauthorized)
            #expect(await server.respond(to: .far("/metrics")).status == .unauthorized)
        }
    }

    @Test func `metrics open to whoever has the token`() async throws {
        try await withServer { settings in
            settings.metrics.token = try AccessSecret("a-token-for-metrics")
        } _: { server in
            let right = Request.far("/metrics", [.authorization: "Bearer a-token-for-metrics"])
            let wrong = Request.far("/metrics", [.authorization: "Bearer another-token"])
            #expect(await server.respond(to: right).status == .ok)
            #expect(await server.respond(to: wrong).status == .unauthorized)
        }
    }

    // MARK: Documents and pages

    // S0-12
    @Test func `S0-12: the API describes itself`() async throws {
        try await withServer { server in
            let response = await server.respond(to: Request(.get, "/api/openapi.json"))
            #expect(response.fields[.contentType] == "application/json")
            let json = try JSON(parsing: Array(response.text.utf8))
            #expect(json["openapi"] == "3.1.0")
            #expect(json["paths"]?["/health/ready"] != nil)
            #expect(json["paths"]?["/"] == nil)
        }
    }

    // MARK: Fields of all answers

    // S3-27
    @Test(arguments: ["/health", "/nowhere", "/api/auth/nowhere", "/api/v1/auth/me", "/"])
    func `S3-27: every answer tells browsers to be careful`(path: String) async throws {
        try await withServer { server in
            let fields = await server.respond(to: Request(.get, path)).fields
            #expect(fields[.contentTypeOptions] == "nosniff")
            #expect(fields[.frameOptions] == "DENY")
            #expect(fields[.referrerPolicy] == "strict-origin-when-cross-origin")
            #expect(fields.values(of: .contentSecurityPolicy).count == 1)
            #expect(fields[.strictTransportSecurity] == nil)
            #expect(fields[.xRequestID] != nil)
        }
    }

    @Test func `S3-27: over https browsers are told to stay there`() async throws {
        try await withServer { settings in
            settings.baseURL = try BaseURL("https://a.example")
        } _: { server in
            let fields = await server.respond(to: Request(.get, "/health")).fields
            #expect(fields[.strictTransportSecurity] == "max-age=31536000; includeSubDomains")
        }
    }

    // S1-15
    @Test func `S1-15: unknown paths and methods are answered in JSON`() async throws {
        try await withServer { server in
            let unknown = await server.respond(to: Request(.get, "/nowhere"))
            #expect(unknown.status == .notFound)
            #expect(
                unknown.text
                    == #"{"error":{"code":"NOT_FOUND","message":"There is nothing here"}}"#)
            let method = await server.respond(to: Request(.post, "/health"))
            #expect(method.status == .methodNotAllowed)
            #expect(method.fields[.allow]?.contains("GET") == true)
        }
    }

    // S2-7, S0-11, S1-19
    @Test func `S0-11, S2-7: CORS is around all routes`() async throws {
        try await withServer { server in
            for path in ["/health", "/api/v1/auth/me", "/api/auth/me", "/api/auth/get-session"] {
                let request = Request(.get, path, fields: [.origin: "http://localhost:3001"])
                let fields = await server.respond(to: request).fields
                #expect(
                    fields[FieldName("access-control-allow-origin")] == "http://localhost:3001",
                    "\(path)")
            }
        }
    }

    @Test func `a surface that is off is not there`() async throws {
        try await withServer { settings in
            settings.surfaces = [.v1]
        } _: { server in
            let off = await server.respond(to: Request(.get, "/api/auth/ok"))
            #expect(off.status == .notFound)
            let on = await server.respond(to: Request(.get, "/api/v1/auth/me"))
            #expect(on.status == .unauthorized)
        }
    }

    @Test func `what the server answers by itself is JSON too`() {
        let response = SystemRoutes.refusal(.fieldsTooLarge)
        #expect(response.status == .fieldsTooLarge)
        #expect(response.text.hasPrefix(#"{"error":{"code":"FIELDS_TOO_LARGE""#))
    }
}

extension Request {
    /// From another machine.
    fileprivate static func far(_ path: String, _ fields: Fields = [:]) -> Request {
        let peer = SocketAddress(IPAddress(v4: 0xc000_0201), port: 5)
        return Request(
            .get, path, fields: fields,
            connection: ConnectionInfo(peer: peer, local: SocketAddress(.loopback, port: 0)))
    }
}
