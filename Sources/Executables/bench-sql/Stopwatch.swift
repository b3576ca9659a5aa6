import CLinux

/// Counts how often it is asked until its time is over.
struct Stopwatch {
    private let start = linux_monotonic_nanoseconds()
    private let end: UInt64
    private var count = 0
    private var last: UInt64 = 0

    init(_ seconds: Double) { end = start + UInt64(seconds * 1e9) }

    var isOver: Bool {
        mutating get {
            last = linux_monotonic_nanoseconds()
            if last >= end { return true }
            count += 1
            return false
        }
    }

    var rate: Double { Double(count) / (Double(last - start) / 1e9) }
}

/// Numbers that look random and are the same in every run.
struct Scramble {
    private var state: UInt32 = 1

    mutating func next() -> Int {
        state = state &* 1_664_525 &+ 1_013_904_223
        return Int(state >> 8)
    }
}
