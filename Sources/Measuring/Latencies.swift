/// How long each of many requests took, all of them kept: percentiles are exact.
package struct Latencies: Sendable {
    private var microseconds: [Int] = []

    package init() {}

    package mutating func add(microseconds time: Int) {
        microseconds.append(time)
    }

    package var count: Int { microseconds.count }

    package static func += (left: inout Latencies, right: Latencies) {
        left.microseconds += right.microseconds
    }

    /// The least time that `percent` of all requests did not exceed, in milliseconds (nearest rank);
    /// nil without requests.
    package func percentile(_ percent: Int) -> Double? {
        guard !microseconds.isEmpty else { return nil }
        let rank = max(1, (microseconds.count * percent + 99) / 100)
        return Double(microseconds.sorted()[rank - 1]) / 1000
    }

    package var percentiles: Percentiles? {
        guard let p50 = percentile(50), let p95 = percentile(95), let p99 = percentile(99) else {
            return nil
        }
        return Percentiles(p50: p50, p95: p95, p99: p99)
    }
}

/// Three milliseconds: what was measured, or what is asked.
package struct Percentiles: Sendable, Hashable {
    package let p50: Double
    package let p95: Double
    package let p99: Double

    package init(p50: Double, p95: Double, p99: Double) {
        self.p50 = p50
        self.p95 = p95
        self.p99 = p99
    }

    /// Whether each is at most what is asked.
    package func holds(_ asked: Percentiles) -> Bool {
        p50 <= asked.p50 && p95 <= asked.p95 && p99 <= asked.p99
    }
}

/// A class of requests and what S3-32 asks of it.
package enum ResponseClass: String, Sendable, CaseIterable {
    case auth, list, detail
    case change = "create/update"

    package var asked: Percentiles {
        switch self {
        case .auth: Percentiles(p50: 100, p95: 200, p99: 500)
        case .list: Percentiles(p50: 100, p95: 300, p99: 500)
        case .detail: Percentiles(p50: 50, p95: 100, p99: 200)
        case .change: Percentiles(p50: 100, p95: 200, p99: 500)
        }
    }
}
