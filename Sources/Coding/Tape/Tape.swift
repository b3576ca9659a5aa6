import Values

/// A parsed text, and the reading of values from it by index.
///
/// The first value is at 0. An index below zero is a phantom: a value that is not there and reads as
/// something harmless, so that reading can go on after a bad field. A tape is one pointer without
/// reference counting, because every call through Codable's containers copies it.
struct Tape {
    let state: UnsafeMutablePointer<TapeState>

    static let phantom = -1

    private static let pool = Pool<TapeState> {
        let state = UnsafeMutablePointer<TapeState>.allocate(capacity: 1)
        state.initialize(to: TapeState())
        return state
    }

    /// Gives `body` a tape for `input`, which is not parsed yet.
    @inline(__always)
    static func with<Result>(
        _ input: UnsafeBufferPointer<UInt8>, _ body: (Tape) throws -> Result
    ) rethrows -> Result {
        let tape = Tape(state: pool.take())
        tape.state.pointee.prepare(input)
        defer {
            tape.state.pointee.finish()
            pool.give(back: tape.state)
        }
        return try body(tape)
    }

    /// Gives `body` the parsed tape of `bytes`.
    @inline(__always)
    static func parsing<Result>(
        _ bytes: [UInt8], _ limits: JSONLimits, _ body: (Tape) throws -> Result
    ) throws -> Result {
        try bytes.withUnsafeBufferPointer { input in
            try with(input) { tape in
                try TapeParser.parse(tape.state, limits)
                return try body(tape)
            }
        }
    }

    @inline(__always) var generation: UInt32 { state.pointee.generation }

    @inline(__always)
    func check(_ generation: UInt32) {
        precondition(
            generation == state.pointee.generation, "a decoder was used after decoding ended")
    }

    @inline(__always)
    func node(_ index: Int) -> Node {
        precondition(index < state.pointee.count, "a decoder was used after decoding ended")
        return state.pointee.nodes[index]
    }

    @inline(__always)
    func isNull(_ index: Int) -> Bool { node(index).kind == .null }

    @inline(__always)
    func decoder(_ index: Int) -> TapeDecoder {
        TapeDecoder(tape: self, index: Int32(truncatingIfNeeded: index), generation: generation)
    }

    // MARK: Members

    /// The index of a member's value; 0 where there is none.
    func find(_ name: consuming String, in object: Int) -> Int {
        name.withUTF8 { find($0.baseAddress ?? TapeState.nothing, $0.count, in: object) }
    }

    /// Looks first at the member after the one found last: in the order of the text, one comparison.
    @inline(__always)
    func find(_ name: Bytes, _ count: Int, in object: Int) -> Int {
        let node = node(object)
        let expected = Int(node.start)
        let found = find(name, count, from: expected, to: node.end)
        let member = found >= 0 ? found : find(name, count, from: object &+ 1, to: expected)
        guard member >= 0 else { return 0 }
        let nodes = state.pointee.nodes
        nodes[object].start = UInt32(truncatingIfNeeded: state.pointee.after(member &+ 1))
        nodes[member].flags.insert(.used)
        return member &+ 1
    }

    @inline(__always)
    private func find(_ name: Bytes, _ count: Int, from first: Int, to last: Int) -> Int {
        var index = first
        while index < last {
            let member = state.pointee.nodes[index]
            if member.count == count, isSame(state.pointee.text(member), name, count),
                !member.flags.contains(.hidden)
            {
                return index
            }
            index = state.pointee.after(index &+ 1)
        }
        return -1
    }

    /// The names and values of an object that are not hidden.
    func forEachMember(of object: Int, _ body: (Node, Int) throws -> Void) rethrows {
        var index = object + 1
        let end = node(object).end
        while index < end {
            let name = state.pointee.nodes[index]
            if !name.flags.contains(.hidden) { try body(name, index + 1) }
            index = state.pointee.after(index + 1)
        }
    }

    func forEachElement(of list: Int, _ body: (Int) throws -> Void) rethrows {
        var index = list + 1
        let end = node(list).end
        while index < end {
            try body(index)
            index = state.pointee.after(index)
        }
    }
}
