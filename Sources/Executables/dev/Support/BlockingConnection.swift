import DatabaseTesting
import Glibc

/// A connection that says one thing and hears all that comes of it.
struct BlockingConnection {
    private let socket: LoopbackSocket

    /// How the other side ended it.
    enum End {
        case closed, reset, silence
    }

    /// Nil when nothing listens. Reading gives up after so long a silence.
    init?(port: Int, patience: Duration) {
        guard let socket = try? LoopbackSocket(port: port, patience: patience) else { return nil }
        self.socket = socket
    }

    /// What the other side does not take is not sent: how it ended is read.
    func send(_ bytes: [UInt8]) { try? socket.send(bytes) }

    /// All bytes until the other side ends it or says nothing for too long.
    func receiveAll() -> (bytes: [UInt8], end: End) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(socket.descriptor, &buffer, buffer.count, 0)
            if count > 0 {
                bytes += buffer[..<count]
            } else if count == 0 {
                return (bytes, .closed)
            } else {
                return (bytes, errno == EAGAIN ? .silence : .reset)
            }
        }
    }
}
