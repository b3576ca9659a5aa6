import Glibc
import Measuring

/// wrk at a URL for some seconds, and the processor time of the side that answers.
struct Wrk {
    let port: Int
    let path: String
    var fields: [String] = []
    var connections = 64
    var threads = 2
    /// A body to be sent by POST, as JSON.
    var json: String?
    /// The process, with its children, whose time is counted.
    let pid: pid_t

    func measure(_ bench: Bench, seconds: Int? = nil) throws -> Sample {
        let before = Usage(of: pid)
        let report = try self.report(
            try Child.output(
                of: words(bench, seconds ?? bench.seconds), log: bench.path("wrk-\(port).log")))
        return Sample(
            rate: report.rate, cost: (Usage(of: pid) - before).cost(of: report.requests))
    }

    /// Starts it to run beside something else.
    func start(_ bench: Bench, seconds: Int) throws -> Child {
        try Child(words(bench, seconds), log: bench.path("wrk-beside.log"))
    }

    /// Any answer that is no success fails the row: fast refusals are no speed.
    func report(_ lines: [String]) throws -> WrkReport {
        guard let report = WrkReport(lines) else {
            throw Problem("wrk: \(lines.last ?? "no word")")
        }
        guard report.refused == 0, report.socketErrors == 0, report.requests > 0 else {
            throw Problem(
                "\(path): \(report.requests) answers, \(report.refused) of them no success, "
                    + "\(report.socketErrors) broken connections")
        }
        return report
    }

    private func words(_ bench: Bench, _ seconds: Int) throws -> [String] {
        var words = [
            "wrk", "-t\(threads)", "-c\(connections)", "-d\(seconds)s", "--timeout", "10s",
        ]
        words += fields.flatMap { ["-H", $0] }
        if let json {
            let script = bench.path("post-\(port).lua")
            try TextFile.write(
                """
                wrk.method = "POST"
                wrk.headers["Content-Type"] = "application/json"
                wrk.body = [[\(json)]]
                """, to: script)
            words += ["-s", script]
        }
        return words + ["http://127.0.0.1:\(port)\(path)"]
    }
}
