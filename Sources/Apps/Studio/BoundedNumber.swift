import Coding
import Values

/// What a number may be; the type says what it is.
protocol NumberBounds: Sendable {
    static var range: ClosedRange<Double> { get }
    static var example: Double { get }
}

/// A number within bounds.
struct BoundedNumber<Limits: NumberBounds>: SchemaValue, Hashable, Sendable {
    let value: Double

    init(_ value: Double) throws(Invalid) {
        let range = Limits.range
        guard value >= range.lowerBound else { throw .tooSmall(min: range.lowerBound) }
        guard value <= range.upperBound else { throw .tooBig(max: range.upperBound) }
        self.value = value
    }

    private init(known value: Double) { self.value = value }

    init(from decoder: any Decoder) throws { try self.init(Double(from: decoder)) }

    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    static var schema: Schema { .number(in: Limits.range) }
    static var example: Self { Self(known: Limits.example) }
}
