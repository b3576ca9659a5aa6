import HTTP
import Loop

extension Connection {
    /// Answers 101. What the client sends from here on are frames.
    func accept(_ upgrade: WebSocketUpgrade, _ fields: Fields, _ exchange: Exchange) {
        guard state.canUpgrade, let answer = WebSocketAccept.answer(to: upgrade.handshake.key)
        else {
            refuse(.internalServerError)
            return worker.reading == nil ? goOn() : ()
        }
        _ = state.beginAnswer()
        worker.output.appendHead(
            upgrade.response(answer, fields), framing: .none, keepsAlive: true,
            date: worker.currentDate, common: worker.shared.common)
        worker.counts.countAnswer(.switchingProtocols)
        exchange.upgrade = upgrade
        endWithUpgrade()
        if worker.reading == nil { goOn() }
    }

    /// Goes on as a WebSocket on the same socket and loop. This object is done with.
    func becomeWebSocket() {
        guard let upgrade = exchange?.upgrade, let (watcher, input) = release() else {
            return close()
        }
        worker.replace(self, by: upgrade).start(watcher, input)
    }
}

extension WebSocketUpgrade {
    fileprivate func response(_ answer: String, _ fields: Fields) -> Response {
        var response = Response(.switchingProtocols, fields: fields)
        response.fields[.upgrade] = "websocket"
        response.fields[.secWebSocketAccept] = answer
        response.fields[.secWebSocketProtocol] = subprotocol
        return response
    }
}
