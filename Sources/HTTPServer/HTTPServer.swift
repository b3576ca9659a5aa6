import Glibc
import HTTP
import Loop
import Synchronization

// A server is a worker on each loop: its own listening socket on the shared port, its own
// connections, its own buffers. Nothing is shared between them but the configuration and the count
// of open connections.

/// An HTTP/1.1 server on the loops of a group.
package final class HTTPServer: Sendable {
    private let shared: ServerShared
    private let workers: [Worker]
    private let listening = Mutex<[SocketAddress]>([])

    /// `handler` answers every request. It is started on the loop of the request's connection and
    /// cancelled when the client leaves or its time is over.
    package init(
        _ configuration: ServerConfiguration, group: EventLoopGroup,
        handler: @escaping RequestHandler
    ) {
        let pool = BlockingPool(name: "files", threads: 2, queueLimit: 1024)
        shared = ServerShared(configuration, pool: pool, handler: handler)
        workers = group.loops.map { [shared] in Worker(loop: $0, shared: shared) }
    }

    /// Listens on all addresses of the configuration, or on none and throws.
    package func start() throws(StartError) {
        var listeners: [Listener] = []
        do throws(StartError) {
            for address in shared.configuration.addresses {
                listeners += try open(address)
            }
        } catch {
            for descriptor in listeners.flatMap(\.descriptors) { close(descriptor) }
            throw error
        }
        listening.withLock { [listeners] in $0 = listeners.map(\.address) }
        for listener in listeners {
            for (worker, descriptor) in zip(workers, listener.descriptors) {
                worker.loop.post { worker.listen(descriptor, at: listener.address) }
            }
        }
    }

    /// A host of several addresses, such as `localhost`, is one port on those the machine has.
    private func open(_ asked: ListenAddress) throws(StartError) -> [Listener] {
        let addresses = try Listener.addresses(of: asked.host)
        var port = asked.port
        var opened: [Listener] = []
        for address in addresses {
            do throws(StartError) {
                let listener = try Listener.open(
                    address, port: port, asked: asked, count: workers.count,
                    backlog: shared.configuration.backlog)
                opened.append(listener)
                port = listener.address.port
            } catch {
                if isMissing(error), addresses.count > 1 { continue }
                for descriptor in opened.flatMap(\.descriptors) { close(descriptor) }
                throw error
            }
        }
        guard !opened.isEmpty else { throw .notLocal(asked) }
        return opened
    }

    /// Whether the machine lacks the address, as those without IPv6 do.
    private func isMissing(_ error: StartError) -> Bool {
        switch error {
        case .notLocal, .failed(_, errno: EAFNOSUPPORT): true
        default: false
        }
    }

    /// Where it listens, with the ports that the system chose.
    package var addresses: [SocketAddress] { listening.withLock { $0 } }

    package var counts: ServerCounts {
        var counts = ServerCounts()
        for worker in workers { worker.counts.add(to: &counts) }
        return counts
    }

    /// Stops accepting, closes idle connections, lets running requests finish with
    /// `Connection: close`, tells WebSockets that it goes away (1001), and after `patience` closes what is left. Returns when no connection is
    /// open.
    package func drain(within patience: Duration) async {
        for worker in workers { worker.loop.post { worker.drain(within: patience) } }
        for worker in workers {
            await withUnsafeContinuation { continuation in
                worker.loop.post { worker.whenEmpty { continuation.resume() } }
            }
        }
        shared.pool.stop()
    }
}
