import Synchronization

/// The upper bounds of a histogram's buckets, rising. One without an end is always added.
package struct HistogramBuckets: Sendable {
    let bounds: [Double]

    package init(_ bounds: [Double]) {
        let isRising = zip(bounds, bounds.dropFirst()).allSatisfy(<)
        precondition(isRising && bounds.allSatisfy(\.isFinite), "the bounds of buckets rise")
        self.bounds = bounds
    }

    /// From half a millisecond to ten seconds: answers and queries.
    package static let seconds = HistogramBuckets([
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ])
}

/// How values are spread: how many fell under each of a few bounds, and their sum.
///
/// Safe because the counts behind the pointer are atomic, and it is freed only with the histogram.
package final class Histogram: @unchecked Sendable {
    let bounds: [Double]
    private let counts: UnsafeMutablePointer<Atomic<UInt64>>
    /// The bits of a double.
    private let sum = Atomic<UInt64>((0.0).bitPattern)

    package init(_ buckets: HistogramBuckets = .seconds) {
        bounds = buckets.bounds
        counts = .allocate(capacity: bounds.count + 1)
        for index in 0...bounds.count { (counts + index).initialize(to: Atomic(0)) }
    }

    deinit {
        counts.deinitialize(count: bounds.count + 1)
        counts.deallocate()
    }

    /// Not a number is left out: it has no bucket, and would spoil the sum for ever.
    package func observe(_ value: Double) {
        guard !value.isNaN else { return }
        var index = 0
        while index < bounds.count, value > bounds[index] { index += 1 }
        counts[index].wrappingAdd(1, ordering: .relaxed)
        var old = sum.load(ordering: .relaxed)
        while true {
            let new = (Double(bitPattern: old) + value).bitPattern
            let (exchanged, original) = sum.weakCompareExchange(
                expected: old, desired: new, ordering: .relaxed)
            if exchanged { return }
            old = original
        }
    }

    /// In seconds, Prometheus' unit.
    package func observe(_ duration: Duration) {
        let (seconds, rest) = duration.components
        observe(Double(seconds) + Double(rest) * 1e-18)
    }

    /// How many fell into each bucket, the last being the one without an end.
    package var bucketCounts: [UInt64] {
        (0...bounds.count).map { counts[$0].load(ordering: .relaxed) }
    }

    package var total: Double { Double(bitPattern: sum.load(ordering: .relaxed)) }
}
