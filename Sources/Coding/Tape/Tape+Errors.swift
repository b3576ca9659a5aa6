import Values

/// There is no value to go on with: what led to this is noted already.
struct Abandoned: Error {}

extension Tape {
    /// Throws the problem, or notes it when all are collected and returns, so that the caller goes on
    /// with a value of its own.
    func record(_ index: Int, _ problem: Invalid) throws {
        guard index >= 0 else { return }
        try record(FieldError(source: source(index), path: path(index), problem: problem))
    }

    private func record(_ error: FieldError) throws {
        guard state.pointee.isCollecting else { throw InvalidInput(fields: [error]) }
        guard !isFull else { throw Abandoned() }
        state.pointee.errors.append(error)
    }

    private var isFull: Bool { state.pointee.errors.count >= state.pointee.errorsMax }

    @inline(never)
    func mismatch(_ index: Int, _ expected: Invalid.Kind) throws {
        guard index >= 0 else { return }
        try record(index, .wrongType(expected: expected, received: node(index).received))
    }

    @inline(never)
    func missing(_ name: String, in object: Int, expected: Invalid.Kind) throws {
        guard object >= 0 else { return }
        let parent = path(object)
        try record(
            FieldError(
                source: source(object), path: parent.isEmpty ? name : "\(parent).\(name)",
                problem: .missing(expected: expected)))
    }

    /// Members that nobody asked for, of objects that were read member by member.
    func recordUnknownMembers() throws {
        var index = 0
        while index < state.pointee.count {
            let node = state.pointee.nodes[index]
            if node.kind == .object, node.flags.contains(.opened) {
                try recordUnknownMembers(of: index)
            }
            index += 1
        }
    }

    private func recordUnknownMembers(of object: Int) throws {
        var index = object + 1
        let end = node(object).end
        while index < end {
            if !state.pointee.nodes[index].flags.contains(.used) {
                try record(index + 1, .unknown)
            }
            index = state.pointee.after(index + 1)
        }
    }

    // MARK: Paths

    /// Worked out from the root when it is needed: nothing is kept for it while all is well.
    func path(_ index: Int) -> String {
        path(index, into: "") {
            $0 += $1
        } element: {
            $0 += "[\($1)]"
        } separator: {
            $0 += "."
        }
    }

    func codingPath(_ index: Int) -> [any CodingKey] {
        path(index, into: []) {
            $0.append(PathKey(stringValue: $1))
        } element: {
            $0.append(PathKey(intValue: $1))
        } separator: { _ in
        }
    }

    private func path<Path>(
        _ index: Int, into start: Path, member: (inout Path, String) -> Void,
        element: (inout Path, Int) -> Void, separator: (inout Path) -> Void
    ) -> Path {
        var path = start
        var at = 0
        guard index > 0, index < state.pointee.count else { return path }
        while at < index {
            let container = state.pointee.nodes[at]
            // A loose text read as a list of one is its own element.
            guard container.isContainer else { break }
            let isObject = container.kind == .object
            let width = isObject ? 1 : 0
            let (child, position) = child(of: at, holding: index, width)
            if isObject {
                if at > 0 { separator(&path) }
                member(&path, string(state.pointee.nodes[child]))
            } else {
                element(&path, position)
            }
            at = child + width
        }
        return path
    }

    /// The element or member name that holds `index`, and how many come before it.
    private func child(
        of container: Int, holding index: Int, _ width: Int
    ) -> (child: Int, position: Int) {
        var (child, position) = (container + 1, 0)
        let passed = state.pointee.passed
        if passed.container == container, passed.child <= index {
            (child, position) = (passed.child, passed.position)
        }
        while state.pointee.after(child + width) <= index {
            child = state.pointee.after(child + width)
            position += 1
        }
        if position > Self.manyElements { state.pointee.passed = (container, child, position) }
        return (child, position)
    }

    private static let manyElements = 100

    private func source(_ index: Int) -> FieldError.Source {
        index >= state.pointee.pathStart ? .path : state.pointee.source
    }
}

struct PathKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = String(intValue)
        self.intValue = intValue
    }
}
