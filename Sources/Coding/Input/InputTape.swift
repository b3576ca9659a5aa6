import Values

/// Puts the parts of a request on one tape, as the members of one object.
struct InputTape {
    let tape: Tape
    let limits: JSONLimits

    private var state: UnsafeMutablePointer<TapeState> { tape.state }

    func append(_ input: Input, _ remainder: InputReader.Remainder) throws {
        switch (remainder, input.body) {
        case (.query, _):
            state.pointee.source = .query
            try appendObject(input.query)
        case (.body, .form(let bytes)):
            try appendObject(Self.fields(of: bytes))
        case (.body, .none):
            try appendObject([])
        case (.body, .json), (.body, .tree), (.body, .looseTree):
            try appendText()
            if case .looseTree = input.body { loosen() }
        }
        try append(path: input.path)
    }

    private static func fields(of bytes: [UInt8]) throws -> [Input.Field] {
        do { return try FormURLEncoded.decode(bytes) } catch {
            switch error {
            case .tooManyFields: throw JSONSyntaxError(.tooLarge, at: 0)
            case .badEscape: throw JSONSyntaxError(.badEscape, at: 0)
            }
        }
    }

    /// No text at all is an object without members.
    private func appendText() throws {
        if state.pointee.byteCount == 0 { return try appendObject([]) }
        try TapeParser.parse(state, limits)
    }

    private func loosen() {
        for index in 0..<state.pointee.count where state.pointee.nodes[index].kind == .string {
            state.pointee.nodes[index].flags.insert(.loose)
        }
    }

    private func appendObject(_ fields: [Input.Field]) throws {
        state.pointee.append(Node(start: 1, kind: .object))
        try append(fields)
    }

    /// A value from the path replaces every other of its name, so that nobody can say a second one
    /// that is checked less.
    private func append(path: [Input.Field]) throws {
        guard !path.isEmpty else { return }
        guard tape.node(0).kind == .object else {
            throw InvalidInput(fields: [
                FieldError(
                    source: state.pointee.source, path: "",
                    problem: .wrongType(expected: .object, received: tape.node(0).received))
            ])
        }
        for field in path { hide(field.name) }
        state.pointee.pathStart = state.pointee.count
        try append(path)
    }

    private func hide(_ name: String) {
        let value = tape.find(name, in: 0)
        guard value > 0 else { return }
        state.pointee.nodes[value - 1].flags.insert(.hidden)
        state.pointee.nodes[value - 1].flags.remove(.used)
        state.pointee.nodes[0].start = 1
    }

    // MARK: Texts

    /// Adds members to the first object, which is the last on the tape. A name that comes again
    /// makes a list.
    private func append(_ fields: [Input.Field]) throws {
        var texts: [String: [String]] = [:]
        for field in fields { texts[field.name, default: []].append(field.text) }
        for field in fields {
            guard let values = texts.removeValue(forKey: field.name) else { continue }
            try append(text: field.name, flags: [])
            if values.count == 1 {
                try append(text: values[0], flags: .loose)
            } else {
                try append(list: values)
            }
            state.pointee.nodes[0].length += 1
        }
        state.pointee.nodes[0].next = UInt32(truncatingIfNeeded: state.pointee.count)
    }

    private func append(list texts: [String]) throws {
        let list = state.pointee.append(
            Node(length: UInt32(truncatingIfNeeded: texts.count), kind: .list))
        for text in texts { try append(text: text, flags: .loose) }
        state.pointee.nodes[list].next = UInt32(truncatingIfNeeded: state.pointee.count)
    }

    private func append(text: String, flags: Node.Flags) throws {
        var text = text
        try text.withUTF8 { bytes in
            let start = state.pointee.asideCount
            guard start + bytes.count <= limits.bytes else {
                throw JSONSyntaxError(.tooLarge, at: start)
            }
            let room = state.pointee.reserveAside(bytes.count)
            if let source = bytes.baseAddress { room.update(from: source, count: bytes.count) }
            state.pointee.asideCount += bytes.count
            state.pointee.append(
                Node(
                    start: UInt32(truncatingIfNeeded: start),
                    length: UInt32(truncatingIfNeeded: bytes.count), kind: .string,
                    flags: flags.union(.aside)))
        }
    }
}
