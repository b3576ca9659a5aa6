import Glibc

/// Says quickly that a name is new to its object, for as long as there are few. Objects with more
/// members are checked once they end, by sorting, so that chosen names cannot make it quadratic.
struct NameFilter {
    private var seen: UInt64 = 0
    private(set) var count: UInt32 = 0

    private static let most: UInt32 = 32

    @inline(__always) var isFull: Bool { count > Self.most }

    /// Counts the name. False if it cannot have come before, or if that is found out later.
    @inline(__always)
    mutating func mayHave(_ name: Node) -> Bool {
        count &+= 1
        if count > Self.most { return false }
        let bit: UInt64 = 1 &<< UInt64(name.next & 63)
        defer { seen |= bit }
        return seen & bit != 0
    }
}

/// For the filter only; nothing depends on it being hard to collide.
@inline(__always)
func nameHash(_ name: Bytes, _ count: Int) -> UInt32 {
    var hash = UInt64(truncatingIfNeeded: count)
    if count >= 8 {
        hash ^= word(at: name) ^ (word(at: name + (count &- 8)) &* 31)
    } else {
        var index = 0
        while index < count {
            hash = (hash &<< 8) ^ UInt64(name[index]) ^ (hash &>> 56)
            index &+= 1
        }
    }
    return UInt32(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) &>> 32)
}

extension TapeParser {
    /// Escaped names are compared, and found later, by what they mean.
    @inline(never)
    mutating func unescape(_ name: inout Node) {
        let room = tape.pointee.reserveAside(name.count)
        let length = unescapeText(bytes + Int(name.start), name.count, into: room)
        name.start = UInt32(truncatingIfNeeded: tape.pointee.asideCount)
        name.length = UInt32(truncatingIfNeeded: length)
        name.flags = .aside
        tape.pointee.asideCount += length
    }

    /// In an object that is still open.
    @inline(never)
    func isRepeated(_ name: Node, in object: Int) -> Bool {
        var index = object &+ 1
        while index < tape.pointee.count {
            if order(tape.pointee.nodes[index], name) == 0 { return true }
            index = tape.pointee.after(index &+ 1)
        }
        return false
    }

    /// Offset of a name that comes twice in a closed object.
    @inline(never)
    func repeatedName(in object: Int) -> Int? {
        var names: [Node] = []
        names.reserveCapacity(tape.pointee.nodes[object].count)
        var index = object &+ 1
        while index < tape.pointee.count {
            names.append(tape.pointee.nodes[index])
            index = tape.pointee.after(index &+ 1)
        }
        names.sort { order($0, $1) < 0 }
        for (left, right) in zip(names, names.dropFirst()) where order(left, right) == 0 {
            return right.flags.contains(.aside) ? self.index : Int(right.start)
        }
        return nil
    }

    private func order(_ left: Node, _ right: Node) -> Int32 {
        if left.next != right.next { return left.next < right.next ? -1 : 1 }
        if left.length != right.length { return left.length < right.length ? -1 : 1 }
        return memcmp(tape.pointee.text(left), tape.pointee.text(right), left.count)
    }
}
