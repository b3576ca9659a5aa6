/// The proxies whose word about the client is taken: those that the operator named.
package struct TrustedProxies: Sendable, Hashable {
    private let networks: [IPNetwork]

    package static let none = TrustedProxies([])

    package init(_ networks: [IPNetwork]) { self.networks = networks }

    package func contains(_ address: IPAddress) -> Bool {
        networks.contains { $0.contains(address) }
    }
}

/// Who sent a request and what they asked for, as far as trusted proxies tell.
///
/// The chain of addresses is walked from the peer backwards while each is trusted; the first that
/// is not is the client, so what a client writes itself is never believed. `Forwarded` (RFC 7239)
/// wins over the `X-Forwarded-` fields.
package struct Forwarded: Sendable, Equatable {
    package var client: IPAddress
    package var scheme: String
    /// Host and port as the client named them; nil in HTTP/1.0 without `Host`.
    package var authority: String?

    package init(of request: Request) {
        let connection = request.connection
        client = connection.peer.ip
        scheme = connection.isTLS ? "https" : "http"
        authority = request.head.authority ?? request[.host]
        guard connection.trustedProxies.contains(client) else { return }
        if request[.forwarded] != nil {
            follow(request.values(of: .forwarded).flatMap(listMembers).map(Hop.init(element:)))
        } else {
            followLegacy(request)
        }
        func follow(_ hops: [Hop]) {
            for hop in hops.reversed() {
                scheme = hop.scheme ?? scheme
                authority = hop.host ?? authority
                guard let address = hop.address else { return }
                client = address
                if !connection.trustedProxies.contains(address) { return }
            }
        }
        func followLegacy(_ request: Request) {
            var hops = request.values(of: .xForwardedFor).flatMap(listMembers).map {
                Hop(address: Hop.address($0))
            }
            if hops.isEmpty { hops = [Hop()] }
            hops[hops.count - 1].scheme = Hop.scheme(
                request.values(of: .xForwardedProto).flatMap(listMembers).last)
            hops[hops.count - 1].host = request.values(of: .xForwardedHost)
                .flatMap(listMembers).last.flatMap(Hop.host)
            follow(hops)
        }
    }

    /// What one proxy said about who asked it.
    private struct Hop {
        var address: IPAddress?
        var scheme: String?
        var host: String?

        init(address: IPAddress? = nil) { self.address = address }

        init(element: String) {
            for pair in element.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2 else { continue }
                let value = unquoted(parts[1].trimmed)
                switch parts[0].trimmed.lowercased() {
                case "for": address = Hop.address(value)
                case "proto": scheme = Hop.scheme(value)
                case "host": host = Hop.host(value)
                default: break
                }
            }
        }

        /// An address with or without a port; `unknown` and names of one's own are none.
        static func address(_ text: String) -> IPAddress? {
            if text.utf8.first == UInt8(ascii: "[") {
                guard let end = text.firstIndex(of: "]") else { return nil }
                return IPAddress(text[text.utf8.index(after: text.startIndex)..<end])
            }
            if let whole = IPAddress(text) { return whole }
            return text.lastIndex(of: ":").flatMap { IPAddress(text[..<$0]) }
        }

        static func scheme(_ text: String?) -> String? {
            text.map { $0.lowercased() }.flatMap { ["http", "https"].contains($0) ? $0 : nil }
        }

        static func host(_ text: String) -> String? {
            isAuthority(text.utf8) ? text : nil
        }
    }
}

extension Request {
    /// The client's address, after trusted proxies.
    package var client: IPAddress { Forwarded(of: self).client }

    /// `http` or `https`, as the client used it.
    package var scheme: String { Forwarded(of: self).scheme }

    /// Host and port as the client named them.
    package var authority: String? { Forwarded(of: self).authority }

    package var isSecure: Bool { scheme == "https" }
}

/// A quoted string's content (RFC 9110 §5.6.4), or the text itself.
func unquoted(_ text: some StringProtocol) -> String {
    let bytes = Array(text.utf8)
    let quote = UInt8(ascii: "\"")
    guard bytes.count >= 2, bytes.first == quote, bytes.last == quote else { return String(text) }
    var content: [UInt8] = []
    var isEscaped = false
    for byte in bytes[1..<bytes.count - 1] {
        if byte == UInt8(ascii: "\\") && !isEscaped {
            isEscaped = true
        } else {
            content.append(byte)
            isEscaped = false
        }
    }
    return String(decoding: content, as: UTF8.self)
}

/// Whether bytes can be a host with a port, as in `Host`.
func isAuthority(_ bytes: some Collection<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.count <= Authority.longest && bytes.allSatisfy(Authority.contains)
}
