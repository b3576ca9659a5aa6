import Measuring
import Testing

struct BenchTableTests {
    private func runs(_ rates: [Double], _ cost: Sample.Cost? = nil) -> Runs {
        Runs(rates.map { Sample(rate: $0, cost: cost) })
    }

    @Test func `the median of few is the middle one`() {
        #expect(median([3, 1, 2]) == 2)
        #expect(median([4, 1, 2, 3]) == 2.5)
        #expect(median([]) == 0)
    }

    @Test func `ratios are of runs made one after the other`() {
        // The machine was slow in the second round: for both.
        let ratio = runs([90, 45, 80]).ratio(to: runs([100, 50, 100]))
        #expect(ratio == 0.9)
        #expect(runs([1]).ratio(to: runs([0])) == 0)
    }

    @Test(
        arguments: [
            (0.9, BenchLine.Verdict.holds), (0.91, .missed), (nil, .none),
        ] as [(Double?, BenchLine.Verdict)])
    func `a ratio holds from what is asked upwards`(least: Double?, verdict: BenchLine.Verdict) {
        let line = BenchLine(
            "plain", "plain route", ours: runs([90_000], .init(user: 2.26, kernel: 6)),
            peer: runs([100_000]), peerName: "nginx", atLeast: least)
        #expect(line.verdict == verdict)
        #expect(line.cells[2...4] == ["90,000/s", "nginx 100,000/s", "0.90"])
        #expect(line.cells[7] == "2.3+6.0")
    }

    @Test func `a quantity holds up to what is asked`() {
        #expect(BenchLine("start", "", 25, "ms", atMost: 25).verdict == .holds)
        #expect(BenchLine("start", "", 25.1, "ms", atMost: 25).verdict == .missed)
        #expect(BenchLine("start", "", 25.1, "ms").verdict == .none)
    }

    @Test func `numbers read as people write them`() {
        #expect(Text.rate(1_234_567.4) == "1,234,567/s")
        #expect(Text.rate(39.84) == "39.8/s")
        #expect(Text.decimal(0.045, 2) == "0.05")
        #expect(Text.decimal(-1.25, 1) == "-1.3")
        #expect(Text.decimal(-0.01, 1) == "0.0")
        #expect(Text.decimal(.infinity, 1) == "inf")
    }

    @Test func `a page gets the new table between its marks and keeps the rest`() throws {
        let line = BenchLine("size", "program | stripped", 9.5, "MB")
        let report = BenchReport(
            date: "2026-01-01", machine: "2 cores", load: "idle", lines: [line])
        let page = "# Before\n\(BenchReport.opening)\nold\ntable\n\(BenchReport.closing)\nafter\n"
        let updated = try #require(report.updating(page))
        #expect(updated.hasPrefix("# Before\n\(BenchReport.opening)\n2026-01-01, 2 cores; idle.\n"))
        #expect(updated.hasSuffix("|\n\(BenchReport.closing)\nafter\n"))
        #expect(updated.contains("| size | program / stripped | 9.5 MB |"))
        #expect(!updated.contains("old"))
        #expect(report.updating(updated) == updated)
        #expect(report.updating("no marks") == nil)
    }
}
