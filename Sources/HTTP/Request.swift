/// What is true of a connection for all its requests.
package final class ConnectionInfo: Sendable {
    package let peer: SocketAddress
    package let local: SocketAddress
    package let isTLS: Bool
    package let trustedProxies: TrustedProxies

    package init(
        peer: SocketAddress, local: SocketAddress, isTLS: Bool = false,
        trustedProxies: TrustedProxies = .none
    ) {
        self.peer = peer
        self.local = local
        self.isTLS = isTLS
        self.trustedProxies = trustedProxies
    }
}

/// One request, as a handler sees it.
package struct Request: Sendable {
    package let method: Method
    package let head: RequestHead
    package let body: RequestBody
    package let connection: ConnectionInfo

    package init(head: RequestHead, body: RequestBody, connection: ConnectionInfo) {
        method = head.method
        self.head = head
        self.body = body
        self.connection = connection
    }

    /// A request that came over no socket, for tests and for calls within the program.
    package init(
        _ method: Method, _ target: String, fields: Fields = [:], body: [UInt8] = [],
        connection: ConnectionInfo = .inProcess
    ) {
        self.init(
            head: RequestHead(method: method, target: target, fields: fields),
            body: RequestBody(body), connection: connection)
    }

    /// The path as it was sent, percent-encoded.
    package var path: String { head.path }

    /// The query as it was sent, without the question mark.
    package var query: String? { head.query }

    /// The first value of a field.
    package subscript(name: FieldName) -> String? { head[name] }

    package func values(of name: FieldName) -> [String] { head.values(of: name) }

    /// The other end of the socket: the client, or the nearest proxy.
    package var peer: SocketAddress { connection.peer }
}

extension ConnectionInfo {
    /// For requests that came over no socket.
    package static let inProcess = ConnectionInfo(
        peer: SocketAddress(.loopback, port: 0), local: SocketAddress(.loopback, port: 0))
}
