import CPostgres
import Loop

/// Who uses a connection. Called on its loop.
protocol ConnectionUser: AnyObject {
    func connectionIsUp()
    /// Bytes have been read: results or notifications may be there.
    func connectionHasInput()
    /// Called once, also when it never was up. The connection is gone.
    func connectionEnded(_ reason: String)
}

/// One libpq connection on its loop: connects, reads and writes without blocking.
///
/// Knows nothing of statements. The user is told once when it ends, for whatever reason.
// Safe because everything but `init` happens on the loop's thread.
final class Connection: FileDescriptorHandler, @unchecked Sendable {
    private enum State { case new, connecting, up, ended }

    let loop: EventLoop
    /// Nil before the first step of connecting and after the end.
    private(set) var handle: OpaquePointer?
    weak var user: (any ConnectionUser)?
    private var state = State.new
    private var watcher: FileDescriptorWatcher?
    private var timeout: Timer?
    private var isSecure = false

    init(on loop: EventLoop) { self.loop = loop }

    var isUp: Bool { state == .up }
    var hasEnded: Bool { state == .ended }

    // MARK: Connecting

    /// Starts to connect. The user hears of the end of it.
    func connect(_ parameters: ConnectionParameters, within limit: Duration, pool: BlockingPool) {
        state = .connecting
        timeout = loop.schedule(after: limit) { [weak self] in self?.end("no answer in time") }
        if !parameters.mayBlock { return begin(Self.start(parameters)) }
        loop.spawn {
            do {
                self.begin(try await pool.run { Self.start(parameters) })
            } catch {
                self.end("too many connections are being made")
            }
        }
    }

    // Safe because it goes from the thread that made it to the loop, and nowhere else.
    private struct Handle: @unchecked Sendable {
        let pointer: OpaquePointer?
    }

    private static func start(_ parameters: ConnectionParameters) -> Handle {
        Handle(pointer: parameters.withArrays { PQconnectStartParams($0, $1, 0) })
    }

    private func begin(_ handle: Handle) {
        guard state == .connecting else { return PQfinish(handle.pointer) }
        guard let pointer = handle.pointer else { return end("out of memory") }
        self.handle = pointer
        PQsetNoticeReceiver(pointer, { _, _ in }, nil)
        if PQstatus(pointer) == CONNECTION_BAD { return end(lastError) }
        wait(for: .write)
    }

    private func poll() {
        switch PQconnectPoll(handle) {
        case PGRES_POLLING_READING: wait(for: .read)
        case PGRES_POLLING_WRITING: wait(for: .write)
        case PGRES_POLLING_OK:
            wait(for: .read)
            becomeUp()
        default: end(lastError)
        }
    }

    /// libpq may have another socket, even under the same number, after each step.
    private func wait(for interest: Interest) {
        let descriptor = PQsocket(handle)
        if let watcher {
            if !watcher.replace(with: descriptor, for: interest) { end("no socket") }
        } else {
            watcher = loop.watch(descriptor, for: interest, self)
            if watcher == nil { end("no socket") }
        }
    }

    private func becomeUp() {
        guard state == .connecting else { return }
        timeout?.cancel()
        guard PQsetnonblocking(handle, 1) == 0 else { return end(lastError) }
        isSecure = PQsslInUse(handle) == 1
        state = .up
        user?.connectionIsUp()
    }

    // MARK: Reading and writing

    func fileDescriptorIsReady(_ events: Interest) {
        switch state {
        case .connecting: poll()
        case .up: readAndWrite(events)
        case .new, .ended: break
        }
    }

    private func readAndWrite(_ events: Interest) {
        if events.contains(.write) { flush() }
        guard state == .up, !events.isDisjoint(with: [.read, .failed]) else { return }
        let isOpen = consumeInput()
        user?.connectionHasInput()
        if !isOpen || (state == .up && PQstatus(handle) == CONNECTION_BAD) { end(lastError) }
    }

    /// A TLS record is up to 16 KB and libpq takes 8 KB at least in one call: what remains inside
    /// OpenSSL does not make the socket readable, so it is asked three times.
    private func consumeInput() -> Bool {
        for _ in 0..<(isSecure ? 3 : 1) where PQconsumeInput(handle) == 0 { return false }
        return true
    }

    /// Writes what libpq holds, now and when the socket takes more.
    func flush() {
        guard state == .up else { return }
        switch PQflush(handle) {
        case 0: watcher?.change(to: .read)
        case 1: watcher?.change(to: [.read, .write])
        default: end(lastError)
        }
    }

    // MARK: The end

    var lastError: String {
        guard let handle else { return "not connected" }
        let lines = String(cString: PQerrorMessage(handle)).split(separator: "\n")
        return lines.isEmpty ? "the connection is closed" : lines.joined(separator: ". ")
    }

    func end(_ reason: String) {
        if state == .ended { return }
        state = .ended
        timeout?.cancel()
        watcher?.remove()
        watcher = nil
        user?.connectionEnded(reason)
        PQfinish(handle)
        handle = nil
    }
}
