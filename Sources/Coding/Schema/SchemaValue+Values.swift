import Values

extension EmailAddress: StringValue {
    package static var schema: Schema {
        .string(format: "email", length: 6...maximumLength, pattern: pattern)
    }

    /// What the format would allow and this type does not: quoted parts, a domain of one label.
    private static let pattern =
        "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
        + "@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]{2,63}$"

    package static var example: EmailAddress {
        try! EmailAddress("ada@example.com")  // A constant that is an address.
    }
}

extension Instant: SchemaValue {
    package static var schema: Schema { .instant }
    package static var example: Instant { Instant(seconds: 1_767_225_600) }

    package init(from decoder: any Decoder) throws {
        guard let instant = Instant(try String(from: decoder)) else {
            throw Invalid.malformed(.instant)
        }
        self = instant
    }

    package func encode(to encoder: any Encoder) throws {
        try description.encode(to: encoder)
    }
}

extension ID: SchemaValue {
    package static var schema: Schema { .id }

    package static var example: ID {
        ID(high: 0x0199_c82c_c000_7000, low: 0x8000_0000_0000_0001)
    }

    package init(from decoder: any Decoder) throws {
        if let known = TapeDecoder(decoder) {
            self = try known.tape.id(Int(known.index))
        } else if let id = ID(try String(from: decoder)) {
            self = id
        } else {
            throw Invalid.malformed(.id)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        try description.encode(to: encoder)
    }
}
