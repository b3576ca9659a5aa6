import Values

/// Codable's way to a value on the tape. Two words, so that no box is made for `any Decoder`.
struct TapeDecoder: Decoder {
    let tape: Tape
    let index: Int32
    let generation: UInt32

    var codingPath: [any CodingKey] { tape.codingPath(Int(index)) }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        tape.check(generation)
        guard index >= 0 else { return keyed(by: type) }
        if tape.node(Int(index)).kind == .object {
            tape.state.pointee.nodes[Int(index)].flags.insert(.opened)
            return keyed(by: type)
        }
        try tape.mismatch(Int(index), .object)
        return tape.decoder(Tape.phantom).keyed(by: type)
    }

    @inline(__always)
    private func keyed<Key: CodingKey>(by type: Key.Type) -> KeyedDecodingContainer<Key> {
        let target = ReadingTarget(object: index, generation: generation)
        return tape.state.pointee.containers.container(type, for: target) { place in
            KeyedDecodingContainer(
                TapeKeyedContainer<Key>(tape: tape, own: target, place: place))
        }
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        tape.check(generation)
        return try list()
    }

    private func list() throws -> TapeListContainer {
        guard index >= 0 else { return TapeListContainer(tape: tape, generation: generation) }
        let node = tape.node(Int(index))
        if node.kind == .list {
            tape.state.pointee.nodes[Int(index)].flags.insert(.opened)
            return TapeListContainer(
                tape: tape, generation: generation, next: index + 1, total: node.length)
        }
        if node.flags.contains(.loose) {
            return TapeListContainer(tape: tape, generation: generation, next: index, total: 1)
        }
        try tape.mismatch(Int(index), .list)
        return TapeListContainer(tape: tape, generation: generation)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

extension TapeDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { index < 0 || tape.isNull(Int(index)) }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        tape.check(generation)
        return try tape.value(Int(index))
    }

    func decode<Scalar: TapeScalar>(_ type: Scalar.Type) throws -> Scalar {
        tape.check(generation)
        return try Scalar(tape, Int(index))
    }
}

extension TapeDecoder {
    /// The decoder behind an existential, if it is ours: cheaper than a cast, for types that are
    /// read often.
    @inline(__always)
    init?(_ decoder: any Decoder) {
        func open<Opened: Decoder>(_ decoder: Opened) -> TapeDecoder? {
            guard Opened.self == TapeDecoder.self else { return nil }
            return withUnsafePointer(to: decoder) {
                UnsafeRawPointer($0).assumingMemoryBound(to: TapeDecoder.self).pointee
            }
        }
        guard let tapeDecoder = open(decoder) else { return nil }
        self = tapeDecoder
        tape.check(generation)
    }
}
