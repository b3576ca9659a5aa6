/// Reads JSON text (RFC 8259) in one pass into the tape: sixteen bytes a value, in the order of the
/// text, a member being two. No strings and numbers are made until they are asked for.
///
/// Stricter than many: no byte order mark, no name twice in an object, UTF-8 only, no lone surrogate,
/// no number beyond a `Double`.
struct TapeParser {
    typealias Failure = JSONSyntaxError

    let bytes: Bytes
    let end: Int
    let tape: UnsafeMutablePointer<TapeState>
    let limits: JSONLimits
    var index = 0

    /// Appends the input of the tape to its nodes.
    static func parse(
        _ tape: UnsafeMutablePointer<TapeState>, _ limits: JSONLimits
    ) throws(Failure) {
        var parser = TapeParser(
            bytes: tape.pointee.bytes, end: tape.pointee.byteCount, tape: tape, limits: limits)
        try parser.document()
    }

    @inline(never)
    func failure(_ code: JSONSyntaxError.Code, at offset: Int? = nil) -> Failure {
        JSONSyntaxError(code, at: offset ?? index)
    }

    private mutating func document() throws(Failure) {
        if end > limits.bytes || end >= Int(UInt32.max) / 2 { throw failure(.tooLarge) }
        if end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            throw failure(.byteOrderMark)
        }
        skipSpace()
        if index == end { throw failure(.empty) }
        try value(depth: 0)
        skipSpace()
        if index != end { throw failure(.trailing) }
    }

    @inline(__always)
    private mutating func skipSpace() {
        while index < end {
            let byte = bytes[index]
            if byte > .space { return }
            guard byte == .space || byte == .lineFeed || byte == .carriageReturn || byte == .tab
            else { return }
            index &+= 1
        }
    }

    /// The byte after any space, or the end of the input where there must be more.
    @inline(__always)
    private mutating func significant() throws(Failure) -> UInt8 {
        skipSpace()
        guard index < end else { throw failure(.endOfInput) }
        return bytes[index]
    }

    private mutating func value(depth: Int) throws(Failure) {
        guard index < end else { throw failure(.endOfInput) }
        switch bytes[index] {
        case .quote: try text()
        case .openBrace: try object(depth: depth &+ 1)
        case .openBracket: try list(depth: depth &+ 1)
        case .minus, .zero ... .nine: try number()
        case .lowerT: try literal("true", .yes)
        case .lowerF: try literal("false", .no)
        case .lowerN: try literal("null", .null)
        default: throw failure(.unexpected)
        }
    }

    @inline(__always)
    private mutating func literal(_ name: StaticString, _ kind: Node.Kind) throws(Failure) {
        let count = name.utf8CodeUnitCount
        guard end &- index >= count, isSame(bytes + index, name.utf8Start, count) else {
            throw failure(.unexpected)
        }
        index &+= count
        tape.pointee.append(Node(kind: kind))
    }

    @inline(__always)
    private mutating func text() throws(Failure) {
        index &+= 1
        let start = index
        let flags = try string()
        tape.pointee.append(span(start, index &- 1, .string, flags))
    }

    @inline(__always)
    func span(_ start: Int, _ end: Int, _ kind: Node.Kind, _ flags: Node.Flags) -> Node {
        Node(
            start: UInt32(truncatingIfNeeded: start),
            length: UInt32(truncatingIfNeeded: end &- start), kind: kind, flags: flags)
    }

    // MARK: Containers

    private mutating func list(depth: Int) throws(Failure) {
        let list = try open(.list, depth)
        var count: UInt32 = 0
        if try significant() == .closeBracket {
            index &+= 1
        } else {
            repeat {
                skipSpace()
                try value(depth: depth)
                count &+= 1
            } while try goesOn(until: .closeBracket)
        }
        close(list, count)
    }

    private mutating func object(depth: Int) throws(Failure) {
        let object = try open(.object, depth)
        var names = NameFilter()
        if try significant() == .closeBrace {
            index &+= 1
        } else {
            repeat {
                try name(in: object, &names)
                guard try significant() == .colon else { throw failure(.unexpected) }
                index &+= 1
                skipSpace()
                try value(depth: depth)
            } while try goesOn(until: .closeBrace)
        }
        close(object, names.count)
        tape.pointee.nodes[object].start = UInt32(truncatingIfNeeded: object &+ 1)
        if names.isFull, let offset = repeatedName(in: object) {
            throw failure(.duplicateKey, at: offset)
        }
    }

    @inline(__always)
    private mutating func open(_ kind: Node.Kind, _ depth: Int) throws(Failure) -> Int {
        if depth > min(limits.depth, JSONLimits.deepest) { throw failure(.tooDeep) }
        index &+= 1
        return tape.pointee.append(Node(kind: kind))
    }

    @inline(__always)
    private func close(_ container: Int, _ count: UInt32) {
        tape.pointee.nodes[container].length = count
        tape.pointee.nodes[container].next = UInt32(truncatingIfNeeded: tape.pointee.count)
    }

    /// Passes a comma, or the end of the container.
    @inline(__always)
    private mutating func goesOn(until close: UInt8) throws(Failure) -> Bool {
        let byte = try significant()
        guard byte == .comma || byte == close else { throw failure(.unexpected) }
        index &+= 1
        return byte == .comma
    }

    @inline(__always)
    private mutating func name(in object: Int, _ names: inout NameFilter) throws(Failure) {
        guard try significant() == .quote else { throw failure(.unexpected) }
        index &+= 1
        let start = index
        let flags = try string()
        var name = span(start, index &- 1, .string, [])
        if flags.contains(.escaped) { unescape(&name) }
        name.next = nameHash(tape.pointee.text(name), name.count)
        if names.mayHave(name), isRepeated(name, in: object) {
            throw failure(.duplicateKey, at: start)
        }
        tape.pointee.append(name)
    }
}
