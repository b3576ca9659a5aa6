import Glibc

/// One way to do what a table compares.
struct Contender {
    let name: String
    let work: () throws -> Void

    init(_ name: String, _ work: @escaping () throws -> Void) {
        self.name = name
        self.work = work
    }
}

/// Prints a table: the median of rounds in which all contenders take turns, and how much faster each
/// is than the first.
func compare(_ title: String, rounds: Int = 9, _ contenders: [Contender]) throws {
    let loops = try contenders.map { try loopsPerRound($0) }
    var times = contenders.map { _ in [Double]() }
    for _ in 0..<rounds {
        for (index, contender) in contenders.enumerated() {
            times[index].append(try nanoseconds(loops[index], contender))
        }
    }
    let medians = times.map { $0.sorted()[rounds / 2] }
    show(title)
    for (contender, median) in zip(contenders, medians) {
        show(
            "  " + padded(contender.name, 32, left: true) + padded(decimal(median, 0), 9) + " ns"
                + padded(decimal(medians[0] / median, 1), 8) + " x")
    }
}

private func loopsPerRound(_ contender: Contender) throws -> Int {
    _ = try nanoseconds(200, contender)
    return max(100, Int(15_000_000 / max(1, try nanoseconds(500, contender))))
}

private func nanoseconds(_ loops: Int, _ contender: Contender) throws -> Double {
    let clock = ContinuousClock()
    let time = try clock.measure { for _ in 0..<loops { try contender.work() } }
    return time / .nanoseconds(1) / Double(loops)
}

@inline(never)
func keep<Value>(_ value: Value) { withExtendedLifetime(value) {} }

private func show(_ line: String) {
    print(line)  // A table is what this program is for.
}

private func padded(_ text: String, _ width: Int, left: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return left ? text + space : space + text
}

private func decimal(_ value: Double, _ places: Int) -> String {
    let scaled = places == 0 ? value.rounded() : (value * 10).rounded() / 10
    return places == 0 ? "\(Int(scaled))" : "\(scaled)"
}
