import CLinux
import Glibc
import HTTP
import Loop
import Synchronization
import Values

/// What the workers of a server share.
final class ServerShared: Sendable {
    let configuration: ServerConfiguration
    let rules: ConnectionRules
    let webSocketRules: WebSocketRules
    let common: CommonFields
    let handler: RequestHandler
    let pool: BlockingPool
    let open = Atomic(0)

    init(
        _ configuration: ServerConfiguration, pool: BlockingPool, handler: @escaping RequestHandler
    ) {
        self.configuration = configuration
        rules = ConnectionRules(configuration.limits)
        webSocketRules = WebSocketRules(configuration.webSocketLimits)
        common = CommonFields(configuration.commonFields)
        self.pool = pool
        self.handler = handler
    }
}

/// The server's part on one loop: its listeners, its connections and the buffers they share.
// Safe because all but `counts` and `shared` is touched on the loop's thread only.
final class Worker: @unchecked Sendable {
    let loop: EventLoop
    let shared: ServerShared
    let counts = WorkerCounts()

    /// One for all connections: a connection that has nothing to say has no buffer.
    let readBuffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64 * 1024)
    let output = OutputBuffer()
    let held: HeldOutput
    let scratch: HeadScratch
    /// The connection whose bytes are being read, which `output` belongs to until it is flushed.
    var reading: Connection?

    private var acceptors: [Acceptor] = []
    private var connections: [Connection] = []
    private var webSockets: [WebSocketConnection] = []
    private var date = DateField()
    private var dateReadAt = UInt64.max
    private(set) var isDraining = false
    private var onEmpty: [() -> Void] = []

    init(loop: EventLoop, shared: ServerShared) {
        self.loop = loop
        self.shared = shared
        held = HeldOutput(loop: loop)
        scratch = HeadScratch(limits: shared.rules.limits)
    }

    deinit { readBuffer.deallocate() }

    var configuration: ServerConfiguration { _read { yield shared.configuration } }

    /// The `Date` field, from one look at the clock in a tick.
    var currentDate: DateField {
        _read {
            if dateReadAt != loop.nanoseconds {
                dateReadAt = loop.nanoseconds
                date.update(configuration.clock.now)
            }
            yield date
        }
    }

    func listen(_ descriptor: Int32, at local: SocketAddress) {
        guard !isDraining else {
            close(descriptor)
            return
        }
        acceptors.append(Acceptor(descriptor: descriptor, local: local, worker: self))
    }

    func accept(_ socket: Int32, from peer: SocketAddress, at local: SocketAddress) {
        counts.accepted.bump()
        let others = shared.open.wrappingAdd(1, ordering: .relaxed).oldValue
        guard others < shared.rules.limits.connections else { return turnAway(socket) }
        let info = ConnectionInfo(
            peer: peer, local: local, trustedProxies: configuration.trustedProxies)
        let connection = Connection(socket, info, worker: self, index: connections.count)
        connections.append(connection)
        connection.start()
    }

    private func turnAway(_ socket: Int32) {
        counts.turnedAway.bump()
        counts.closed.bump()
        shared.open.subtract(1, ordering: .relaxed)
        let response = configuration.refusal(.serviceUnavailable)
        output.append(refusal: response, date: currentDate, common: shared.common)
        _ = linux_send(socket, output.bytes.baseAddress!, output.count)
        output.removeAll()
        shutdown(socket, Int32(SHUT_WR))
        // What the client has sent already would make the close a reset that loses the answer.
        _ = read(socket, readBuffer.baseAddress, readBuffer.count)
        close(socket)
    }

    func remove(_ connection: Connection) {
        forget(connection)
        countClosed()
    }

    private func forget(_ connection: Connection) {
        let last = connections.removeLast()
        if last !== connection {
            connections[connection.index] = last
            last.index = connection.index
        }
    }

    private func countClosed() {
        counts.closed.bump()
        shared.open.subtract(1, ordering: .relaxed)
        if isEmpty { finishDraining() }
    }

    private var isEmpty: Bool { connections.isEmpty && webSockets.isEmpty }

    // MARK: WebSockets

    /// The connection's socket goes on as a WebSocket, which is still one open connection.
    func replace(_ connection: Connection, by upgrade: WebSocketUpgrade) -> WebSocketConnection {
        forget(connection)
        let webSocket = WebSocketConnection(
            connection.socket, upgrade, worker: self, index: webSockets.count)
        webSockets.append(webSocket)
        counts.webSocketsOpened.bump()
        return webSocket
    }

    func remove(_ webSocket: WebSocketConnection) {
        let last = webSockets.removeLast()
        if last !== webSocket {
            webSockets[webSocket.index] = last
            last.index = webSocket.index
        }
        counts.webSocketsClosed.bump()
        countClosed()
    }

    // MARK: Draining

    /// Stops listening and lets running requests finish; closes what is left after `patience`.
    func drain(within patience: Duration) {
        isDraining = true
        for acceptor in acceptors { acceptor.close() }
        acceptors = []
        for connection in connections { connection.drain() }
        for webSocket in webSockets { webSocket.goAway() }
        loop.schedule(after: patience) { [self] in
            for connection in connections { connection.close() }
            for webSocket in webSockets { webSocket.end() }
        }
    }

    /// Calls `body` when no connection is open.
    func whenEmpty(_ body: @escaping () -> Void) {
        onEmpty.append(body)
        if isEmpty { finishDraining() }
    }

    private func finishDraining() {
        let waiting = onEmpty
        onEmpty = []
        for body in waiting { body() }
    }
}

extension OutputBuffer {
    /// An answer after which the connection is closed.
    func append(
        refusal response: Response, date: borrowing DateField, common: borrowing CommonFields,
        withBody: Bool = true
    ) {
        var bytes: [UInt8] = []
        if case .bytes(let body) = response.body { bytes = body }
        let answer = Response(response.status, fields: response.fields, body: .bytes(bytes))
        appendHead(
            answer, framing: .length(bytes.count), keepsAlive: false, date: date, common: common)
        if withBody { append(bytes) }
    }
}
