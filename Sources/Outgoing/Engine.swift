import CCurl
import Loop
import Synchronization

/// A thread with libcurl's transfers on it, made for the first of them.
///
/// Not one of the server's loops: loading libcurl, and leaving a server that does not answer, take a
/// while, for which no request may have to wait.
// Safe because `transfers` is touched on the loop's thread only.
final class Engine: @unchecked Sendable {
    private let loop = EventLoop()
    private let connectionsMax: Int
    private var transfers: Transfers?

    init(connectionsMax: Int) {
        self.connectionsMax = connectionsMax
        loop.start()
    }

    func post(_ work: @escaping @Sendable (Transfers) -> Void) {
        loop.post { [self] in
            let transfers =
                self.transfers ?? Transfers(on: loop, connectionsMax: connectionsMax)
            self.transfers = transfers
            work(transfers)
        }
    }

    /// Returns when the transfer that `prepare` has set up on the engine's thread has ended.
    /// Cancelling ends it.
    func run(_ prepare: @escaping @Sendable (Transfer) -> Void) async -> Transfer.End {
        let exchange = Exchange()
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                post { transfers in
                    let transfer = Transfer { continuation.resume(returning: $0) }
                    prepare(transfer)
                    exchange.begin(transfer, on: transfers)
                }
            }
        } onCancel: {
            post { exchange.cancel(on: $0) }
        }
    }

    func close() {
        loop.post { [self] in
            transfers?.close()
            transfers = nil
        }
        loop.stop()
    }
}

/// An engine that is made when it is first needed.
final class LazyEngine: Sendable {
    private let connectionsMax: Int
    private let engine = Mutex<Engine?>(nil)

    init(connectionsMax: Int) { self.connectionsMax = connectionsMax }

    var ready: Engine {
        engine.withLock { engine in
            let made = engine ?? Engine(connectionsMax: connectionsMax)
            engine = made
            return made
        }
    }

    /// Gives up what is under way. Nothing can be sent afterwards but by a new thread.
    func close() {
        engine.withLock { engine in
            engine?.close()
            engine = nil
        }
    }
}

/// One transfer on its way, which may be given up before it has begun.
// Safe because its state is touched on the loop's thread only.
private final class Exchange: @unchecked Sendable {
    private var transfer: Transfer?
    private var isCancelled = false

    func begin(_ transfer: Transfer, on transfers: Transfers) {
        self.transfer = transfer
        if isCancelled { return transfer.end(with: CURLE_ABORTED_BY_CALLBACK) }
        transfers.start(transfer)
    }

    func cancel(on transfers: Transfers) {
        isCancelled = true
        if let transfer { transfers.cancel(transfer) }
    }
}
