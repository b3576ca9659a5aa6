import Coding
import HTTPServer
import Values

/// An address and port to listen on: `127.0.0.1:4000`, `[::1]:4000`, `localhost:4000`, `:8080`.
package struct ListenPlace: StringValue, Hashable, Sendable {
    package let address: ListenAddress

    package static let standard = ListenPlace(ListenAddress(host: "127.0.0.1", port: 4000))

    package init(_ address: ListenAddress) {
        self.address = address
    }

    package init(_ text: String) throws(Invalid) {
        guard let address = ListenAddress(text), address.host.utf8.allSatisfy({ $0 > 0x20 }) else {
            throw .rule("settings.listen")
        }
        self.address = address
    }

    package var text: String { address.description }
    package var port: Int { address.port }

    package static var schema: Schema { .string(format: "host:port") }
    package static var example: ListenPlace { standard }
}
