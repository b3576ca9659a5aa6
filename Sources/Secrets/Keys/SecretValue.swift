import Coding
import Values

/// Text that is read from the settings and never written: it encodes as `<secret>`. An example only
/// stands in for a bad one while the rest is read, and is never used.
package protocol SecretValue: SchemaValue, Sendable {
    init(_ text: String) throws(Invalid)
}

extension SecretValue {
    package init(from decoder: any Decoder) throws {
        try self.init(String(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        try "<secret>".encode(to: encoder)
    }

    package static var schema: Schema { .string(format: "password") }
}
