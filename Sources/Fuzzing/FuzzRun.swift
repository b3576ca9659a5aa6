// Fuzzing: what the programs `fuzz-…` share. Each feeds damaged input to a reader of ours and ends where
// something is read beyond an end, or comes out otherwise than it must.

import CLinux

/// A run of such a program, until its time is over: `fuzz-http [SECONDS] [SEED]`.
package struct FuzzRun {
    package let seed: UInt64
    private let seconds: UInt64
    private var counts: [String: Int] = [:]

    /// Rounds between two looks at the time.
    private static let rounds = 100

    package init() {
        let numbers = CommandLine.arguments.dropFirst().map { UInt64($0) ?? 0 }
        seconds = numbers.first ?? 10
        seed = numbers.dropFirst().first ?? 1
    }

    /// Counts an input by what became of it.
    package mutating func count(_ outcome: String) { counts[outcome, default: 0] += 1 }

    /// Prints what was counted when the time is over.
    package mutating func callAsFunction(_ round: (inout FuzzRun) throws -> Void) rethrows {
        let end = linux_monotonic_nanoseconds() + seconds * 1_000_000_000
        while linux_monotonic_nanoseconds() < end {
            for _ in 0..<Self.rounds { try round(&self) }
        }
        print(summary)  // The result is for the person who runs it.
    }

    private var summary: String {
        let outcomes = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return "seed \(seed): " + outcomes.joined(separator: ", ")
    }
}
