/// A decoder that has every member a type asks for, each of the example's value, and notes them.
struct SchemaProbe: Decoder {
    let shape: SchemaShape

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        shape.kind = .members
        return KeyedDecodingContainer(KeyedProbe<Key>(shape: shape))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        shape.kind = .elements
        return ListProbe(shape: shape)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

extension SchemaProbe: SingleValueDecodingContainer {
    /// Only optionals ask a value of its own whether it is null.
    func decodeNil() -> Bool {
        shape.isNullable = true
        return false
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let (schema, example) = known(type) {
            shape.kind = .value(schema)
            return example
        }
        let (schema, example) = try SchemaReader.read(type, within: shape.outer)
        shape.kind = .value(schema)
        return example
    }

    /// The types that Codable itself knows.
    private func known<Value>(_ type: Value.Type) -> (Schema, Value)? {
        switch type {
        case is String.Type: ("" as? Value).map { (.string, $0) }
        case is Bool.Type: (false as? Value).map { (.boolean, $0) }
        case is Double.Type: (0.0 as? Value).map { (.number, $0) }
        case is Float.Type: (Float(0) as? Value).map { (.number, $0) }
        default: integer(type)
        }
    }

    private func integer<Value>(_ type: Value.Type) -> (Schema, Value)? {
        func zero<Integer: FixedWidthInteger>(_: Integer.Type) -> (Schema, Value)? {
            guard let value = (0 as Integer) as? Value else { return nil }
            // What every client can say needs no bounds in the document.
            guard Integer.bitWidth < 64 || !Integer.isSigned else { return (.integer, value) }
            let most = Int64(exactly: Integer.max) ?? .max
            return (.integer(in: Int64(Integer.min)...most), value)
        }
        return Self.integers[ObjectIdentifier(type)].flatMap { zero($0) }
    }

    /// To ask each type whether it is one would look through all conformances of the program.
    private static let integers:
        [ObjectIdentifier: any (FixedWidthInteger & SendableMetatype).Type] = {
            let all: [any (FixedWidthInteger & SendableMetatype).Type] = [
                Int.self, Int8.self, Int16.self, Int32.self, Int64.self,
                UInt.self, UInt8.self, UInt16.self, UInt32.self, UInt64.self,
            ]
            return Dictionary(uniqueKeysWithValues: all.map { (ObjectIdentifier($0), $0) })
        }()
}

/// `decodeIfPresent` asks `contains` first, `decode` does not: that difference is what makes a
/// member optional. A test pins it.
private struct KeyedProbe<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let shape: SchemaShape

    var codingPath: [any CodingKey] { [] }

    /// Only dictionaries ask, and accept any name.
    var allKeys: [Key] {
        guard let name = Key(stringValue: "name") ?? Key(stringValue: "0") else { return [] }
        shape.kind = .names
        return [name]
    }

    func contains(_ key: Key) -> Bool {
        shape.markOptional(key.stringValue)
        return true
    }

    func decodeNil(forKey key: Key) throws -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try SchemaProbe(shape: child(key)).decode(type)
    }

    private func child(_ key: Key) -> SchemaShape {
        let child = shape.child()
        shape.insert(key.stringValue, child)
        return child
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try SchemaProbe(shape: child(key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try SchemaProbe(shape: child(key)).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { throw SchemaError.unsupported("a superclass") }
    func superDecoder(forKey key: Key) throws -> any Decoder { SchemaProbe(shape: child(key)) }
}

/// A list of one.
private struct ListProbe: UnkeyedDecodingContainer {
    let shape: SchemaShape
    private(set) var currentIndex = 0

    init(shape: SchemaShape) {
        self.shape = shape
    }

    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    var isAtEnd: Bool { currentIndex >= 1 }

    mutating func decodeNil() throws -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try SchemaProbe(shape: step()).decode(type)
    }

    private mutating func step() -> SchemaShape {
        let child = shape.child()
        if currentIndex == 0 { shape.insert("0", child) }
        currentIndex += 1
        return child
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try SchemaProbe(shape: step()).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try SchemaProbe(shape: step()).unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { SchemaProbe(shape: step()) }
}
