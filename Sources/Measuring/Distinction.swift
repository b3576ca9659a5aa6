/// How well two kinds of requests can be told apart by how long they take.
///
/// The chance that a request of the second kind takes longer than one of the first, both taken at
/// random (Mann and Whitney's U over the number of pairs, ties counted half): 0.50 when time tells
/// nothing, 1 or 0 when every single answer betrays its kind. It asks for ranks only, so that a few
/// slow answers count as a few.
package struct Distinction: Sendable {
    package let chance: Double
    /// Medians, in milliseconds.
    package let first: Double
    package let second: Double
    /// Samples of each kind.
    package let counts: (first: Int, second: Int)

    /// Further from a half than this is more than chance makes of the samples that rows take: two
    /// and a half of its standard deviations at four hundred of each kind.
    package static let tolerance = 0.05

    /// Times in milliseconds. Without any, nothing can be told.
    package init(_ first: [Double], _ second: [Double]) {
        self.first = median(first)
        self.second = median(second)
        counts = (first.count, second.count)
        chance = Self.chance(first.sorted(), second.sorted())
    }

    package var isTold: Bool { (chance - 0.5).magnitude > Self.tolerance }

    /// Goes through both sorted lists once: for each of the second how many of the first are less.
    private static func chance(_ first: [Double], _ second: [Double]) -> Double {
        guard !first.isEmpty, !second.isEmpty else { return 0.5 }
        var (less, notMore) = (0, 0)
        var halves = 0
        for time in second {
            while less < first.count, first[less] < time { less += 1 }
            while notMore < first.count, first[notMore] <= time { notMore += 1 }
            halves += less + notMore
        }
        return Double(halves) / 2 / Double(first.count) / Double(second.count)
    }
}

extension BenchLine {
    /// Two kinds of requests that must not be told apart.
    package init(_ row: String, _ what: String, _ distinction: Distinction, _ kinds: String) {
        self.row = row
        self.what = what
        ours = "\(Text.decimal(distinction.chance, 3)) chance to be slower"
        let medians = [distinction.first, distinction.second].map { Text.decimal($0, 2) }
        peer = "\(kinds), medians \(medians.joined(separator: " and ")) ms"
        target = "0.50 ± \(Text.decimal(Distinction.tolerance, 2))"
        verdict = distinction.isTold ? .missed : .holds
    }
}
