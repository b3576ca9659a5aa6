/// A member of a partial update: left alone, emptied, or set.
///
/// An optional member cannot tell a missing value from null; this can. It must be the type of a
/// property, where a missing member is `absent`; elsewhere there is always a value or null.
package enum Patch<Value> {
    case absent
    case null
    case value(Value)
}

extension Patch {
    /// The value that is set, if one is.
    package var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }

    package func map<Other>(_ transform: (Value) -> Other) -> Patch<Other> {
        switch self {
        case .absent: .absent
        case .null: .null
        case .value(let value): .value(transform(value))
        }
    }
}

extension Patch: Sendable where Value: Sendable {}
extension Patch: Equatable where Value: Equatable {}
extension Patch: Hashable where Value: Hashable {}

extension Patch: Codable where Value: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = container.decodeNil() ? .null : .value(try container.decode(Value.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if case .value(let value) = self {
            try container.encode(value)
        } else {
            try container.encodeNil()
        }
    }
}

extension KeyedDecodingContainer {
    /// Found by synthesized `init(from:)`, because it is more exact than the general one.
    package func decode<Value>(
        _ type: Patch<Value>.Type, forKey key: Key
    ) throws -> Patch<Value> where Value: Codable {
        contains(key) ? try present(type, forKey: key) : .absent
    }

    private func present<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try decode(type, forKey: key)
    }
}

extension KeyedEncodingContainer {
    package mutating func encode<Value>(
        _ patch: Patch<Value>, forKey key: Key
    ) throws where Value: Codable {
        if case .absent = patch { return }
        try present(patch, forKey: key)
    }

    private mutating func present<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        try encode(value, forKey: key)
    }
}
