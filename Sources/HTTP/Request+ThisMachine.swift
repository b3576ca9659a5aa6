extension Request {
    /// Whether a program on this machine sent it, and passed on nobody else's.
    ///
    /// A proxy on this machine passes on requests from everywhere, and its own address is no proof:
    /// a request that names a proxy does not count.
    package var isFromThisMachine: Bool {
        let passedOn: [FieldName] = [.forwarded, .xForwardedFor, .xForwardedHost]
        return peer.ip.isLoopback && passedOn.allSatisfy { self[$0] == nil }
    }
}
