/// The members of an object that is being written.
struct OutputKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let sink: OutputSink
    let own: WritingTarget
    /// Set where this container is kept for other objects: then this says which.
    let place: UnsafeMutablePointer<WritingTarget>?

    @inline(__always)
    private var target: WritingTarget { place?.pointee ?? own }

    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) throws {
        try sink.key(key.stringValue, in: target)
        sink.state.pointee.output.null()
    }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        try sink.key(key.stringValue, in: target)
        try sink.value(value)
    }

    @inline(__always)
    func encode<Scalar: OutputScalar>(_ value: Scalar, forKey key: Key) throws {
        try sink.key(key.stringValue, in: target)
        value.put(in: &sink.state.pointee.output)
    }

    // MARK: Containers inside

    private func child(_ name: String) -> OutputEncoder {
        let target = target
        do { try sink.key(name, in: target) } catch {
            return OutputEncoder(sink: sink, depth: target.depth, serial: .max)
        }
        return OutputEncoder(sink: sink, depth: target.depth, serial: sink.state.pointee.serial)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        child(key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        child(key.stringValue).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { child("super") }
    func superEncoder(forKey key: Key) -> any Encoder { child(key.stringValue) }
}
