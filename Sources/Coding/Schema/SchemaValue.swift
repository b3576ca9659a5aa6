import Values

/// A value that knows the JSON it accepts, because it checks itself when it is made.
///
/// Its own `init(from:)` throws `Invalid` for what it refuses. The example stands in for a bad value
/// while the fields after it are read, and shows readers of the API what to send.
package protocol SchemaValue: Codable {
    static var schema: Schema { get }
    static var example: Self { get }
}

/// Text with rules: an address, a password, a name.
///
/// A type that says how it is made from text and how it is written needs no coding of its own.
package protocol StringValue: SchemaValue {
    init(_ text: String) throws(Invalid)
    var text: String { get }
}

extension StringValue {
    package init(from decoder: any Decoder) throws {
        try self.init(String(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        try text.encode(to: encoder)
    }
}
