import Coding
import SQL
import Values

@testable import Resources

/// Makes values that a field takes, the odd ones often.
struct RandomValues {
    var random: SeededNumbers

    private mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    private mutating func one<Element>(of list: [Element]) -> Element { list[below(list.count)] }

    mutating func value(of field: Resource.Field) -> JSON {
        let declared = field.declaration
        if declared.allowsNull, below(8) == 0 { return .null }
        switch declared.type {
        case .text: return .string(text(declared.length ?? 0...300, field.pattern))
        case .number: return .number(number(declared.range))
        case .integer: return .integer(integer(declared.range))
        case .boolean: return .boolean(below(2) == 0)
        case .instant: return .string(instant().description)
        case .date: return .string(String(instant().description.prefix(10)))
        case .enumeration: return .string(one(of: declared.values))
        case .json: return json(depth: 0, isNull: false)
        case .email:
            return .string(one(of: ["A@b.co", "it's.\(below(1000))@Example.COM", "%_@x.yz"]))
        case .url: return .string("https://a.example/?q='\(below(1000))'&r=%00;--")
        case .reference:
            return .string(ID<Anything>(high: random.next(), low: random.next()).description)
        }
    }

    private static let scalars: [Unicode.Scalar] = [
        "a", "Z", "'", "\"", "\\", "%", "_", ";", "-", "\n", "\t", "\u{1}", "\u{7f}", "é",
        "\u{301}",
        "€", "😀", "\u{200d}", "\u{feff}", "\u{fffd}", "\u{ffff}", "\u{10ffff}", "$", "?", "`", " ",
    ]

    private mutating func text(_ length: ClosedRange<Int>, _ pattern: Pattern?) -> String {
        if let pattern { return pattern.example(length: length) ?? "" }
        let count = Int.random(in: length, using: &random)
        var text = String.UnicodeScalarView()
        for _ in 0..<count { text.append(one(of: Self.scalars)) }
        return String(text)
    }

    private mutating func number(_ range: ResourceField.NumberRange?) -> Double {
        let odd = [
            0, -0.0, 1, 0.1, .leastNonzeroMagnitude, .leastNormalMagnitude,
            .greatestFiniteMagnitude, 1e300,
            -1e-300,
            0x1p53, 0x1p53 + 2, 1 / 3, Double(bitPattern: random.next() & 0x7fdf_ffff_ffff_ffff),
        ]
        let number = one(of: odd)
        return range?.contains(number) == false ? range?.min ?? range?.max ?? 0 : number
    }

    private mutating func integer(_ range: ResourceField.NumberRange?) -> Int64 {
        let odd = [0, -1, .max, .min, 1 << 53 + 1, Int64(bitPattern: random.next())]
        guard let min = range?.min, let max = range?.max else { return one(of: odd) }
        return Int64.random(in: Int64(min)...Int64(max), using: &random)
    }

    /// In milliseconds: more is not told.
    private mutating func instant() -> Instant {
        let milliseconds = Int64.random(
            in: -62_167_219_200_000...253_402_300_799_999, using: &random)
        let ends: [Int64] = [-62_167_219_200_000, 253_402_300_799_999, 0, -1]
        return Instant(microseconds: (below(5) == 0 ? one(of: ends) : milliseconds) * 1000)
    }

    /// Numbers as JSON text tells them: a whole one is an integer.
    private mutating func json(depth: Int, isNull: Bool = true) -> JSON {
        switch below(depth > 3 ? 5 : 7) {
        case 0: return isNull ? .null : false
        case 1: return .boolean(below(2) == 0)
        case 2: return .integer(integer(nil))
        case 3: return .number(one(of: [0.5, 1e300, -2.5e-300, 1 / 3]))
        case 4: return .string(text(0...20, nil))
        case 5: return .list((0..<below(4)).map { _ in json(depth: depth + 1) })
        default:
            return .object(
                JSONObject(
                    (0..<below(4)).map { (text(0...5, nil) + "\($0)", json(depth: depth + 1)) }))
        }
    }
}
