import Glibc

/// A TCP socket that is connected to a port of this machine, for one thread that may wait. What tests and
/// the workshop say to servers goes through it, and shares no code with those servers.
package final class LoopbackSocket {
    /// A call that failed.
    package struct Broken: Error {
        package let call: String

        package init(call: String) { self.call = call }
    }

    package let descriptor: Int32

    /// `patience` is after how long without a byte reading gives up, and `receives` bounds what the kernel
    /// keeps for a client that does not read.
    package init(
        port: Int, patience: Duration? = nil, receives: Int32? = nil
    ) throws(Broken) {
        descriptor = Self.make()
        if let patience { set(SO_RCVTIMEO, timeval(patience)) }
        if let receives { set(SO_RCVBUF, receives) }
        var address = Self.address(port: port)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 { throw Broken(call: "connect") }
    }

    deinit { close(descriptor) }

    private func set<Value: BitwiseCopyable>(_ option: Int32, _ value: Value) {
        var value = value
        setsockopt(descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Value>.size))
    }

    package func send(_ bytes: [UInt8]) throws(Broken) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Broken(call: "send") }
            sent += count
        }
    }

    /// What comes next, at least a byte and at most `count`.
    package func receive(_ count: Int = 1 << 16) throws(Broken) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let received = recv(descriptor, &bytes, count, 0)
        guard received > 0 else { throw Broken(call: "recv") }
        return Array(bytes[..<received])
    }

    /// A port that nothing uses at this moment.
    package static func freePort() -> Int {
        let socket = make()
        defer { close(socket) }
        var address = address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(socket, $0, length)
                _ = getsockname(socket, $0, &length)
            }
        }
        return Int(in_port_t(bigEndian: address.sin_port))
    }

    private static func make() -> Int32 {
        socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    }

    private static func address(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        return address
    }
}

extension timeval {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self.init(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}
