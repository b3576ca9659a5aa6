import CLinux

/// Counts how often it is asked until its time is over.
struct Stopwatch {
    private let start = linux_monotonic_nanoseconds()
    private let end: UInt64
    private(set) var count = 0
    private var last: UInt64 = 0

    init(seconds: Int) { end = start + UInt64(seconds) * 1_000_000_000 }

    var isOver: Bool {
        mutating get {
            last = linux_monotonic_nanoseconds()
            if last >= end { return true }
            count += 1
            return false
        }
    }

    /// The same without counting.
    var isDue: Bool { Self.moment >= end }

    var rate: Double { Double(count) / (Double(last - start) / 1e9) }

    static var moment: UInt64 { linux_monotonic_nanoseconds() }

    /// Milliseconds since a moment of the monotonic clock.
    static func milliseconds(since moment: UInt64) -> Double {
        Double(linux_monotonic_nanoseconds() - moment) / 1e6
    }
}
