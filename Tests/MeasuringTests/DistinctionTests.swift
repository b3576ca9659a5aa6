import Measuring
import Testing

struct DistinctionTests {
    @Test func `the same times cannot be told apart`() {
        let times = (1...400).map(Double.init)
        let same = Distinction(times, times.reversed())
        #expect(same.chance == 0.5)
        #expect(!same.isTold)
        #expect((same.first, same.second) == (200.5, 200.5))
        #expect(Distinction([], times).chance == 0.5)
        #expect(Distinction([7, 7], [7]).chance == 0.5)
    }

    @Test func `it is the share of pairs in which the second is slower`() {
        #expect(Distinction([1, 2], [3, 4]).chance == 1)
        #expect(Distinction([3, 4], [1, 2]).chance == 0)
        // 2 < 3, 1 < 3, 1 < 2 and one tie of four pairs.
        #expect(Distinction([2, 1], [3, 2]).chance == 3.5 / 4)
    }

    @Test func `by every pair, for many lists with ties`() {
        var state: UInt64 = 7
        func number() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 60)
        }
        for _ in 0..<50 {
            let first = (0..<17).map { _ in number() }
            let second = (0..<11).map { _ in number() }
            var wins = 0.0
            for a in first {
                for b in second { wins += b > a ? 1 : b == a ? 0.5 : 0 }
            }
            let chance = Distinction(first, second).chance
            #expect((chance - wins / (17 * 11)).magnitude < 1e-12)
        }
    }

    /// A difference of a fifth of what single requests differ by.
    @Test func `what is slower by a little is seen, a few slow ones are not`() {
        let times = (0..<400).map { 50 + Double($0 % 20) / 10 }
        #expect(Distinction(times, times.map { $0 + 0.2 }).isTold)
        #expect(Distinction(times, times.map { $0 - 0.2 }).isTold)
        let withHiccups = times.enumerated().map {
            $0.offset % 50 == 0 ? $0.element + 500 : $0.element
        }
        #expect(!Distinction(times, withHiccups).isTold)
        let line = BenchLine("x", "y", Distinction(times, times), "known and unknown")
        #expect(line.verdict == .holds)
        #expect(line.ours == "0.500 chance to be slower")
        #expect(line.peer == "known and unknown, medians 50.95 and 50.95 ms")
        #expect(line.target == "0.50 ± 0.05")
    }
}
