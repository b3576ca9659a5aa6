/// What the encoder writes to, and which containers are open in it.
///
/// Codable never says that a container is finished. So each has a depth and a serial, and a write at
/// one depth first closes all that is open below it.
struct SinkState: ~Copyable {
    struct Frame {
        var serial: UInt32
        var isObject: Bool
    }

    var output = JSONOutput(capacity: 4096)
    var depth: UInt32 = 0
    var serial: UInt32 = 0
    let frames: UnsafeMutablePointer<Frame>
    let containers = ContainerCache(idle: WritingTarget(depth: 0, serial: 0))
    var writers = FastWriters()

    static let depthMax: UInt32 = 64

    init() {
        let count = Int(Self.depthMax) + 2
        frames = .allocate(capacity: count)
        frames.initialize(repeating: Frame(serial: 0, isObject: false), count: count)
    }
}

/// Which container a write goes to.
struct WritingTarget {
    var depth: UInt32
    var serial: UInt32

    /// Every write to it is refused.
    static let refused = WritingTarget(depth: 0, serial: .max)
}

/// A handle on the state without reference counting, as a tape is.
struct OutputSink {
    let state: UnsafeMutablePointer<SinkState>

    private static let pool = Pool<SinkState> {
        let state = UnsafeMutablePointer<SinkState>.allocate(capacity: 1)
        state.initialize(to: SinkState())
        return state
    }

    @inline(__always)
    static func with<Result>(_ body: (OutputSink) throws -> Result) rethrows -> Result {
        let sink = OutputSink(state: pool.take())
        defer {
            sink.state.pointee.output.reset()
            sink.state.pointee.depth = 0
            // A container that is kept past this call finds no frame with its serial.
            sink.state.pointee.serial &+= 1
            pool.give(back: sink.state)
        }
        return try body(sink)
    }

    func bytes() throws -> [UInt8] {
        if let failure = state.pointee.output.failure { throw failure }
        return state.pointee.output.bytes()
    }

    // MARK: Containers

    @inline(__always)
    func open(isObject: Bool) -> WritingTarget {
        state.pointee.depth &+= 1
        state.pointee.serial &+= 1
        let target = WritingTarget(depth: state.pointee.depth, serial: state.pointee.serial)
        state.pointee.frames[Int(target.depth)] = .init(serial: target.serial, isObject: isObject)
        state.pointee.output.byte(isObject ? .openBrace : .openBracket)
        return target
    }

    @inline(__always)
    private func close(to depth: UInt32) {
        while state.pointee.depth > depth {
            let isObject = state.pointee.frames[Int(state.pointee.depth)].isObject
            state.pointee.output.byte(isObject ? .closeBrace : .closeBracket)
            state.pointee.depth &-= 1
        }
    }

    /// Makes the container the innermost, if it is open at all.
    @inline(__always)
    private func ready(_ target: WritingTarget) throws {
        if state.pointee.depth != target.depth { try catchUp(target) }
        if state.pointee.frames[Int(target.depth)].serial != target.serial {
            throw JSONEncodingError.outOfOrder
        }
    }

    @inline(never)
    private func catchUp(_ target: WritingTarget) throws {
        if state.pointee.depth < target.depth { throw JSONEncodingError.outOfOrder }
        close(to: target.depth)
    }

    /// Not generic on purpose: what is generic around it stays a few instructions long.
    func key(_ name: String, in target: WritingTarget) throws {
        try ready(target)
        state.pointee.serial &+= 1
        // An encoder for the value before this was asked for and never used.
        if state.pointee.output.last == .colon { state.pointee.output.raw("{}") }
        state.pointee.output.key(text: name)
    }

    @inline(__always)
    func element(in target: WritingTarget) throws {
        try ready(target)
        state.pointee.serial &+= 1
        if state.pointee.output.last != .openBracket { state.pointee.output.byte(.comma) }
    }

    // MARK: Values

    @inline(__always)
    func value<Value: Encodable>(_ value: Value) throws {
        if let writer = state.pointee.writers.writer(for: Value.self) {
            withUnsafePointer(to: value) { writer.write($0, to: &state.pointee.output) }
            return
        }
        let depth = state.pointee.depth
        let before = state.pointee.output.count
        if depth >= SinkState.depthMax { throw JSONEncodingError.tooDeep }
        try value.encode(
            to: OutputEncoder(sink: self, depth: depth, serial: state.pointee.serial))
        close(to: depth)
        if state.pointee.output.count == before { throw JSONEncodingError.nothingWritten }
    }
}
