extension Pattern {
    /// The same for readers of JSON Schema, where a pattern may match anywhere in a text.
    ///
    /// Written anew from what was read, in words that other engines read alike: their `\s` and `.`
    /// have more or fewer characters than ours, and of `\-` some make a mistake.
    package var anchoredText: String {
        guard let tree = try? tree else { return "^\(text)$" }
        return "^\(Self.isWays(tree) ? "(?:\(tree.written))" : tree.written)$"
    }

    /// A text that matches, of at least so many characters where there is one: for documents. Nil
    /// where none of a fitting length was found.
    package func example(length: ClosedRange<Int>) -> String? {
        guard let tree = try? tree else { return nil }
        for extra in 0...Self.extraMax {
            let example = tree.example(extra)
            let count = example.unicodeScalars.count
            if count > length.upperBound { return nil }
            if count >= length.lowerBound, matches(example) { return example }
        }
        return nil
    }

    /// How often what may be repeated is, at most, beyond what it must.
    private static let extraMax = 64

    private var tree: PatternTree {
        get throws(Mistake) {
            var parser = PatternParser(text)
            return try parser.parse()
        }
    }

    private static func isWays(_ tree: PatternTree) -> Bool {
        if case .either = tree { true } else { false }
    }
}

extension PatternTree {
    fileprivate var written: String {
        switch self {
        case .one(let set): set.written
        case .sequence(let parts): parts.map { $0.grouped(in: 1) }.joined()
        case .either(let ways): ways.map(\.written).joined(separator: "|")
        case .many(let part, let min, let max):
            part.grouped(in: 2) + Self.times(min, max)
        }
    }

    /// In parentheses where what stands around it binds more tightly: 1 in a row of parts, 2 before
    /// a number of times.
    private func grouped(in level: Int) -> String {
        let isLoose =
            switch self {
            case .one: false
            case .either: true
            case .sequence, .many: level > 1
            }
        return isLoose ? "(?:\(written))" : written
    }

    private static func times(_ min: Int, _ max: Int?) -> String {
        switch (min, max) {
        case (0, nil): "*"
        case (1, nil): "+"
        case (0, 1): "?"
        case (_, nil): "{\(min),}"
        case (_, let max?): min == max ? "{\(min)}" : "{\(min),\(max)}"
        }
    }

    /// The first way through, with `extra` more of what may be repeated.
    fileprivate func example(_ extra: Int) -> String {
        switch self {
        case .one(let set): set.example.map { String($0) } ?? ""
        case .sequence(let parts): parts.map { $0.example(extra) }.joined()
        case .either(let ways): ways.first?.example(extra) ?? ""
        case .many(let part, let min, let max):
            String(
                repeating: part.example(extra), count: Swift.min(min + extra, max ?? min + extra))
        }
    }
}

extension CharacterSet {
    /// A character by itself or a set of ranges.
    fileprivate var written: String {
        if !isInverted, ranges.count == 1, ranges[0].count == 1 {
            return Self.written(ranges[0].lowerBound, escaped: "^$\\.*+?()[]{}|/")
        }
        let inside = ranges.map { range -> String in
            let low = Self.written(range.lowerBound, escaped: "^-[]\\")
            if range.count == 1 { return low }
            return low + "-" + Self.written(range.upperBound, escaped: "^-[]\\")
        }
        return "[\(isInverted ? "^" : "")\(inside.joined())]"
    }

    private static func written(_ value: UInt32, escaped: String) -> String {
        guard let scalar = Unicode.Scalar(value) else { return "" }
        switch scalar {
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        case _ where value < 0x20 || value == 0x7f:
            let digits = String(value, radix: 16)
            return "\\x" + (digits.count < 2 ? "0" : "") + digits
        case _ where escaped.unicodeScalars.contains(scalar): return "\\\(scalar)"
        default: return String(scalar)
        }
    }

    /// A character of the set, a plain one if it has any.
    fileprivate var example: Unicode.Scalar? {
        let plain = "aA0-_ .".unicodeScalars.first { contains($0) }
        return plain ?? ranges.lazy.compactMap { Unicode.Scalar($0.lowerBound) }
            .first { contains($0) } ?? "~".unicodeScalars.first { contains($0) }
    }
}
