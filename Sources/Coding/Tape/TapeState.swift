import Values

/// What a tape is made of, reached through one pointer so that neither reference counting nor
/// exclusivity checks are paid for each field. Used again and again, see `Tape`.
struct TapeState {
    var bytes: Bytes
    var byteCount = 0
    var nodes: UnsafeMutablePointer<Node>
    var count = 0
    var capacity = Self.usualCapacity
    var aside: UnsafeMutablePointer<UInt8>
    var asideCount = 0
    var asideCapacity = Self.usualCapacity

    /// Tells the calls apart, so that a container kept from an earlier one is noticed.
    var generation: UInt32 = 0
    /// Bad fields are noted and reading goes on.
    var isCollecting = false
    var errors: [FieldError] = []
    var errorsMax = 0
    /// Values made from nothing inside one another.
    var phantomDepth = 0
    /// Where the path to the last bad field went through a container, so that the next does not
    /// count its elements again.
    var passed = (container: -1, child: 0, position: 0)
    /// Where the members of the first object are from, up to the node where those of the path begin.
    var source = FieldError.Source.body
    var pathStart = Int.max
    let containers = ContainerCache(idle: ReadingTarget(object: 0, generation: 0))

    static let usualCapacity = 256
    /// A tape that grew beyond this gives its memory back after use.
    static let keptCapacity = 8192
    /// Where no bytes begin: never read.
    static var nothing: Bytes { Bytes(bitPattern: 8)! }

    init() {
        bytes = Self.nothing
        nodes = .allocate(capacity: Self.usualCapacity)
        aside = .allocate(capacity: Self.usualCapacity)
    }

    mutating func prepare(_ input: UnsafeBufferPointer<UInt8>) {
        bytes = input.baseAddress ?? Self.nothing
        byteCount = input.count
        count = 0
        asideCount = 0
        generation &+= 1
        isCollecting = false
        passed.container = -1
        source = .body
        pathStart = .max
    }

    @inline(__always)
    @discardableResult
    mutating func append(_ node: Node) -> Int {
        if count == capacity { grow() }
        nodes[count] = node
        count &+= 1
        return count &- 1
    }

    @inline(never)
    private mutating func grow() {
        nodes = Self.moved(nodes, count, to: capacity * 2)
        capacity *= 2
    }

    /// Room for `length` more bytes beside the input.
    mutating func reserveAside(_ length: Int) -> UnsafeMutablePointer<UInt8> {
        if asideCapacity - asideCount < length {
            asideCapacity = max(asideCapacity * 2, asideCount + length)
            aside = Self.moved(aside, asideCount, to: asideCapacity)
        }
        return aside + asideCount
    }

    private static func moved<Element>(
        _ old: UnsafeMutablePointer<Element>, _ count: Int, to capacity: Int
    ) -> UnsafeMutablePointer<Element> {
        let new = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        new.moveInitialize(from: old, count: count)
        old.deallocate()
        return new
    }

    /// Forgets the input. The memory of an unusually large one is given back.
    mutating func finish() {
        count = 0
        if !errors.isEmpty { errors = [] }
        if capacity > Self.keptCapacity {
            nodes.deallocate()
            nodes = .allocate(capacity: Self.usualCapacity)
            capacity = Self.usualCapacity
        }
        if asideCapacity > Self.keptCapacity {
            aside.deallocate()
            aside = .allocate(capacity: Self.usualCapacity)
            asideCapacity = Self.usualCapacity
        }
    }

    @inline(__always)
    func text(_ node: Node) -> Bytes {
        (node.flags.contains(.aside) ? Bytes(aside) : bytes) + Int(node.start)
    }

    @inline(__always)
    func buffer(_ node: Node) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: text(node), count: node.count)
    }

    /// The index after a value and all it holds.
    @inline(__always)
    func after(_ index: Int) -> Int {
        let node = nodes[index]
        return node.isContainer ? node.end : index &+ 1
    }
}
