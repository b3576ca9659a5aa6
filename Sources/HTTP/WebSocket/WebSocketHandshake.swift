/// A request to turn its connection into a WebSocket, checked (RFC 6455 §4.2.1).
///
/// Extensions are not negotiated: what a client offers of them is ignored, so that nothing is
/// compressed and no frame has a reserved bit.
package struct WebSocketHandshake: Sendable {
    /// Why a request is no handshake.
    package enum Refusal: Error, Hashable, Sendable {
        /// Not a WebSocket's request, or one of another version: 426.
        case upgradeRequired
        /// It wants to be one and is malformed: 400.
        case malformed
    }

    /// What the answer proves to have read: 16 bytes in Base64.
    package let key: String
    /// What the client can speak, in the order of its preference.
    package let subprotocols: [String]
    /// The page that a browser opened it from. Other clients send none.
    package let origin: String?

    package init(_ request: Request) throws(Refusal) {
        guard request.method == .get, !request.head.isHTTP10,
            Self.list(request, .upgrade, names: "websocket"),
            Self.list(request, .connection, names: "upgrade")
        else { throw .upgradeRequired }
        let versions = request.values(of: .secWebSocketVersion)
        guard versions == [Self.version] else {
            throw versions.count == 1 ? .upgradeRequired : .malformed
        }
        let keys = request.values(of: .secWebSocketKey)
        guard keys.count == 1, Self.isKey(keys[0]), request.body.isEmpty else { throw .malformed }
        key = keys[0]
        origin = request[.origin]
        subprotocols = request.values(of: .secWebSocketProtocol).flatMap(listMembers)
        guard Set(subprotocols).count == subprotocols.count,
            subprotocols.allSatisfy({ $0.utf8.allSatisfy(Token.contains) })
        else { throw .malformed }
    }

    package static let version = "13"

    private static func list(_ request: Request, _ field: FieldName, names name: String) -> Bool {
        request.values(of: field).flatMap(listMembers).contains { equalsIgnoringCase($0, name) }
    }

    /// 22 digits and two of padding are 16 bytes.
    private static func isKey(_ text: String) -> Bool {
        let digits = Array(text.utf8)
        return digits.count == 24 && digits[22...] == [0x3d, 0x3d]
            && digits[..<22].allSatisfy { digit in
                digit.isDigit || digit.lowercased &- UInt8(ascii: "a") < 26
                    || digit == UInt8(ascii: "+") || digit == UInt8(ascii: "/")
            }
    }

    /// The client's first choice among what the server can speak.
    package func subprotocol(among supported: [String]) -> String? {
        subprotocols.first(where: supported.contains)
    }

    /// Whether it may be believed that its user meant it, as a route must ask before it trusts a
    /// cookie: browsers send cookies with handshakes of any page, and only `Origin` tells which
    /// (RFC 6455 §10.2). What sends no `Origin` is no browser.
    package func comes(from origins: Set<String>) -> Bool {
        origin.map(origins.contains) ?? true
    }
}

extension WebSocketHandshake.Refusal {
    /// For handlers without surfaces.
    package var response: Response {
        switch self {
        case .malformed: return .text("This is no WebSocket handshake.\n", status: .badRequest)
        case .upgradeRequired:
            var response = Response.text("Ask for a WebSocket.\n", status: .upgradeRequired)
            Self.invite(&response)
            return response
        }
    }

    /// Says in a 426 what to ask for (RFC 9110 §15.5.22, RFC 6455 §4.4).
    package static func invite(_ response: inout Response) {
        response.fields[.upgrade] = "websocket"
        response.fields[.secWebSocketVersion] = WebSocketHandshake.version
    }
}

extension FieldName {
    package static var secWebSocketAccept: FieldName { FieldName("sec-websocket-accept") }
    package static var secWebSocketKey: FieldName { FieldName("sec-websocket-key") }
    package static var secWebSocketProtocol: FieldName { FieldName("sec-websocket-protocol") }
    package static var secWebSocketVersion: FieldName { FieldName("sec-websocket-version") }
}
