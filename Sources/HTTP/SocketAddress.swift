/// An IP address, version 4 or 6. An IPv4 address in IPv6's clothes (`::ffff:1.2.3.4`) is the IPv4
/// address, so that one client is one address on every kind of socket.
package struct IPAddress: Hashable, Sendable {
    /// Which of the two an address was written as; an IPv4 address mapped into IPv6 counts as IPv4.
    package enum Version: Sendable { case v4, v6 }

    package let version: Version
    /// The 128 bits; an IPv4 address is the low 32 of them.
    let high: UInt64
    let low: UInt64

    package init(v4: UInt32) {
        (version, high, low) = (.v4, 0, UInt64(v4))
    }

    package init(v6 high: UInt64, _ low: UInt64) {
        let isMapped = high == 0 && low >> 32 == 0xffff
        version = isMapped ? .v4 : .v6
        self.high = high
        self.low = isMapped ? low & 0xffff_ffff : low
    }

    package static let loopback = IPAddress(v4: 0x7f00_0001)

    /// The 128 bits as the system's interfaces want them.
    package var words: (high: UInt64, low: UInt64) { (high, low) }

    /// What counts as one client for limits: the address, or the /64 network of an IPv6 address,
    /// since a client there has 2^64 of them.
    package var network: IPAddress {
        version == .v4 ? self : IPAddress(v6: high, 0)
    }

    package var isLoopback: Bool {
        version == .v4 ? low >> 24 == 127 : high == 0 && low == 1
    }
}

/// Where a connection comes from or goes to.
package struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
    package let ip: IPAddress
    package let port: Int

    package init(_ ip: IPAddress, port: Int) {
        self.ip = ip
        self.port = port
    }

    /// `1.2.3.4:80` or `[::1]:80`.
    package var description: String {
        ip.version == .v4 ? "\(ip):\(port)" : "[\(ip)]:\(port)"
    }
}
