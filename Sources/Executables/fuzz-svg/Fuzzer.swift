import SVG
import SVGTesting

/// Damages drawings, makes them safe, and looks whether what comes out stays as it is when it is made
/// safe again.
struct Fuzzer {
    /// A drawing that is not safe, or differs when made safe again.
    struct Finding: Error {
        let what: String
        let text: String
    }

    private let seed: UInt64
    private var damage: Damage
    private var counts: [String: Int] = [:]

    init(seed: UInt64) {
        self.seed = seed
        damage = Damage(seed: seed)
    }

    mutating func run(seconds: Int) throws {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)  // The time is what the user gave.
        while clock.now < end {  // As above.
            for _ in 0..<200 { try round() }
        }
        let summary = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        print("seed \(seed):", summary.joined(separator: ", "))  // The result of the program.
    }

    private mutating func round() throws {
        let text = damage.text()
        counts["documents", default: 0] += 1
        do {
            let safe = try SafeSVG(text, scope: "f")
            counts["safe", default: 0] += 1
            if let what = safe.text.suspicion { throw Finding(what: what, text: text) }
            guard try SafeSVG(safe.text, scope: "f") == safe else {
                throw Finding(what: "made safe otherwise", text: text)
            }
        } catch let problem as SVGProblem {
            counts["refused: \(problem)", default: 0] += 1
        }
    }
}
