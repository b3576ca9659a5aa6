import CCurl
import Loop

// libcurl's multi interface on an event loop: libcurl says which sockets and which moment it waits
// for, the loop tells it when they have come. Names are resolved on threads of libcurl's own.

/// The transfers of one event loop. Used on the loop's thread only.
final class Transfers {
    private let loop: EventLoop
    private let multi: UnsafeMutableRawPointer?
    private var transfers: [UnsafeMutableRawPointer: Transfer] = [:]
    private var watches: [curl_socket_t: SocketWatch] = [:]
    private var timer: Timer?

    /// `connectionsMax` are open at once; what is more waits.
    init(on loop: EventLoop, connectionsMax: Int) {
        self.loop = loop
        multi = CurlLibrary.problem == nil ? curl_many_make() : nil
        guard let multi else { return }
        _ = curl_many_set_number(multi, CURLMOPT_MAXCONNECTS, Self.keptConnectionsMax)
        _ = curl_many_set_number(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, connectionsMax)
        _ = curl_many_listen(
            multi,
            { _, socket, what, context, _ in
                Transfers.from(context)?.listen(to: socket, what)
                return 0
            },
            { _, milliseconds, context in
                Transfers.from(context)?.wake(after: milliseconds)
                return 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Nothing is called back after this.
    func close() {
        for transfer in transfers.values { end(transfer, with: CURLE_ABORTED_BY_CALLBACK) }
        if let multi { curl_many_end(multi) }
        timer?.cancel()
        for watch in watches.values { watch.stop() }
        watches = [:]
    }

    /// `transfer.ended` is called once, later.
    func start(_ transfer: Transfer) {
        guard let multi, let easy = transfer.easy,
            curl_many_add(multi, easy) == CURLM_OK
        else { return transfer.end(with: CURLE_FAILED_INIT) }
        transfers[easy] = transfer
    }

    func cancel(_ transfer: Transfer) {
        guard let easy = transfer.easy, transfers[easy] === transfer else { return }
        end(transfer, with: CURLE_ABORTED_BY_CALLBACK)
    }

    // MARK: What libcurl waits for

    private func listen(to socket: curl_socket_t, _ what: Int32) {
        guard what != CURL_POLL_REMOVE else {
            watches.removeValue(forKey: socket)?.stop()
            return
        }
        var interest = Interest.none
        if what & CURL_POLL_IN != 0 { interest.insert(.read) }
        if what & CURL_POLL_OUT != 0 { interest.insert(.write) }
        let watch = watches[socket] ?? SocketWatch(socket, self)
        watches[socket] = watch
        watch.wait(for: interest, on: loop)
    }

    /// libcurl must not be called from within its own callback, so even 0 is a timer.
    private func wake(after milliseconds: Int) {
        timer?.cancel()
        timer = nil
        if milliseconds < 0 { return }
        timer = loop.schedule(after: .milliseconds(milliseconds)) { [weak self] in
            self?.act(on: Transfers.noSocket, 0)
        }
    }

    fileprivate func act(on socket: curl_socket_t, _ events: Int32) {
        guard let multi else { return }
        _ = curl_many_act(multi, socket, events)
        var code = CURLE_OK
        while let easy = curl_many_next_ended(multi, &code) {
            if let transfer = transfers[easy] { end(transfer, with: code) }
        }
    }

    private func end(_ transfer: Transfer, with code: CURLcode) {
        if let easy = transfer.easy {
            transfers[easy] = nil
            if let multi { curl_many_remove(multi, easy) }
        }
        transfer.end(with: code)
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfers? {
        context.map { Unmanaged<Transfers>.fromOpaque($0).takeUnretainedValue() }
    }

    private static let noSocket: curl_socket_t = -1
    private static let keptConnectionsMax = 16
}

/// A socket of libcurl's while it waits for it.
private final class SocketWatch: FileDescriptorHandler {
    private let socket: curl_socket_t
    private unowned let transfers: Transfers
    private var watcher: FileDescriptorWatcher?

    init(_ socket: curl_socket_t, _ transfers: Transfers) {
        self.socket = socket
        self.transfers = transfers
    }

    func wait(for interest: Interest, on loop: EventLoop) {
        if let watcher {
            watcher.change(to: interest)
        } else {
            watcher = loop.watch(socket, for: interest, self)
        }
    }

    func stop() {
        watcher?.remove()
        watcher = nil
    }

    func fileDescriptorIsReady(_ events: Interest) {
        var bits: Int32 = 0
        if events.contains(.read) { bits |= CURL_CSELECT_IN }
        if events.contains(.write) { bits |= CURL_CSELECT_OUT }
        if !events.isDisjoint(with: .failed) { bits |= CURL_CSELECT_ERR }
        transfers.act(on: socket, bits)
    }
}
