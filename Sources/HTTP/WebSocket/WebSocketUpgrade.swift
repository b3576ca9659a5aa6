/// The answer to a handshake that is taken: who handles the socket and by which rules.
package final class WebSocketUpgrade: Sendable {
    package let handshake: WebSocketHandshake
    package let handler: any WebSocketHandler
    /// One of those that the client offered.
    package let subprotocol: String?
    /// Nil: the server's.
    package let rules: WebSocketRules?

    /// A subprotocol that the client did not offer is left out: it would have to refuse.
    package init(
        _ handshake: WebSocketHandshake, _ handler: any WebSocketHandler,
        subprotocol: String? = nil, rules: WebSocketRules? = nil
    ) {
        self.handshake = handshake
        self.handler = handler
        self.subprotocol = handshake.subprotocols.first { $0 == subprotocol }
        self.rules = rules
    }
}

extension Response {
    /// The connection becomes a WebSocket when this is sent.
    package static func webSocket(_ upgrade: WebSocketUpgrade) -> Response {
        Response(.switchingProtocols, body: .webSocket(upgrade))
    }
}
