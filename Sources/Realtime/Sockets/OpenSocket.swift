import API
import HTTP
import Surfaces

extension Realtime {
    /// The surface of live events. Errors look as they do on V1.
    package static var surface: Surface {
        var surface = Surface(name: name, prefix: "", errors: V1.errors)
        surface.forbidsCaching = true
        surface.about = """
            Live events over a WebSocket or as server-sent events: docs/realtime.md has the messages.
            """
        return surface
    }

    var part: SurfacePart {
        SurfacePart(Self.name, failures: V1.edge.failures + WebSocketUpgrade.rows + Self.rows) {
            socket("openSocket", "/api/websocket")
            socket("openRealtime", "/api/realtime")
            events
        }
    }

    /// Who shows no credentials comes in, too: he may show them in his first message, and hear what
    /// the rules show to anyone. Refusals are one plain word, as the specifications show them.
    private func socket(_ id: String, _ path: String) -> [Route] {
        var options = options
        options.refusesInPlainText = true
        return Operation(
            id, .get, path, "Open a WebSocket for live events.",
            about: """
                Credentials: a bearer token or API key in the handshake, a session's cookie from a page \
                of a trusted origin, the subprotocols `atrium` and `bearer.<token>`, or the first message \
                `{"type": "auth", "token": …}`. Who may not is told `Unauthorized` or `Forbidden` as \
                plain text, unless `Accept` names JSON.
                """,
            failures: WebSocketUpgrade.failures, options: options,
            guard: Guard<RealtimeCaller>(
                schemes: [], failures: [.unauthorized, .forbidden],
                check: { [self] call in
                    try await caller(call, bearer: try call.handshake().bearer)
                })
        ) { [self] (_: NoInput, caller, call) in
            let handshake = try call.handshake()
            return WebSocketUpgrade(
                handshake, SocketHandler(self, caller),
                subprotocol: handshake.subprotocol(among: [Self.subprotocol]), rules: rules)
        }.list
    }

    /// What a client names beside its token: the server must choose one that is no secret.
    static let subprotocol = "atrium"

    var options: RouteOptions {
        var options = RouteOptions()
        options.optionalSchemes = schemes
        return options
    }
}

extension WebSocketHandshake {
    /// A token that a page puts among the subprotocols: it can set no fields.
    fileprivate var bearer: String? {
        subprotocols.first { $0.hasPrefix("bearer.") }.map { String($0.dropFirst(7)) }
    }
}

extension Operation {
    var list: [Route] { [route] }
}
