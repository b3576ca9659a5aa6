import Values

/// The elements of a list on the tape, one after the other.
struct TapeListContainer: UnkeyedDecodingContainer {
    let tape: Tape
    let generation: UInt32
    private var next: Int32
    private let total: UInt32
    private var passed: UInt32 = 0

    /// Without a `next` a list that is not there, and has no elements.
    init(tape: Tape, generation: UInt32, next: Int32 = Int32(Tape.phantom), total: UInt32 = 0) {
        self.tape = tape
        self.generation = generation
        self.next = next
        self.total = total
    }

    var codingPath: [any CodingKey] { next < 0 ? [] : tape.codingPath(Int(next)).dropLast() }
    var count: Int? { Int(total) }
    var isAtEnd: Bool { passed >= total }
    var currentIndex: Int { Int(passed) }

    @inline(__always)
    private mutating func step() throws -> Int {
        tape.check(generation)
        if isAtEnd { throw ended() }
        let index = Int(next)
        next = Int32(truncatingIfNeeded: tape.state.pointee.after(index))
        passed &+= 1
        return index
    }

    /// A list that is too short for a type which counts on its length.
    @inline(never)
    private func ended() -> any Error {
        Invalid.tooShort(min: Int(total) + 1)
    }

    mutating func decodeNil() throws -> Bool {
        tape.check(generation)
        if isAtEnd { throw ended() }
        guard tape.isNull(Int(next)) else { return false }
        _ = try step()
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try tape.value(step())
    }

    mutating func decode<Scalar: TapeScalar>(_ type: Scalar.Type) throws -> Scalar {
        try Scalar(tape, step())
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try tape.decoder(step()).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try tape.decoder(step()).unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try tape.decoder(step()) }
}
