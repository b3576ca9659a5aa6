import API
import Coding
import DatabaseTesting
import HTTP
import Server
import Values

/// One device that talks to a server of this process, with a cookie jar of its own.
package struct TestClient: Sendable {
    package let server: Server
    package let clock: MovableClock
    package let log: MemoryLog
    package let cookies = CookieJar()
    package var address = IPAddress.loopback
    /// What a browser sends as `Origin` when it writes. Nil for clients that are none.
    package var origin: String?

    init(server: Server, clock: MovableClock, log: MemoryLog) {
        self.server = server
        self.clock = clock
        self.log = log
    }

    /// Another device: the same server, no cookies.
    package func another(at address: IPAddress? = nil) -> TestClient {
        var other = TestClient(server: server, clock: clock, log: log)
        other.address = address ?? self.address
        return other
    }

    /// A browser on the page of an origin, the server's own unless told otherwise.
    package func browser(on origin: String? = nil) -> TestClient {
        var other = another()
        other.origin = origin ?? server.settings.effectiveBaseURL
        return other
    }

    // MARK: Sending

    /// Sends what is given and the jar's cookies, nothing else but the origin of a browser.
    package func send(
        _ method: Method, _ target: String, _ fields: Fields = [:], body: [UInt8] = []
    ) async -> TestAnswer {
        var fields = fields
        let path = String(target.prefix { $0 != "?" })
        if !fields.contains(.cookie), let cookie = cookies.field(for: path, at: clock.now) {
            fields[.cookie] = cookie
        }
        if let origin, method != .get, !fields.contains(.origin) { fields[.origin] = origin }
        let peer = SocketAddress(address, port: 50_000)
        let request = Request(
            method, target, fields: fields, body: body,
            connection: ConnectionInfo(peer: peer, local: SocketAddress(.loopback, port: 4000)))
        let response = await server.respond(to: request)
        cookies.take(response, at: clock.now)
        return TestAnswer(response)
    }

    package func get(
        _ target: String, bearer: String? = nil, _ fields: Fields = [:]
    ) async -> TestAnswer {
        await send(.get, target, Self.authorize(fields, bearer))
    }

    /// Posts JSON, or nothing at all.
    package func post(
        _ target: String, _ json: JSON? = nil, bearer: String? = nil, _ fields: Fields = [:]
    ) async -> TestAnswer {
        var fields = Self.authorize(fields, bearer)
        if json != nil, !fields.contains(.contentType) { fields[.contentType] = "application/json" }
        return await send(.post, target, fields, body: json?.bytes() ?? [])
    }

    private static func authorize(_ fields: Fields, _ bearer: String?) -> Fields {
        var fields = fields
        if let bearer { fields[.authorization] = "Bearer " + bearer }
        return fields
    }
}

/// An answer, read.
package struct TestAnswer: Sendable {
    package let response: Response

    init(_ response: Response) { self.response = response }

    package var status: Int { Int(response.status.code) }

    package subscript(name: FieldName) -> String? { response.fields[name] }

    package subscript(name: StaticString) -> String? { response.fields[FieldName(name)] }

    package var bytes: [UInt8] {
        if case .bytes(let bytes) = response.body { bytes } else { [] }
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The body as JSON; an empty object where it is none.
    package var json: JSON { (try? JSON(parsing: bytes)) ?? [:] }

    package var setCookies: [CookieJar.Cookie] {
        response.fields.values(of: .setCookie).map(CookieJar.Cookie.init)
    }

    package func cookie(_ name: String) -> CookieJar.Cookie? {
        setCookies.first { $0.name == name }
    }
}
