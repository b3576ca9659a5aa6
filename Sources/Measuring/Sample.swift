/// What one run of one side gave.
package struct Sample: Sendable {
    /// Operations in a second.
    package let rate: Double
    /// Processor time of the side's processes for each operation.
    package let cost: Cost?

    package init(rate: Double, cost: Cost? = nil) {
        self.rate = rate
        self.cost = cost
    }

    /// Microseconds in the program and in the kernel on its behalf.
    package struct Cost: Sendable, Hashable {
        package let user: Double
        package let kernel: Double

        package init(user: Double, kernel: Double) {
            self.user = user
            self.kernel = kernel
        }
    }
}

/// The runs of one side, in the order in which they were made.
package struct Runs: Sendable {
    package let samples: [Sample]

    package init(_ samples: [Sample]) {
        self.samples = samples
    }

    package var rate: Double { median(samples.map(\.rate)) }

    package var cost: Sample.Cost? {
        let costs = samples.compactMap(\.cost)
        if costs.isEmpty { return nil }
        return Sample.Cost(user: median(costs.map(\.user)), kernel: median(costs.map(\.kernel)))
    }

    /// The median of the ratios of runs that were made one after the other: what slows the machine
    /// for a while slows both.
    package func ratio(to peer: Runs) -> Double {
        median(zip(samples, peer.samples).map { $1.rate > 0 ? $0.rate / $1.rate : 0 })
    }
}

/// The middle one; of an even number the mean of the middle two. 0 of nothing.
package func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    if sorted.isEmpty { return 0 }
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
