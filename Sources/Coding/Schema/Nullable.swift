/// A member that is always there and may be null. A plain optional is left out when it is nil.
package struct Nullable<Value: Codable & Sendable>: Sendable {
    package let value: Value?

    package init(_ value: Value?) {
        self.value = value
    }
}

extension Nullable: Equatable where Value: Equatable {}

extension Nullable: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        value = container.decodeNil() ? nil : try container.decode(Value.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value { try container.encode(value) } else { try container.encodeNil() }
    }
}
