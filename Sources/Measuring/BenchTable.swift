/// One line of the table: what was measured, beside what, and what is asked.
package struct BenchLine: Sendable, Codable, Hashable {
    package var row: String
    package var what: String
    package var ours: String
    package var peer: String
    /// Ours over the peer's.
    package var ratio: Double?
    package var target: String
    package var verdict: Verdict
    /// Microseconds of processor time for each request: in the program, in the kernel.
    package var userCost: Double?
    package var kernelCost: Double?

    /// Whether what was measured is what is asked.
    package enum Verdict: String, Sendable, Codable {
        case holds, missed
        /// Nothing is asked.
        case none = "–"
    }

    /// A rate beside a peer's, with the least ratio that is asked.
    package init(
        _ row: String, _ what: String, ours: Runs, peer: Runs, peerName: String,
        atLeast least: Double? = nil
    ) {
        let ratio = ours.ratio(to: peer)
        self.row = row
        self.what = what
        self.ours = Text.rate(ours.rate)
        self.peer = "\(peerName) \(Text.rate(peer.rate))"
        self.ratio = ratio
        target = least.map { "≥ \(Text.decimal($0, 2))" } ?? ""
        verdict = least.map { ratio >= $0 ? .holds : .missed } ?? .none
        userCost = ours.cost?.user
        kernelCost = ours.cost?.kernel
    }

    /// A quantity by itself, with the most of it that is asked.
    package init(
        _ row: String, _ what: String, _ value: Double, _ unit: String, digits: Int = 1,
        atMost most: Double? = nil, beside: String = ""
    ) {
        self.row = row
        self.what = what
        ours = "\(Text.decimal(value, digits)) \(unit)"
        peer = beside
        target = most.map { "≤ \(Text.decimal($0, 0)) \(unit)" } ?? ""
        verdict = most.map { value <= $0 ? .holds : .missed } ?? .none
    }

    /// A quantity as many times what it is elsewhere, with the most of these times that are asked.
    package init(
        _ row: String, _ what: String, _ value: Double, _ unit: String, ratio: Double,
        atMost most: Double?, beside: String
    ) {
        self.init(row, what, value, unit, digits: 2, beside: beside)
        self.ratio = ratio
        target = most.map { "≤ \(Text.decimal($0, 2))" } ?? ""
        verdict = most.map { ratio <= $0 ? .holds : .missed } ?? .none
    }

    /// Response times of a class of requests (S3-32).
    package init(
        _ row: String, _ what: String, _ times: Percentiles, asked: Percentiles?, beside: String
    ) {
        self.row = row
        self.what = what
        ours = Text.times(times, digits: 1) + " ms"
        peer = beside
        target = asked.map { "≤ " + Text.times($0, digits: 0) + " ms" } ?? ""
        verdict = asked.map { times.holds($0) ? .holds : .missed } ?? .none
    }

    package static let heads = [
        "row", "what", "Atrium", "beside", "ratio", "asked", "", "CPU us user+kernel",
    ]

    package var cells: [String] {
        let cost = userCost.flatMap { user in
            kernelCost.map { "\(Text.decimal(user, 1))+\(Text.decimal($0, 1))" }
        }
        return [
            row, what, ours, peer, ratio.map { Text.decimal($0, 2) } ?? "", target,
            verdict.rawValue, cost ?? "",
        ]
    }
}

/// What a run leaves behind, as JSON and as a page's table.
package struct BenchReport: Sendable, Codable {
    package var date: String
    package var machine: String
    package var load: String
    package var lines: [BenchLine]

    package init(date: String, machine: String, load: String, lines: [BenchLine]) {
        self.date = date
        self.machine = machine
        self.load = load
        self.lines = lines
    }

    package var markdown: String {
        let rule = "|" + BenchLine.heads.map { _ in "---" }.joined(separator: "|") + "|"
        let rows = lines.map { Self.row($0.cells) }
        let heading = "\(date), \(machine); \(load)."
        return ([heading, "", Self.row(BenchLine.heads), rule] + rows).joined(separator: "\n")
    }

    private static func row(_ cells: [String]) -> String {
        "| "
            + cells.map { $0.split(separator: "|").joined(separator: "/") }.joined(separator: " | ")
            + " |"
    }

    package static let opening = "<!-- bench: written by make bench ARGS=--markdown -->"
    package static let closing = "<!-- /bench -->"

    /// The page with its table made anew; nil when the marks are not there.
    package func updating(_ page: String) -> String? {
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let start = lines.firstIndex(of: Self.opening),
            let end = lines.firstIndex(of: Self.closing), start < end
        else { return nil }
        return (lines[...start] + [markdown] + lines[end...]).joined(separator: "\n")
    }
}
