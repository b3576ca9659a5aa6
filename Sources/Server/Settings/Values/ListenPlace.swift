import Coding
import HTTP
import Values

/// An address and port to listen on: `127.0.0.1:4000`, `[::1]:4000`, `localhost:4000`, `:8080`.
package struct ListenPlace: StringValue, Hashable, Sendable {
    package let address: SocketAddress
    package let text: String

    package static let standard = ListenPlace(SocketAddress(.loopback, port: 4000))

    package init(_ address: SocketAddress) {
        self.address = address
        text = address.description
    }

    /// Port 0 takes any that is free. A host is an address or `localhost`: names of other hosts may
    /// change while the server runs.
    package init(_ text: String) throws(Invalid) {
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...]),
            let address = Self.address(text[..<colon])
        else { throw .rule("settings.listen") }
        self.init(SocketAddress(address, port: Int(port)))
    }

    package var port: Int { address.port }

    private static func address(_ host: Substring) -> IPAddress? {
        switch host {
        case "", "*": IPAddress("0.0.0.0")
        case "localhost": .loopback
        case _ where host.hasPrefix("[") && host.hasSuffix("]"):
            IPAddress(host.dropFirst().dropLast()).flatMap { $0.version == .v6 ? $0 : nil }
        default: IPAddress(host).flatMap { $0.version == .v4 ? $0 : nil }
        }
    }

    package static var schema: Schema { .string(format: "host:port") }
    package static var example: ListenPlace { standard }
}
