import Coding
import HTTP
import Values

/// A proxy, or a network of them, whose word about clients is taken.
package struct ProxyNetwork: StringValue, Hashable, Sendable {
    package let network: IPNetwork
    package let text: String

    package init(_ text: String) throws(Invalid) {
        guard let network = IPNetwork(text) else { throw .rule("settings.network") }
        self.network = network
        self.text = text
    }

    package static var schema: Schema { .string(format: "network") }
    package static var example: ProxyNetwork {
        try! ProxyNetwork("10.0.0.0/8")  // A constant that is a network.
    }
}
