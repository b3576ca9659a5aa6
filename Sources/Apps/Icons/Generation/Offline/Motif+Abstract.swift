import Values

// What stands for words that name nothing: regular figures, another one for other words.

extension Motif {
    static func abstract(_ text: String) -> Motif {
        var numbers = SeededNumbers(seed: Wording.number(of: text))
        switch numbers.below(4) {
        case 0: return rosette(petals: 3 + numbers.below(6), width: 18 + numbers.below(10))
        case 1: return tiles(&numbers)
        case 2: return orbit(turn: 15 * numbers.below(12), rings: 1 + numbers.below(3))
        default: return sign(outside: numbers.below(4), inside: numbers.below(6))
        }
    }

    private static func turned(_ shape: String, by degrees: Int) -> String {
        let transform = degrees == 0 ? "" : " transform=\"rotate(\(degrees) 12 12)\""
        return "<\(shape)\(transform)/>"
    }

    /// `width` in tenths.
    private static func rosette(petals: Int, width: Int) -> Motif {
        let petal = "ellipse cx=\"12\" cy=\"6.6\" rx=\"\(Double(width) / 10)\" ry=\"4.4\""
        let body = (0..<petals).map { turned(petal, by: 360 * $0 / petals) }.joined()
        return Motif("rosette", body: body, lines: #"<circle cx="12" cy="12" r="1.6"/>"#)
    }

    private static func orbit(turn: Int, rings: Int) -> Motif {
        let ring = #"ellipse cx="12" cy="12" rx="9.5" ry="3.8""#
        let lines = (0..<rings).map { turned(ring, by: turn + 180 * $0 / rings) }.joined()
        return Motif("orbit", body: #"<circle cx="12" cy="12" r="3"/>"#, beside: lines)
    }

    /// A small form in a large one.
    private static func sign(outside: Int, inside: Int) -> Motif {
        let outer = ["circle", "square", "hexagon", "diamond"][outside]
        let inner = [
            #"<circle cx="12" cy="12" r="3.5"/>"#, #"<path d="M9 9h6v6H9z"/>"#,
            #"<path d="M12 8.5l3.5 6h-7z"/>"#, #"<path d="M12 8l4 4-4 4-4-4z"/>"#,
            #"<path d="M12 8v8M8 12h8"/>"#, #"<path d="M9 9l6 6M15 9l-6 6"/>"#,
        ][inside]
        let body = all.first { $0.name == outer }?.body ?? ""
        return Motif("\(outer) sign", body: body, lines: inner)
    }

    /// Nine tiles, the left ones as the right ones.
    private static func tiles(_ numbers: inout SeededNumbers) -> Motif {
        var body = ""
        for row in 0..<3 {
            let sides = numbers.below(4)
            let middle = row == 1 ? 1 + numbers.below(3) : numbers.below(4)
            for (column, kind) in [sides, middle, sides].enumerated() {
                body += tile(kind, x: 5 + 7 * column, y: 5 + 7 * row)
            }
        }
        return Motif("tiles", body: body)
    }

    private static func tile(_ kind: Int, x: Int, y: Int) -> String {
        switch kind {
        case 1: "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"2.4\"/>"
        case 2: "<rect x=\"\(x - 2)\" y=\"\(y - 2)\" width=\"4\" height=\"4\" rx=\"1\"/>"
        case 3: "<path d=\"M\(x) \(y - 3)l3 3-3 3-3-3z\"/>"
        default: ""
        }
    }
}
