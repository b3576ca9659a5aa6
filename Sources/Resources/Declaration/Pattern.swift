/// A regular expression that a whole text must match, in time that grows with the text only.
///
/// It has what a declaration needs and what can be matched without going back: literals, `.`,
/// classes (`[a-z0-9_]`, `[^"]`, `\d \w \s` and their opposites), groups, `|`, `* + ? {2} {2,} {2,5}`.
/// No references to groups, no looking around: what needs those can cost exponential time.
package struct Pattern: Hashable, Sendable {
    /// What is wrong with the text of a pattern, as the end of a sentence.
    package struct Mistake: Error, Hashable, Sendable {
        package let problem: String
    }

    /// What each character of the text costs at most.
    static let stepsMax = 2000
    static let lengthMax = 500

    enum Step: Hashable, Sendable {
        case one(CharacterSet)
        /// Both ways are taken.
        case fork(Int, Int)
        case jump(Int)
        case end
    }

    package let text: String
    private let steps: [Step]

    package init(_ text: String) throws(Mistake) {
        guard text.unicodeScalars.count <= Self.lengthMax else {
            throw Mistake(problem: "is too long")
        }
        self.text = text
        var parser = PatternParser(text)
        let tree = try parser.parse()
        var steps: [Step] = []
        try Self.compile(tree, into: &steps)
        steps.append(.end)
        self.steps = steps
    }

    /// Texts that a pattern is asked about are no longer than this: each character may cost as many
    /// steps as the pattern has.
    package static let textMax = 10_000

    package func matches(_ text: String) -> Bool {
        var (here, next) = (Places(count: steps.count), Places(count: steps.count))
        follow(0, &here)
        for scalar in text.unicodeScalars {
            next.clear()
            for place in here.list {
                if case .one(let set) = steps[place], set.contains(scalar) {
                    follow(place + 1, &next)
                }
            }
            if next.list.isEmpty { return false }
            swap(&here, &next)
        }
        return here.list.contains { steps[$0] == .end }
    }

    /// Steps that are reached now, each once.
    private struct Places {
        private(set) var list: [Int] = []
        /// What is to be followed still; kept for its memory.
        var open: [Int] = []
        /// In which round each was reached.
        private var rounds: [Int]
        private var round = 1

        init(count: Int) { rounds = Array(repeating: 0, count: count) }

        mutating func clear() {
            list.removeAll(keepingCapacity: true)
            round += 1
        }

        mutating func reach(_ place: Int) -> Bool {
            if rounds[place] == round { return false }
            rounds[place] = round
            return true
        }

        mutating func append(_ place: Int) { list.append(place) }
    }

    private func follow(_ start: Int, _ places: inout Places) {
        places.open.append(start)
        while let place = places.open.popLast() {
            guard places.reach(place) else { continue }
            switch steps[place] {
            case .jump(let target): places.open.append(target)
            case .fork(let first, let second): places.open += [first, second]
            case .one, .end: places.append(place)
            }
        }
    }

    // MARK: Compiling

    private static func compile(
        _ tree: PatternTree, into steps: inout [Step]
    ) throws(Mistake) {
        guard steps.count < stepsMax else { throw Mistake(problem: "is too long") }
        switch tree {
        case .one(let set): steps.append(.one(set))
        case .sequence(let parts):
            for part in parts { try compile(part, into: &steps) }
        case .either(let ways): try compile(ways: ways, into: &steps)
        case .many(let part, let min, let max):
            for _ in 0..<min {
                let before = steps.count
                try compile(part, into: &steps)
                // Nothing, however often, is nothing.
                if steps.count == before { break }
            }
            if let max {
                for _ in min..<max { try compileOptional(part, into: &steps) }
            } else {
                let start = steps.count
                try compileOptional(part, into: &steps)
                // What was taken once may be taken again.
                steps.append(.jump(start))
                steps[start] = .fork(start + 1, steps.count)
            }
        }
    }

    private static func compileOptional(
        _ part: PatternTree, into steps: inout [Step]
    ) throws(Mistake) {
        let fork = steps.count
        steps.append(.fork(fork + 1, 0))
        try compile(part, into: &steps)
        steps[fork] = .fork(fork + 1, steps.count)
    }

    private static func compile(
        ways: [PatternTree], into steps: inout [Step]
    ) throws(Mistake) {
        var jumps: [Int] = []
        for way in ways.dropLast() {
            let fork = steps.count
            steps.append(.fork(fork + 1, 0))
            try compile(way, into: &steps)
            jumps.append(steps.count)
            steps.append(.jump(0))
            steps[fork] = .fork(fork + 1, steps.count)
        }
        if let last = ways.last { try compile(last, into: &steps) }
        for jump in jumps { steps[jump] = .jump(steps.count) }
    }
}
