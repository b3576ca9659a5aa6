import API
import Coding
import HTTP
import Testing

/// An operation whose connection becomes a WebSocket.
struct WebSocketTests {
    private static let handshake: Fields = [
        .upgrade: "websocket", .connection: "Upgrade", .secWebSocketVersion: "13",
        .secWebSocketKey: "dGhlIHNhbXBsZSBub25jZQ==",
    ]

    private final class Deaf: WebSocketHandler {
        func received(
            _ message: WebSocketMessage, on socket: any WebSocket
        ) async throws(WriteError) {}
    }

    /// Lets in who says a word.
    private static let password = Guard<Void>(schemes: [], failures: [.unauthorized]) { call in
        if call.request[.authorization] != "swordfish" { throw Failure.unauthorized }
    }

    @Routes private static var routes: [Route] {
        Operation(
            "listen", .get, "/listen", "Listen.", failures: WebSocketUpgrade.failures,
            guard: password
        ) { (_: NoInput, _, call) in
            let handshake = try call.handshake()
            guard handshake.comes(from: ["https://a.example"]) else { throw Failure.forbidden }
            return WebSocketUpgrade(
                handshake, Deaf(), subprotocol: handshake.subprotocol(among: ["v1"]))
        }
    }

    private static let part = SurfacePart("plain", failures: WebSocketUpgrade.rows) { routes }

    private func listen(_ changes: Fields = [:]) async throws -> Answer {
        let mount = try Mount([Plain.surface()], [Module("m", parts: [Plain.rows(), Self.part])])
        let api = TestAPI(mount)
        var fields = Self.handshake
        fields[.authorization] = "swordfish"
        for field in changes { fields[field.name] = field.value }
        return await api.send(.get, "/plain/listen", fields)
    }

    @Test func `a handshake is answered with 101`() async throws {
        let answer = try await listen([.secWebSocketProtocol: "v2, v1"])
        #expect(answer.status == 101)
        guard case .webSocket(let upgrade) = answer.response.body else {
            Issue.record("the answer is no upgrade")
            return
        }
        #expect(upgrade.subprotocol == "v1")
        #expect(upgrade.handler is Deaf)
    }

    @Test func `what is no handshake is refused in the surface's words`() async throws {
        for fields: Fields in [[.upgrade: "h2c"], [.secWebSocketVersion: "8"]] {
            let answer = try await listen(fields)
            #expect(answer.status == 426)
            #expect(answer.code == "UPGRADE_REQUIRED")
            #expect(answer[.upgrade] == "websocket")
            #expect(answer[.secWebSocketVersion] == "13")
        }
        let broken = try await listen([.secWebSocketKey: "short"])
        #expect(broken.status == 400)
        #expect(broken.code == "MALFORMED_HANDSHAKE")
    }

    @Test func `guards stand before the handshake, and pages of others outside`() async throws {
        #expect(try await listen([.authorization: "sardine"]).status == 401)
        #expect(try await listen([.origin: "https://b.example"]).status == 403)
        #expect(try await listen([.origin: "https://a.example"]).status == 101)
    }

    @Test func `the document says what becomes of the connection`() throws {
        let mount = try Mount([Plain.surface()], [Module("m", parts: [Plain.rows(), Self.part])])
        let about = OpenAPIDocument.About(title: "T", version: "1", server: "http://a")
        let json = try OpenAPIDocument(mount, about).json
        let answers = json["paths"]?["/plain/listen"]?["get"]?["responses"]
        let words = answers?["101"]?["description"]?.asString
        #expect(words?.contains("WebSocket") == true)
        #expect(answers?["101"]?["content"] == nil)
        let name = answers?["426"]?["$ref"]?.asString?.split(separator: "/").last.map(String.init)
        let upgrade = json["components"]?["responses"]?[name ?? ""]
        #expect(upgrade?["description"] == "`UPGRADE_REQUIRED`: Open a WebSocket here")
        #expect(answers?["401"] != nil)
    }
}
