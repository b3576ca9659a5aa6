/// Codable's way into the buffer. Sixteen bytes, so that no box is made for `any Encoder`.
struct OutputEncoder: Encoder {
    let sink: OutputSink
    let depth: UInt32
    let serial: UInt32

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Opens a container, or goes on with what this encoder opened before: a subclass after its
    /// superclass.
    @inline(__always)
    private func target(isObject: Bool) -> WritingTarget {
        let state = sink.state
        if state.pointee.serial == serial, state.pointee.depth == depth,
            depth < SinkState.depthMax
        {
            return sink.open(isObject: isObject)
        }
        let child = depth &+ 1
        if state.pointee.depth > depth {
            let frame = state.pointee.frames[Int(child)]
            if frame.serial == serial &+ 1, frame.isObject == isObject {
                return WritingTarget(depth: child, serial: frame.serial)
            }
        }
        return .refused
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        let target = target(isObject: true)
        return sink.state.pointee.containers.container(type, for: target) { place in
            KeyedEncodingContainer(
                OutputKeyedContainer<Key>(sink: sink, own: target, place: place))
        }
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        OutputListContainer(sink: sink, target: target(isObject: false))
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension OutputEncoder: SingleValueEncodingContainer {
    @inline(__always)
    private func check() throws {
        guard sink.state.pointee.serial == serial, sink.state.pointee.depth == depth else {
            throw JSONEncodingError.outOfOrder
        }
    }

    func encodeNil() throws {
        try check()
        sink.state.pointee.output.null()
    }

    func encode<Value: Encodable>(_ value: Value) throws {
        try check()
        try sink.value(value)
    }

    func encode<Scalar: OutputScalar>(_ value: Scalar) throws {
        try check()
        value.put(in: &sink.state.pointee.output)
    }
}
