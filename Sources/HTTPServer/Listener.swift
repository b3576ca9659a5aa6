import CLinux
import Glibc
import HTTP
import Loop

/// Listening sockets of one address, one for each loop.
///
/// The loops share the port by `SO_REUSEPORT`, which would let a second server share it as well.
/// So the port is first bound without: that fails when anybody listens there.
struct Listener {
    let address: SocketAddress
    let descriptors: [Int32]

    static func open(
        _ address: IPAddress, port: Int, asked: ListenAddress, count: Int, backlog: Int
    ) throws(StartError) -> Listener {
        var port = port
        if port != 0 {
            close(try listen(address, port, asked, isShared: false, backlog))
        }
        var descriptors: [Int32] = []
        for _ in 0..<count {
            do throws(StartError) {
                descriptors.append(try listen(address, port, asked, isShared: true, backlog))
                if port == 0 { port = Int(linux_local_port(descriptors[0])) }
            } catch {
                for descriptor in descriptors { close(descriptor) }
                throw error
            }
        }
        return Listener(address: SocketAddress(address, port: port), descriptors: descriptors)
    }

    private static func listen(
        _ address: IPAddress, _ port: Int, _ asked: ListenAddress, isShared: Bool, _ backlog: Int
    ) throws(StartError) -> Int32 {
        var address = linux_address(address, port: port)
        let descriptor = linux_listen(&address, isShared ? 1 : 0, Int32(clamping: backlog))
        if descriptor >= 0 { return descriptor }
        switch linux_errno() {
        case EADDRINUSE: throw .busy(asked)
        case EACCES, EPERM: throw .notPermitted(asked)
        case EADDRNOTAVAIL: throw .notLocal(asked)
        case let errno: throw .failed(asked, errno: errno)
        }
    }

    /// The addresses that a host stands for. `localhost` is both loopbacks, whatever the system's
    /// tables say; an empty host is every address.
    static func addresses(of host: String) throws(StartError) -> [IPAddress] {
        if host.isEmpty || host == "*" { return [IPAddress(v6: 0, 0), IPAddress(v4: 0)] }
        if host == "localhost" { return [.loopback, IPAddress(v6: 0, 1)] }
        if let address = IPAddress(host) { return [address] }
        var found = Array(repeating: CLinux.linux_address(), count: 8)
        let count = linux_resolve(host, &found, Int32(found.count))
        guard count > 0 else { throw .unknownHost(host) }
        return found[..<Int(count)].map(IPAddress.init)
    }
}

extension CLinux.linux_address {
    init(_ address: IPAddress, port: Int) {
        let (high, low) = address.words
        self.init(
            high: high, low: low, port: UInt16(truncatingIfNeeded: port),
            is_v6: address.version == .v6 ? 1 : 0)
    }
}

extension IPAddress {
    init(_ address: CLinux.linux_address) {
        if address.is_v6 == 1 {
            self.init(v6: address.high, address.low)
        } else {
            self.init(v4: UInt32(truncatingIfNeeded: address.low))
        }
    }
}

/// A listening socket on its loop.
final class Acceptor: FileDescriptorHandler {
    private let descriptor: Int32
    private let local: SocketAddress
    private let worker: Worker
    private var watcher: FileDescriptorWatcher?

    /// How many connections one event brings at most, so that those that are there get their turn.
    private static let batch = 64
    /// Without descriptors or memory left, accepting waits: the event would come again and again.
    private static let exhaustedPause: Duration = .milliseconds(100)

    init(descriptor: Int32, local: SocketAddress, worker: Worker) {
        self.descriptor = descriptor
        self.local = local
        self.worker = worker
        watcher = worker.loop.watch(descriptor, for: .read, self)
    }

    func fileDescriptorIsReady(_ events: Interest) {
        for _ in 0..<Self.batch {
            var peer = CLinux.linux_address()
            let socket = linux_accept(descriptor, &peer)
            guard socket >= 0 else { return pauseIfExhausted(linux_errno()) }
            worker.accept(
                socket, from: SocketAddress(IPAddress(peer), port: Int(peer.port)), at: local)
        }
    }

    private func pauseIfExhausted(_ errno: Int32) {
        guard [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) else { return }
        watcher?.change(to: [])
        worker.loop.schedule(after: Self.exhaustedPause) { [self] in watcher?.change(to: .read) }
    }

    func close() {
        guard let watcher else { return }
        watcher.remove()
        self.watcher = nil
        Glibc.close(descriptor)
    }
}
