import HTTP

/// Which servers may be asked.
///
/// Addresses of providers are an operator's, so this is no wall against him: it keeps a document that
/// a provider serves, or a name server, from leading to machines that only we can reach.
package struct Reach: Sendable {
    /// Whether addresses of this machine and of private networks may be connected to.
    package var privateNetworks = false

    package init() {}

    /// Only this machine may be asked without TLS, where it may be asked at all.
    func allows(_ address: IPAddress, isEncrypted: Bool) -> Bool {
        guard privateNetworks || address.isPublic else { return false }
        return isEncrypted || address.isLoopback
    }
}

extension IPAddress {
    /// Whether it is one that the whole Internet can reach, as far as its number tells: no address of
    /// this machine, of a private or local network, of documentation or for many at once (the
    /// special-purpose registries of IANA, RFC 6890).
    var isPublic: Bool {
        if let inner = embedded { return inner.isPublic }
        return !Self.special.contains { $0.contains(self) }
    }

    /// The IPv4 address that an IPv6 address leads to: 64:ff9b::/96 (RFC 6052), 2002::/16 (RFC 3056)
    /// and the old ::/96.
    private var embedded: IPAddress? {
        guard version == .v6 else { return nil }
        let (high, low) = words
        if high == 0x0064_ff9b << 32 | 0, low >> 32 == 0 { return four(low) }
        if high >> 48 == 0x2002 { return four(high >> 16) }
        return high == 0 && low >> 32 == 0 && low > 1 ? four(low) : nil
    }

    private func four(_ bits: UInt64) -> IPAddress {
        IPAddress(v4: UInt32(truncatingIfNeeded: bits))
    }

    private static let special: [IPNetwork] = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "::/127",
        "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "fc00::/7", "fe80::/9",
        "ff00::/8",
    ].compactMap { IPNetwork($0) }
}
