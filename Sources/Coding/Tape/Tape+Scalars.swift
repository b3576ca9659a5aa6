import Values

extension Tape {
    @inline(__always)
    func boolean(_ index: Int) throws -> Bool {
        if index >= 0 {
            let kind = node(index).kind
            if kind == .yes { return true }
            if kind == .no { return false }
        }
        return try unusualBoolean(index)
    }

    @inline(never)
    private func unusualBoolean(_ index: Int) throws -> Bool {
        guard index >= 0 else { return false }
        switch looseText(index) {
        case "true": return true
        case "false": return false
        default: try mismatch(index, .boolean)
        }
        return false
    }

    func string(_ index: Int) throws -> String {
        if index >= 0 {
            let node = node(index)
            if node.kind == .string { return string(node) }
            try mismatch(index, .string)
        }
        return ""
    }

    @inline(__always)
    func string(_ node: Node) -> String {
        if !node.flags.contains(.escaped) {
            return String(decoding: state.pointee.buffer(node), as: UTF8.self)
        }
        return String(unsafeUninitializedCapacity: node.count) {
            unescapeText(state.pointee.text(node), node.count, into: $0.baseAddress!)
        }
    }

    func double(_ index: Int) throws -> Double {
        guard index >= 0 else { return 0 }
        let node = node(index)
        if isNumber(node) {
            let value = readDouble(state.pointee.text(node), node.count)
            if value.isFinite { return value }
            try record(index, .tooBig(max: .greatestFiniteMagnitude))
        } else {
            try mismatch(index, .number)
        }
        return 0
    }

    @inline(__always)
    private func isNumber(_ node: Node) -> Bool {
        node.kind == .number
            || node.flags.contains(.loose) && NumberShape(whole: state.pointee.buffer(node)) != nil
    }

    func float(_ index: Int) throws -> Float {
        let value = Float(try double(index))
        if value.isFinite { return value }
        try record(index, .tooBig(max: Double(Float.greatestFiniteMagnitude)))
        return 0
    }

    @inline(__always)
    func integer<Integer: FixedWidthInteger>(_ index: Int) throws -> Integer {
        if index >= 0 {
            let node = node(index)
            if node.kind == .number, node.flags.contains(.integer),
                let value: Integer = integer(node)
            {
                return value
            }
        }
        return try unusualInteger(index)
    }

    @inline(__always)
    private func integer<Integer: FixedWidthInteger>(
        _ node: Node, digits count: Int? = nil
    ) -> Integer? {
        let text = state.pointee.text(node)
        guard let (magnitude, isNegative) = readInteger(text, count ?? node.count) else {
            return nil
        }
        if !isNegative { return Integer(exactly: magnitude) }
        guard magnitude <= 1 &<< 63 else { return nil }
        return Integer(exactly: Int64(truncatingIfNeeded: 0 &- magnitude))
    }

    /// A loose text, `1.0`, or a bad value.
    @inline(never)
    private func unusualInteger<Integer: FixedWidthInteger>(_ index: Int) throws -> Integer {
        guard index >= 0 else { return 0 }
        let node = node(index)
        let isLoose =
            node.flags.contains(.loose)
            && NumberShape(whole: state.pointee.buffer(node))?.isInteger == true
        let digits = isLoose ? node.count : wholeDigits(node)
        guard let digits else {
            try mismatch(index, .integer)
            return 0
        }
        if let value: Integer = integer(node, digits: digits) { return value }
        let isNegative = state.pointee.text(node)[0] == .minus
        try record(
            index,
            isNegative ? .tooSmall(min: Double(Integer.min)) : .tooBig(max: Double(Integer.max)))
        return 0
    }

    /// How many bytes of a number are an integer before a point with nothing but zeros behind it. Such
    /// a number is one: JSON Schema says so, and some languages write whole numbers that way.
    private func wholeDigits(_ node: Node) -> Int? {
        guard node.kind == .number else { return nil }
        let text = state.pointee.buffer(node)
        guard let point = text.firstIndex(of: .point) else {
            return node.flags.contains(.integer) ? node.count : nil
        }
        return text[(point + 1)...].allSatisfy { $0 == .zero } ? point : nil
    }

    private func looseText(_ index: Int) -> String? {
        let node = node(index)
        return node.kind == .string && node.flags.contains(.loose) ? string(node) : nil
    }

    // MARK: Values with a text of their own

    @inline(never)
    func instant(_ index: Int) throws -> Instant {
        guard index >= 0 else { return .example }
        let node = node(index)
        guard node.kind == .string else {
            try mismatch(index, .instant)
            return .example
        }
        if let instant = Instant(utf8: state.pointee.buffer(node)) { return instant }
        if node.flags.contains(.escaped), let instant = Instant(string(node)) { return instant }
        try record(index, .malformed(.instant))
        return .example
    }

    /// Throws what is wrong without the path, because it is called from an `init(from:)`.
    func id<Entity>(_ index: Int) throws -> ID<Entity> {
        guard index >= 0 else { return .example }
        let node = node(index)
        guard node.kind == .string else {
            throw Invalid.wrongType(expected: .id, received: node.received)
        }
        if let id = ID<Entity>(utf8: state.pointee.buffer(node)) { return id }
        if node.flags.contains(.escaped), let id = ID<Entity>(string(node)) { return id }
        throw Invalid.malformed(.id)
    }

    /// A list of strings, or one loose text.
    @inline(never)
    func strings(_ index: Int) throws -> [String] {
        guard index >= 0 else { return [] }
        let node = node(index)
        guard node.kind == .list else {
            if let text = looseText(index) { return [text] }
            try mismatch(index, .list)
            return []
        }
        var strings: [String] = []
        strings.reserveCapacity(min(node.count, Self.reservedMax))
        try forEachElement(of: index) { strings.append(try string($0)) }
        return strings
    }

    /// Elements to make room for at once: a list from outside may say it has half a million.
    static let reservedMax = 1024

    func json(_ index: Int) -> JSON {
        guard index >= 0 else { return .null }
        let node = node(index)
        switch node.kind {
        case .null: return .null
        case .no: return .boolean(false)
        case .yes: return .boolean(true)
        case .string: return .string(string(node))
        case .number:
            if node.flags.contains(.integer), let value: Int64 = integer(node) {
                return .integer(value)
            }
            return .number(readDouble(state.pointee.text(node), node.count))
        case .list:
            var list: [JSON] = []
            list.reserveCapacity(node.count)
            forEachElement(of: index) { list.append(json($0)) }
            return .list(list)
        case .object:
            var members: [JSONObject.Member] = []
            members.reserveCapacity(node.count)
            forEachMember(of: index) { members.append(.init(name: string($0), value: json($1))) }
            return .object(JSONObject(unique: members))
        }
    }
}
