import Changes
import Coding

/// The changes that a node read last, for who was away for a moment.
struct RecentChanges: Sendable {
    /// What they may take of memory, roughly.
    static let bytesMax = 8 << 20

    private let countMax: Int
    /// The number before the first.
    private var start: Int64
    private var list: [(change: NumberedChange, bytes: Int)] = []
    private var bytes = 0

    init(countMax: Int, after start: Int64) {
        (self.countMax, self.start) = (countMax, start)
    }

    mutating func append(_ changes: [NumberedChange]) {
        for change in changes {
            let size = change.change.roughBytes
            list.append((change, size))
            bytes += size
        }
        var dropped = 0
        while dropped < list.count,
            list.count - dropped > countMax || bytes > Self.bytesMax
        {
            bytes -= list[dropped].bytes
            start = list[dropped].change.seq
            dropped += 1
        }
        // Moving the rest is work: not for each.
        if dropped > 0 { list.removeFirst(dropped) }
    }

    /// What followed `seq`; nil when some of it is not here any more.
    func after(_ seq: Int64) -> [NumberedChange]? {
        guard seq >= start else { return nil }
        var (low, high) = (0, list.count)
        while low < high {
            let middle = (low + high) / 2
            if list[middle].change.seq <= seq { low = middle + 1 } else { high = middle }
        }
        return list[low...].map(\.change)
    }
}

extension Change {
    fileprivate var roughBytes: Int {
        256 + (before?.roughBytes ?? 0) + (after?.roughBytes ?? 0)
    }
}

extension JSON {
    fileprivate var roughBytes: Int {
        switch self {
        case .string(let text): 32 + text.utf8.count
        case .list(let list): list.reduce(32) { $0 + $1.roughBytes }
        case .object(let object):
            object.members.reduce(32) { $0 + 32 + $1.name.utf8.count + $1.value.roughBytes }
        default: 32
        }
    }
}
