import Coding
import HTTP
import HTTPServer
import Loop
import Synchronization

/// Answers requests on loopback, on a thread of its own, until it is stopped.
package final class ProviderServer: Sendable {
    package let port: Int
    private let group = EventLoopGroup(count: 1)
    private let handler: RequestHandler
    private let running: Mutex<HTTPServer?>

    /// Port 0 lets the system choose.
    package init(port: Int = 0, _ handler: @escaping RequestHandler) throws {
        self.handler = handler
        group.start()
        let server = Self.server(port, group, handler)
        try server.start()
        self.port = server.addresses.first?.port ?? port
        running = Mutex(server)
    }

    deinit { group.stop() }

    /// `http://127.0.0.1:PORT`
    package var address: String { "http://127.0.0.1:\(port)" }

    /// Refuses connections from now on. Nobody who is waiting gets an answer.
    package func stop() async {
        let server = running.withLock { running in
            defer { running = nil }
            return running
        }
        await server?.drain(within: .zero)
    }

    /// Comes back at the same port.
    package func start() throws {
        let server = Self.server(port, group, handler)
        try server.start()
        running.withLock { $0 = server }
    }

    private static func server(
        _ port: Int, _ group: EventLoopGroup, _ handler: @escaping RequestHandler
    ) -> HTTPServer {
        HTTPServer(
            ServerConfiguration(addresses: [ListenAddress(host: "127.0.0.1", port: port)]),
            group: group, handler: handler)
    }

    /// Longer than anybody waits; ends when the client leaves.
    package func sleep() async { try? await group.any.sleep(for: .seconds(600)) }
}

extension Request {
    /// The fields of the query, or of a body that is a form. A name that comes twice has its last text.
    func parameters() async -> [String: String] {
        let body = (try? await self.body.collect(upTo: 1 << 16)) ?? []
        let text = method == .post ? String(decoding: body, as: UTF8.self) : query ?? ""
        let fields = (try? FormURLEncoded.decode(query: text)) ?? []
        return Dictionary(fields.map { ($0.name, $0.text) }) { $1 }
    }
}
