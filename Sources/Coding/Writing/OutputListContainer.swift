/// The elements of a list that is being written.
struct OutputListContainer: UnkeyedEncodingContainer {
    let sink: OutputSink
    let target: WritingTarget
    private(set) var count = 0

    init(sink: OutputSink, target: WritingTarget) {
        self.sink = sink
        self.target = target
    }

    var codingPath: [any CodingKey] { [] }

    @inline(__always)
    private mutating func next() throws {
        try sink.element(in: target)
        count &+= 1
    }

    mutating func encodeNil() throws {
        try next()
        sink.state.pointee.output.null()
    }

    mutating func encode<Value: Encodable>(_ value: Value) throws {
        try next()
        try sink.value(value)
    }

    mutating func encode<Scalar: OutputScalar>(_ value: Scalar) throws {
        try next()
        value.put(in: &sink.state.pointee.output)
    }

    private mutating func child() -> OutputEncoder {
        do { try next() } catch {
            return OutputEncoder(sink: sink, depth: target.depth, serial: .max)
        }
        return OutputEncoder(sink: sink, depth: target.depth, serial: sink.state.pointee.serial)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        child().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        child().unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { child() }
}
