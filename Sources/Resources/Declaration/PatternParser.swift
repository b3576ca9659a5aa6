/// A pattern taken apart.
indirect enum PatternTree {
    case one(CharacterSet)
    case sequence([PatternTree])
    case either([PatternTree])
    case many(PatternTree, min: Int, max: Int?)
}

/// Characters by their ranges.
struct CharacterSet: Hashable, Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var isInverted = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) } != isInverted
    }

    static func one(_ scalar: Unicode.Scalar) -> CharacterSet {
        CharacterSet(ranges: [scalar.value...scalar.value])
    }

    /// What `\d`, `\w`, `\s` stand for, or their opposites in capitals.
    static func named(_ letter: Unicode.Scalar) -> CharacterSet? {
        switch letter {
        case "d": CharacterSet(ranges: [0x30...0x39])
        case "w": CharacterSet(ranges: [0x30...0x39, 0x41...0x5a, 0x5f...0x5f, 0x61...0x7a])
        case "s": CharacterSet(ranges: [0x09...0x0d, 0x20...0x20])
        case "D": CharacterSet(ranges: [0x30...0x39], isInverted: true)
        case "W":
            CharacterSet(
                ranges: [0x30...0x39, 0x41...0x5a, 0x5f...0x5f, 0x61...0x7a], isInverted: true)
        case "S": CharacterSet(ranges: [0x09...0x0d, 0x20...0x20], isInverted: true)
        default: nil
        }
    }
}

/// The grammar of patterns.
struct PatternParser {
    private static let depthMax = 32
    static let repeatMax = 1000

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    private var current: Unicode.Scalar? {
        position < scalars.count ? scalars[position] : nil
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        position += 1
        return true
    }

    /// `^` at the beginning and `$` at the end change nothing: a whole text must match anyway.
    mutating func parse() throws(Pattern.Mistake) -> PatternTree {
        _ = take("^")
        let tree = try either()
        _ = take("$")
        guard current == nil else { throw Pattern.Mistake(problem: unexpected) }
        return tree
    }

    private var unexpected: String {
        current == ")" ? "has a ) too many" : "has a ^ or $ inside"
    }

    private mutating func either() throws(Pattern.Mistake) -> PatternTree {
        var ways = [try sequence()]
        while take("|") { ways.append(try sequence()) }
        return ways.count == 1 ? ways[0] : .either(ways)
    }

    private mutating func sequence() throws(Pattern.Mistake) -> PatternTree {
        var parts: [PatternTree] = []
        while let scalar = current, !["|", ")", "$", "^"].contains(scalar) {
            parts.append(try repeated(try part(scalar)))
        }
        return .sequence(parts)
    }

    private mutating func part(_ scalar: Unicode.Scalar) throws(Pattern.Mistake) -> PatternTree {
        position += 1
        switch scalar {
        case "(": return try group()
        case "[": return .one(try set())
        case ".": return .one(CharacterSet(ranges: [0x0a...0x0a, 0x0d...0x0d], isInverted: true))
        case "\\": return .one(try escape())
        case "*", "+", "?", "{":
            throw Pattern.Mistake(problem: "repeats nothing: \\\(scalar) is the character itself")
        default: return .one(.one(scalar))
        }
    }

    private mutating func group() throws(Pattern.Mistake) -> PatternTree {
        if take("?"), !take(":") {
            throw Pattern.Mistake(problem: "looks around, which is not to be had")
        }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMax else { throw Pattern.Mistake(problem: "is nested too deeply") }
        let tree = try either()
        guard take(")") else { throw Pattern.Mistake(problem: "lacks a )") }
        return tree
    }

    private mutating func escape() throws(Pattern.Mistake) -> CharacterSet {
        guard let scalar = current else { throw Pattern.Mistake(problem: "ends with a \\") }
        position += 1
        if let set = CharacterSet.named(scalar) { return set }
        switch scalar {
        case "n": return .one("\n")
        case "r": return .one("\r")
        case "t": return .one("\t")
        case _
        where scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)):
            throw Pattern.Mistake(problem: "has \\\(scalar), which is not to be had")
        default: return .one(scalar)
        }
    }

    // MARK: Sets

    private mutating func set() throws(Pattern.Mistake) -> CharacterSet {
        var set = CharacterSet(isInverted: take("^"))
        repeat {
            let first = try member()
            let isRange =
                current == "-" && position + 1 < scalars.count && scalars[position + 1] != "]"
            guard isRange, let low = first.single else {
                set.ranges += first.ranges
                continue
            }
            position += 1
            guard let high = try member().single, low <= high else {
                throw Pattern.Mistake(problem: "has a range that ends before it begins")
            }
            set.ranges.append(low...high)
        } while current != "]"
        position += 1
        return set
    }

    private mutating func member() throws(Pattern.Mistake) -> CharacterSet {
        guard let scalar = current else { throw Pattern.Mistake(problem: "lacks a ]") }
        position += 1
        guard scalar == "\\" else { return .one(scalar) }
        let set = try escape()
        guard !set.isInverted else {
            throw Pattern.Mistake(problem: "has an opposite inside of [ ]")
        }
        return set
    }

    // MARK: Repeating

    private mutating func repeated(_ part: PatternTree) throws(Pattern.Mistake) -> PatternTree {
        let tree: PatternTree
        switch current {
        case "*": tree = .many(part, min: 0, max: nil)
        case "+": tree = .many(part, min: 1, max: nil)
        case "?": tree = .many(part, min: 0, max: 1)
        case "{": return try repeated(try counted(part))
        default: return part
        }
        position += 1
        return try repeated(tree)
    }

    private mutating func counted(_ part: PatternTree) throws(Pattern.Mistake) -> PatternTree {
        position += 1
        guard let min = number() else { throw Pattern.Mistake(problem: "has no number after {") }
        var max: Int? = min
        if take(",") { max = number() }
        guard take("}") else { throw Pattern.Mistake(problem: "lacks a }") }
        guard min <= Self.repeatMax, (max ?? min) <= Self.repeatMax, (max ?? min) >= min else {
            throw Pattern.Mistake(problem: "repeats too often, or backwards")
        }
        return .many(part, min: min, max: max)
    }

    private mutating func number() -> Int? {
        let start = position
        while let scalar = current, ("0"..."9").contains(scalar) { position += 1 }
        return Int(String(String.UnicodeScalarView(scalars[start..<position])))
    }
}

extension CharacterSet {
    /// The one character of the set, when it is one.
    fileprivate var single: UInt32? {
        guard !isInverted, ranges.count == 1, ranges[0].lowerBound == ranges[0].upperBound else {
            return nil
        }
        return ranges[0].lowerBound
    }
}
