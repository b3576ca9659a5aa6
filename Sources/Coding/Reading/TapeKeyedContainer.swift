/// Which object a container stands for, in which call.
struct ReadingTarget {
    var object: Int32
    var generation: UInt32
}

/// The members of an object on the tape.
struct TapeKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let tape: Tape
    let own: ReadingTarget
    /// Set where this container is kept for other objects: then this says which.
    let place: UnsafeMutablePointer<ReadingTarget>?

    @inline(__always)
    var target: ReadingTarget { place?.pointee ?? own }

    @inline(__always)
    var object: Int {
        let target = target
        tape.check(target.generation)
        return Int(target.object)
    }

    var codingPath: [any CodingKey] { tape.codingPath(object) }

    var allKeys: [Key] {
        guard object >= 0 else { return [] }
        var keys: [Key] = []
        tape.forEachMember(of: object) { name, _ in
            if let key = Key(stringValue: tape.string(name)) { keys.append(key) }
        }
        return keys
    }

    /// Index of the value; 0 where there is none, negative in a phantom.
    @inline(__always)
    func find(_ key: Key) -> Int {
        let object = object
        return object < 0 ? Tape.phantom : tape.find(key.stringValue, in: object)
    }

    /// The value's index, or a phantom's where the value is missing or null.
    @inline(__always)
    func findPresent(_ key: Key) -> Int {
        let index = find(key)
        return index <= 0 || tape.isNull(index) ? Tape.phantom : index
    }

    func contains(_ key: Key) -> Bool { find(key) > 0 }

    func decodeNil(forKey key: Key) throws -> Bool {
        let index = find(key)
        if index == 0 { try tape.missing(key.stringValue, in: object, expected: .null) }
        return index <= 0 || tape.isNull(index)
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let index = find(key)
        if index != 0 { return try tape.value(index) }
        try missing(key, type)
        return try tape.value(Tape.phantom)
    }

    @inline(never)
    private func missing<Value: Decodable>(_ key: Key, _ type: Value.Type) throws {
        try tape.missing(key.stringValue, in: object, expected: tape.expected(type))
    }

    func decode<Scalar: TapeScalar>(_ type: Scalar.Type, forKey key: Key) throws -> Scalar {
        let index = find(key)
        if index == 0 { try tape.missing(key.stringValue, in: object, expected: Scalar.kind) }
        return try Scalar(tape, index == 0 ? Tape.phantom : index)
    }

    func decodeIfPresent<Value: Decodable>(
        _ type: Value.Type, forKey key: Key
    ) throws -> Value? {
        let index = findPresent(key)
        return index < 0 ? nil : try tape.value(index) as Value
    }

    @inline(__always)
    func scalarIfPresent<Scalar: TapeScalar>(_ key: Key) throws -> Scalar? {
        let index = findPresent(key)
        return index < 0 ? nil : try Scalar(tape, index)
    }

    // MARK: Containers inside

    private func child(_ name: String) throws -> TapeDecoder {
        let object = object
        let index = object < 0 ? Tape.phantom : tape.find(name, in: object)
        if index == 0 { try tape.missing(name, in: object, expected: .object) }
        return tape.decoder(index == 0 ? Tape.phantom : index)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try child(key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try child(key.stringValue).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try child("super") }
    func superDecoder(forKey key: Key) throws -> any Decoder { try child(key.stringValue) }
}

// One for each scalar: the standard library's own ask for the member three times, and Swift takes
// them before anything generic.
extension TapeKeyedContainer {
    func decodeIfPresent(_: Bool.Type, forKey key: Key) throws -> Bool? { try scalarIfPresent(key) }
    func decodeIfPresent(_: String.Type, forKey key: Key) throws -> String? {
        try scalarIfPresent(key)
    }
    func decodeIfPresent(_: Double.Type, forKey key: Key) throws -> Double? {
        try scalarIfPresent(key)
    }
    func decodeIfPresent(_: Float.Type, forKey key: Key) throws -> Float? {
        try scalarIfPresent(key)
    }
    func decodeIfPresent(_: Int.Type, forKey key: Key) throws -> Int? { try scalarIfPresent(key) }
    func decodeIfPresent(_: Int8.Type, forKey key: Key) throws -> Int8? { try scalarIfPresent(key) }
    func decodeIfPresent(_: Int16.Type, forKey key: Key) throws -> Int16? {
        try scalarIfPresent(key)
    }
    func decodeIfPresent(_: Int32.Type, forKey key: Key) throws -> Int32? {
        try scalarIfPresent(key)
    }
    func decodeIfPresent(_: Int64.Type, forKey key: Key) throws -> Int64? {
        try scalarIfPresent(key)
    }
    func decodeIfPresent(_: UInt.Type, forKey key: Key) throws -> UInt? { try scalarIfPresent(key) }
    func decodeIfPresent(_: UInt8.Type, forKey key: Key) throws -> UInt8? {
        try scalarIfPresent(key)
    }
    func decodeIfPresent(_: UInt16.Type, forKey key: Key) throws -> UInt16? {
        try scalarIfPresent(key)
    }
    func decodeIfPresent(_: UInt32.Type, forKey key: Key) throws -> UInt32? {
        try scalarIfPresent(key)
    }
    func decodeIfPresent(_: UInt64.Type, forKey key: Key) throws -> UInt64? {
        try scalarIfPresent(key)
    }
}
