import CPostgres
import Loop
import SQL
import Values

/// Hears notifications on a connection of its own, which it makes again when it is lost.
///
/// What was notified while it was away is lost; `interrupted` and `resumed` say when that was.
// Safe because everything but `init` and `close` happens on the loop's thread.
package final class PostgresListener: ConnectionUser, @unchecked Sendable {
    /// What a listener tells. After an interruption messages may have been lost.
    package enum Event: Hashable, Sendable {
        case notification(channel: String, payload: String)
        /// The connection is lost.
        case interrupted
        /// All channels are heard again.
        case resumed
    }

    private let loop: EventLoop
    private let limit: Duration
    private let parameters: ConnectionParameters
    private let pool: BlockingPool
    private let randomness: Randomness
    private let script: String
    private let receive: @Sendable (Event) -> Void
    private var connection: Connection?
    private var backoff = Backoff()
    private var opening: UnsafeContinuation<DatabaseError?, Never>?
    private var isListening = false
    private var wasListening = false
    private var isClosed = false

    init(
        to channels: [SQLIdentifier], on set: LinkSet, _ randomness: Randomness,
        _ receive: @escaping @Sendable (Event) -> Void
    ) {
        loop = set.loop
        limit = set.options.connectTimeout
        parameters = set.parameters
        pool = set.pool
        self.randomness = randomness
        self.receive = receive
        let texts = channels.map { "LISTEN \"\($0.name)\"" }  // Checked names; it takes no binds.
        script = texts.joined(separator: ";")
    }

    /// Hears nothing more.
    package func close() async {
        await loop.spawn { self.end() }.value
    }

    /// Nil when it hears all channels, or why not in time.
    func open() async -> DatabaseError? {
        await withUnsafeContinuation { continuation in
            opening = continuation
            connect()
            loop.schedule(after: limit) { [weak self] in
                self?.finishOpening(DatabaseError(.connection, "no notifications: no answer"))
            }
        }
    }

    private func finishOpening(_ error: DatabaseError?) {
        opening?.resume(returning: error)
        opening = nil
    }

    private func end() {
        isClosed = true
        finishOpening(DatabaseError(.connection, "closed"))
        connection?.end("closed")
    }

    // MARK: The connection

    private func connect() {
        if isClosed { return }
        let connection = Connection(on: loop)
        connection.user = self
        self.connection = connection
        connection.connect(parameters, within: limit, pool: pool)
    }

    func connectionIsUp() {
        guard let connection, PQsendQuery(connection.handle, script) == 1 else {
            connection?.end("LISTEN cannot be sent")
            return
        }
        connection.flush()
    }

    func connectionHasInput() {
        guard let handle = connection?.handle else { return }
        while PQisBusy(handle) == 0, let result = PQgetResult(handle) {
            let status = PQresultStatus(result)
            PQclear(result)
            if status != PGRES_COMMAND_OK { return connection?.end("LISTEN failed") ?? () }
        }
        if !isListening && PQtransactionStatus(handle) == PQTRANS_IDLE { startListening() }
        while let notification = PQnotifies(handle) {
            let channel = String(cString: notification.pointee.relname)
            let payload = String(cString: notification.pointee.extra)
            PQfreemem(notification)
            receive(.notification(channel: channel, payload: payload))
        }
    }

    private func startListening() {
        isListening = true
        backoff.reset()
        finishOpening(nil)
        if wasListening { receive(.resumed) }
        wasListening = true
    }

    func connectionEnded(_ reason: String) {
        connection = nil
        if isClosed { return }
        if isListening { receive(.interrupted) }
        isListening = false
        loop.schedule(after: backoff.next(randomness)) { [weak self] in self?.connect() }
    }
}

extension PostgresStore {
    /// Hears what is notified on `channels` from when this returns. `receive` is called on a loop and
    /// does not wait. Close the listener before the store.
    package func listen(
        to channels: [SQLIdentifier],
        _ receive: @escaping @Sendable (PostgresListener.Event) -> Void
    ) async throws(DatabaseError) -> PostgresListener {
        let set = anySet
        let listener = PostgresListener(to: channels, on: set, randomness, receive)
        let failure = await set.loop.spawn { await listener.open() }.value
        guard let failure else { return listener }
        await listener.close()
        throw failure
    }
}
