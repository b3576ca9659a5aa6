import DatabaseTesting
import Loop
import SQL
import Testing
import Values

@testable import Changes

/// Transactions of several connections, taken step by step in orders that a seed decides, with two
/// sequencers and a reader among them.
@Suite(.enabled(if: PostgresCluster.isExpected)) struct InterleavingTests {
    @Test(arguments: 1...4)
    func `in whatever order things happen, a reader sees all in an order that can be`(
        seed: Int
    ) async throws {
        try await withNodes(2, on: .postgres) { nodes, loop in
            for round in 0..<6 {
                let dice = SeededNumbers(seed: UInt64(seed * 1000 + round))
                var play = Play(nodes, loop, dice, start: try await nodes[0].log.newest)
                for _ in 0..<40 { try await play.step() }
                let problems = try await play.end()
                #expect(problems == [], "seed \(seed), round \(round): \(play.script)")
            }
        }
    }
}

/// One play, and what has to come of it.
private struct Play {
    let nodes: [Node]
    let loop: EventLoop
    let start: Int64
    var dice: SeededNumbers
    /// What was done, to tell when it went wrong.
    var script: [String] = []

    private var writers: [Int: SteppedTransaction] = [:]
    /// Names of changes: those of each open transaction, those that are committed, and those that
    /// were when another was appended, which has to come after them.
    private var open: [Int: [String]] = [:]
    private var committed: Set<String> = []
    private var before: [String: Set<String>] = [:]
    private var sequencers: [Int: SteppedTransaction] = [:]
    private var hasNumbered: Set<Int> = []
    private var read: [NumberedChange] = []
    private var count = 0

    init(_ nodes: [Node], _ loop: EventLoop, _ dice: SeededNumbers, start: Int64) {
        (self.nodes, self.loop, self.dice, self.start) = (nodes, loop, dice, start)
    }

    mutating func step() async throws {
        switch dice.below(12) {
        case 0...4: try await append(dice.below(5))
        case 5, 6: try await commit(dice.below(5))
        case 7: await rollBack(dice.below(5))
        case 8...10: try await number(dice.below(2))
        default: try await look()
        }
    }

    private mutating func append(_ writer: Int) async throws {
        if writers[writer] == nil {
            writers[writer] = SteppedTransaction(nodes[writer % 2], loop)
            // Some have an id long before they append.
            if dice.below(2) == 0 {
                script.append("\(writer) begins")
                try await writers[writer]?.take { _ = try await $0.first(Self.begin) }
            }
        }
        count += 1
        let name = "\(start).\(count)"
        script.append("\(writer) appends \(name)")
        before[name] = committed.union(open[writer] ?? [])
        open[writer, default: []].append(name)
        try await writers[writer]?.take { transaction in
            try await ChangeLog.append(Thing.change(name, 1), in: transaction)
        }
    }

    private mutating func commit(_ writer: Int) async throws {
        guard let transaction = writers.removeValue(forKey: writer) else { return }
        script.append("\(writer) commits")
        try await transaction.commit()
        committed.formUnion(open.removeValue(forKey: writer) ?? [])
    }

    private mutating func rollBack(_ writer: Int) async {
        guard let transaction = writers.removeValue(forKey: writer) else { return }
        script.append("\(writer) rolls back")
        await transaction.rollBack()
        open[writer] = nil
    }

    /// The next of a sequencer's steps: lock, number a few, commit.
    private mutating func number(_ sequencer: Int) async throws {
        guard let transaction = sequencers[sequencer] else { return try await lock(sequencer) }
        if hasNumbered.insert(sequencer).inserted {
            script.append("sequencer \(sequencer) numbers")
            let limit = 1 + dice.below(4)
            return try await transaction.take { _ = try await $0.first(Change.number, limit) }
        }
        script.append("sequencer \(sequencer) commits")
        sequencers[sequencer] = nil
        hasNumbered.remove(sequencer)
        try await transaction.commit()
    }

    private mutating func lock(_ sequencer: Int) async throws {
        let transaction = SteppedTransaction(nodes[sequencer], loop)
        let isHeld = Reply()
        try await transaction.take { transaction in
            isHeld.value = try await transaction.first(Change.lock)?.isHeld == true
        }
        script.append("sequencer \(sequencer) \(isHeld.value ? "locks" : "finds the lock taken")")
        if isHeld.value {
            sequencers[sequencer] = transaction
        } else {
            await transaction.rollBack()
        }
    }

    private mutating func look() async throws {
        let found = try await nodes[1].log.after(read.last?.seq ?? start, limit: 1 + dice.below(5))
        if case .changes(let next) = found { read += next }
    }

    /// Ends all, and says what is wrong.
    mutating func end() async throws -> [String] {
        for sequencer in [0, 1] {
            while sequencers[sequencer] != nil { try await number(sequencer) }
        }
        for writer in writers.keys { try await commit(writer) }
        try await nodes[0].numberAll()
        read += try await nodes[1].log.all(after: read.last?.seq ?? start)
        return problems
    }

    private var problems: [String] {
        var problems: [String] = []
        let names = read.map(\.change.row)
        if names.count != committed.count || Set(names) != committed {
            problems.append("read \(names), committed \(committed.sorted())")
        }
        let numbers = (1...Int64(names.count + 1)).dropLast().map { start + $0 }
        if read.map(\.seq) != numbers { problems.append("numbers are \(read.map(\.seq))") }
        var seen: Set<String> = []
        for name in names {
            let missing = before[name, default: []].subtracting(seen)
            if !missing.isEmpty { problems.append("\(name) comes before \(missing.sorted())") }
            seen.insert(name)
        }
        return problems
    }

    private static let begin = Statement(
        .write, sqlite: "SELECT 1", postgres: "SELECT pg_current_xact_id()::text::bigint",
        returns: Single<Int64>.self)
}
