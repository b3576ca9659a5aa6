import Values

/// Reads the input of an operation from all parts of a request, and reports all that is wrong with
/// it at once.
///
/// Members named in the path come from there and cannot be set from elsewhere; all others come from
/// one other part, the remainder. Throws `JSONSyntaxError` for what is not even well-formed, else
/// `InvalidInput` with every bad field in the order the type declares them.
package enum InputReader {
    /// Where members come from that are not in the path.
    package enum Remainder: Sendable {
        case query, body
    }

    /// What becomes of members that the type does not have: ignored, or a field error each.
    package enum UnknownMembers: Sendable {
        case ignored, refused
    }

    package static func read<Value: Decodable>(
        _ type: Value.Type = Value.self, from input: Input, remainder: Remainder = .body,
        unknown: UnknownMembers = .ignored, limits: JSONLimits = JSONLimits()
    ) throws -> Value {
        let bytes = remainder == .body ? input.body.json : []
        return try bytes.withUnsafeBufferPointer { bytes in
            try Tape.with(bytes) { tape in
                try InputTape(tape: tape, limits: limits).append(input, remainder)
                tape.collect(errorsMax: limits.fieldErrors)
                return try read(type, from: tape, unknown)
            }
        }
    }

    private static func read<Value: Decodable>(
        _ type: Value.Type, from tape: Tape, _ unknown: UnknownMembers
    ) throws -> Value {
        do {
            let value: Value = try tape.value(0)
            try checkObject(type, tape)
            if unknown == .refused { try tape.recordUnknownMembers() }
            if tape.state.pointee.errors.isEmpty { return value }
        } catch is Abandoned {}
        throw InvalidInput(fields: tape.state.pointee.errors)
    }

    /// A type without members does not look at what it is read from.
    private static func checkObject<Value: Decodable>(
        _ type: Value.Type, _ tape: Tape
    ) throws {
        let root = tape.node(0)
        guard root.kind != .object, !root.flags.contains(.opened),
            tape.state.pointee.errors.isEmpty, Value.self != JSON.self,
            tape.expected(type) == .object
        else { return }
        try tape.mismatch(0, .object)
    }
}

extension Input.Body {
    /// The text that is parsed, if any.
    fileprivate var json: [UInt8] {
        switch self {
        case .json(let bytes): bytes
        case .tree(let tree), .looseTree(let tree): tree.bytes()
        case .none, .form: []
        }
    }
}

extension Tape {
    fileprivate func collect(errorsMax: Int) {
        state.pointee.isCollecting = true
        state.pointee.errorsMax = max(errorsMax, 1)
        state.pointee.phantomDepth = 0
    }
}
