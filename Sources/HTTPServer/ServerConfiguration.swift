import HTTP
import Values

/// Where to listen: a host or an address, and a port. Port 0 lets the system choose.
package struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    package let host: String
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// `127.0.0.1:4000`, `[::1]:4000`, `localhost:4000` or `:4000`, which is every address of the
    /// machine. Nil for all else.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"),
            let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port)
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("[") {
            guard host.hasSuffix("]") else { return nil }
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        self.init(host: String(host), port: port)
    }

    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

/// How a server listens and answers, apart from what its handler does.
package struct ServerConfiguration: Sendable {
    package var addresses: [ListenAddress]
    package var limits = HTTPLimits()
    /// Of WebSockets whose routes have no limits of their own.
    package var webSocketLimits = WebSocketLimits()
    package var trustedProxies = TrustedProxies.none
    /// Fields of every answer: security headers, a server name.
    package var commonFields = Fields()
    /// Whether answers are compressed for clients that accept it; see `ResponseCompression`.
    package var compresses = true
    /// What the server answers by itself: 400, 408, 413, 414, 417, 431, 500, 501, 503, 504, 505.
    /// Only bodies of bytes are sent.
    package var refusal: @Sendable (Status) -> Response = { status in
        .text("\(status)\n", status: status)
    }
    /// Hears of an answer's file that could not be opened, after which the answer is 404.
    package var missingFile: @Sendable (String) -> Void = { _ in }
    package var clock = Clock.system
    /// Connections that the system holds ready until they are accepted.
    package var backlog = 4096

    package init(addresses: [ListenAddress]) { self.addresses = addresses }
}

/// Why a server cannot listen.
package enum StartError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Somebody listens there already.
    case busy(ListenAddress)
    /// A port below 1024 without the right to it, most often.
    case notPermitted(ListenAddress)
    case unknownHost(String)
    /// No interface of this machine has the address.
    case notLocal(ListenAddress)
    case failed(ListenAddress, errno: Int32)

    package var description: String {
        switch self {
        case .busy(let address):
            "\(address) is in use. Stop the program that listens there, or choose another port."
        case .notPermitted(let address):
            "No permission to listen on \(address). Ports below 1024 need a privilege."
        case .unknownHost(let host): "The host \(host) is not known."
        case .notLocal(let address): "\(address) is not an address of this machine."
        case .failed(let address, let errno): "Cannot listen on \(address): error \(errno)."
        }
    }
}
