import Measuring
import Testing

struct LatenciesTests {
    private func latencies(_ milliseconds: [Int]) -> Latencies {
        var latencies = Latencies()
        for time in milliseconds { latencies.add(microseconds: time * 1000) }
        return latencies
    }

    @Test func `a percentile is the nearest rank, whatever the order`() {
        let hundred = latencies(Array(1...100).reversed())
        #expect(hundred.percentile(50) == 50)
        #expect(hundred.percentile(95) == 95)
        #expect(hundred.percentile(99) == 99)
        let three = latencies([30, 10, 20])
        #expect(three.percentile(50) == 20)
        #expect(three.percentile(99) == 30)
        #expect(three.percentile(1) == 10)
    }

    @Test func `nothing measured has no percentiles`() {
        #expect(latencies([]).percentile(50) == nil)
        #expect(latencies([]).percentiles == nil)
    }

    @Test func `the times of two users are one crowd's`() {
        var both = latencies([1, 2])
        both += latencies([3])
        #expect(both.count == 3)
        #expect(both.percentiles == Percentiles(p50: 2, p95: 3, p99: 3))
    }

    // S3-32
    @Test func `the four classes are asked for what the specification says`() {
        let asked = ResponseClass.allCases.map { Text.times($0.asked, digits: 0) }
        #expect(
            asked == ["100 / 200 / 500", "100 / 300 / 500", "50 / 100 / 200", "100 / 200 / 500"])
    }

    // S3-32
    @Test(arguments: [
        (Percentiles(p50: 50, p95: 100, p99: 200), BenchLine.Verdict.holds),
        (Percentiles(p50: 51, p95: 100, p99: 200), .missed),
        (Percentiles(p50: 50, p95: 101, p99: 200), .missed),
        (Percentiles(p50: 50, p95: 100, p99: 201), .missed),
    ])
    func `a class holds when all three of its percentiles do`(
        times: Percentiles, verdict: BenchLine.Verdict
    ) {
        let line = BenchLine(
            "times", "detail", times, asked: ResponseClass.detail.asked, beside: "")
        #expect(line.verdict == verdict)
        #expect(line.target == "≤ 50 / 100 / 200 ms")
    }
}
