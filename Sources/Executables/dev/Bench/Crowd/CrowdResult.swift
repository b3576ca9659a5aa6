import Measuring
import SQL

/// What all of them waited, and which answers were no success.
struct CrowdResult {
    private var times: [CrowdRequest: Latencies] = [:]
    private var refusals: [String] = []

    mutating func add(_ request: CrowdRequest, _ status: Int?, microseconds: Int) {
        times[request, default: Latencies()].add(microseconds: microseconds)
        guard let status, (200...299).contains(status) else {
            return refusals.append("\(request.rawValue): \(status.map(String.init) ?? "no answer")")
        }
    }

    /// Only what was refused.
    var untimed: CrowdResult {
        var result = self
        result.times = [:]
        return result
    }

    static func += (left: inout CrowdResult, right: CrowdResult) {
        left.times.merge(right.times) { old, new in
            var sum = old
            sum += new
            return sum
        }
        left.refusals += right.refusals
    }

    /// A line for each class, and one for each kind of request. A request that was refused fails
    /// the row: it was fast for nothing.
    func lines(on engine: Engine) throws -> [BenchLine] {
        if let first = refusals.first {
            let all = times.values.reduce(0) { $0 + $1.count }
            throw Problem("\(refusals.count) of \(all) requests were refused, the first \(first)")
        }
        let classes = ResponseClass.allCases.compactMap { kind in
            line(
                "\(kind.rawValue) on \(engine.name), p50/p95/p99",
                CrowdRequest.allCases.filter { $0.kind == kind },
                kind)
        }
        return classes + CrowdRequest.allCases.compactMap { line("  \($0.rawValue)", [$0], nil) }
    }

    private func line(_ what: String, _ requests: [CrowdRequest], _ kind: ResponseClass?)
        -> BenchLine?
    {
        var all = Latencies()
        for request in requests { times[request].map { all += $0 } }
        return all.percentiles.map {
            BenchLine(
                "times", what, $0, asked: kind?.asked,
                beside: "\(Text.grouped(all.count)) requests")
        }
    }
}

extension Engine {
    fileprivate var name: String {
        switch self {
        case .sqlite: "SQLite"
        case .postgres: "PostgreSQL"
        }
    }
}
