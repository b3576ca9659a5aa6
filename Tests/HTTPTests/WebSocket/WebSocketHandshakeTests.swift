import HTTP
import Testing

/// RFC 6455 §4.2.1, and what HTTP asks of an upgrade (RFC 9110 §7.8).
struct WebSocketHandshakeTests {
    private static let good: Fields = [
        .host: "a", .upgrade: "websocket", .connection: "Upgrade",
        .secWebSocketKey: "dGhlIHNhbXBsZSBub25jZQ==", .secWebSocketVersion: "13",
    ]

    /// A handshake in which one field is another; nil leaves it out.
    private static func with(_ name: FieldName, _ value: String?) -> Fields {
        var fields = good
        fields[name] = value
        return fields
    }

    private func refusal(
        _ fields: Fields, _ method: HTTP.Method = .get, body: [UInt8] = []
    ) -> WebSocketHandshake.Refusal? {
        do throws(WebSocketHandshake.Refusal) {
            _ = try WebSocketHandshake(Request(method, "/", fields: fields, body: body))
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        good, with(.upgrade, "WebSocket"), with(.upgrade, "h2c, websocket"),
        with(.connection, "keep-alive, upgrade"), with(.connection, "UPGRADE"),
        with(.secWebSocketKey, "////////////////////+w=="),
        with(FieldName("sec-websocket-extensions"), "permessage-deflate; client_max_window_bits"),
        with(.origin, "null"),
    ])
    func `a handshake is taken`(_ fields: Fields) {
        #expect(refusal(fields) == nil)
    }

    @Test(arguments: [
        with(.upgrade, nil), with(.upgrade, "h2c"), with(.upgrade, "websockets"),
        with(.connection, nil), with(.connection, "keep-alive"),
        with(.secWebSocketVersion, "8"), with(.secWebSocketVersion, "14"),
        with(.secWebSocketVersion, "013"), with(.secWebSocketVersion, "13, 8"),
    ])
    func `what asks for something else is told what there is`(_ fields: Fields) {
        #expect(refusal(fields) == .upgradeRequired)
    }

    @Test(arguments: [
        with(.secWebSocketVersion, nil), with(.secWebSocketKey, nil), with(.secWebSocketKey, ""),
        with(.secWebSocketKey, "dGhlIHNhbXBsZSBub25jZQ"),
        with(.secWebSocketKey, "dGhlIHNhbXBsZSBub25jZ==="),
        with(.secWebSocketKey, "dGhlIHNhbXBsZSBub25jZSE="),
        with(.secWebSocketKey, "dGhlIHNhbXBsZSBub25j*Q=="),
        with(.secWebSocketProtocol, "a, b c"), with(.secWebSocketProtocol, "a, b, a"),
    ])
    func `a malformed handshake is refused`(_ fields: Fields) {
        #expect(refusal(fields) == .malformed)
    }

    @Test func `two keys and two versions are malformed`() {
        var fields = Self.good
        fields.append(.secWebSocketKey, "dGhlIHNhbXBsZSBub25jZQ==")
        #expect(refusal(fields) == .malformed)
        fields = Self.good
        fields.append(.secWebSocketVersion, "13")
        #expect(refusal(fields) == .malformed)
    }

    @Test func `only a GET without a body can be a handshake`() {
        #expect(refusal(Self.good, .post) == .upgradeRequired)
        #expect(refusal(Self.good, .head) == .upgradeRequired)
        #expect(refusal(Self.good, body: [1]) == .malformed)
    }

    @Test func `the client's first choice is taken`() throws {
        var fields = Self.with(.secWebSocketProtocol, "chat, super.chat")
        fields.append(.secWebSocketProtocol, "v2")
        let handshake = try WebSocketHandshake(Request(.get, "/", fields: fields))
        #expect(handshake.subprotocols == ["chat", "super.chat", "v2"])
        #expect(handshake.subprotocol(among: ["v2", "super.chat"]) == "super.chat")
        #expect(handshake.subprotocol(among: ["Chat"]) == nil)
        let upgrade = WebSocketUpgrade(handshake, Deaf(), subprotocol: "not offered")
        #expect(upgrade.subprotocol == nil)
    }

    @Test(
        arguments: [
            ("https://a.example", true), ("https://b.example", false), ("null", false), (nil, true),
        ] as [(String?, Bool)])
    func `a page of another origin is seen`(_ origin: String?, isOurs: Bool) throws {
        let request = Request(.get, "/", fields: Self.with(.origin, origin))
        #expect(try WebSocketHandshake(request).comes(from: ["https://a.example"]) == isOurs)
    }

    @Test func `the answer to what is no handshake says what would be one`() {
        let response = WebSocketHandshake.Refusal.upgradeRequired.response
        #expect(response.status == .upgradeRequired)
        #expect(response.fields[.upgrade] == "websocket")
        #expect(response.fields[.secWebSocketVersion] == "13")
        #expect(WebSocketHandshake.Refusal.malformed.response.status == .badRequest)
    }
}

private final class Deaf: WebSocketHandler {
    func received(_ message: WebSocketMessage, on socket: any WebSocket) async throws(WriteError) {}
}

/// RFC 6455 §5.2 as a server writes it.
struct WebSocketFrameTests {
    @Test(arguments: [0, 1, 125, 126, 127, 65_535, 65_536, 100_000])
    func `a frame has the shortest header and no mask`(_ count: Int) {
        let payload = [UInt8](repeating: 7, count: count)
        #expect(WebSocketFrame.binary(payload).bytes == ClientFrame.bytes(2, payload, mask: nil))
    }

    @Test func `text and control frames`() {
        #expect(WebSocketFrame.text("é").bytes == [0x81, 2, 0xc3, 0xa9])
        #expect(WebSocketFrame.text(utf8: [0x61]).bytes == [0x81, 1, 0x61])
        #expect(WebSocketFrame(WebSocketMessage(.binary, [1])).bytes == [0x82, 1, 1])
        #expect(WebSocketFrame.ping().bytes == [0x89, 0])
        #expect(WebSocketFrame.pong([1]).bytes == [0x8a, 1, 1])
        #expect(WebSocketFrame.close(.goingAway, "x").bytes == [0x88, 3, 0x03, 0xe9, 0x78])
    }

    @Test func `codes that mean the absence of one are not sent`() {
        #expect(WebSocketFrame.close(nil).bytes == [0x88, 0])
        #expect(WebSocketFrame.close(WebSocketCloseCode.none, "x").bytes == [0x88, 0])
        #expect(WebSocketFrame.close(.abnormal, "x").bytes == [0x88, 0])
    }

    @Test func `a long reason is cut between two characters`() {
        let frame = WebSocketFrame.close(.normal, String(repeating: "é", count: 100))
        #expect(frame.bytes.count == 2 + 2 + 122)
        #expect(String(validating: frame.bytes[4...], as: UTF8.self)?.count == 61)
    }
}
