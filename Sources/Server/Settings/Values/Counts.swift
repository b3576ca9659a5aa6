import Coding
import Loop
import Values

/// A number that is at least 1.
package struct PositiveCount: SchemaValue, ExpressibleByIntegerLiteral, Hashable, Sendable {
    package static let largest = 1_000_000

    package let value: Int

    package init(_ value: Int) throws(Invalid) {
        guard value >= 1 else { throw .tooSmall(min: 1) }
        guard value <= Self.largest else { throw .tooBig(max: Double(Self.largest)) }
        self.value = value
    }

    /// For a default that the program writes down.
    package init(integerLiteral value: Int) {
        precondition((1...Self.largest).contains(value), "written in the program")
        self.value = value
    }

    package init(from decoder: any Decoder) throws {
        try self.init(Int(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        try value.encode(to: encoder)
    }

    package static var schema: Schema { .integer(in: 1...Int64(largest)) }
    package static var example: PositiveCount { 1 }
}

/// How many event loops; 0 is one for each core.
package struct LoopCount: SchemaValue, Hashable, Sendable {
    package static let largest = 256

    package let value: Int

    package static let perCore = LoopCount(literal: 0)

    package init(_ value: Int) throws(Invalid) {
        guard value >= 0 else { throw .tooSmall(min: 0) }
        guard value <= Self.largest else { throw .tooBig(max: Double(Self.largest)) }
        self.value = value
    }

    private init(literal value: Int) {
        self.value = value
    }

    package init(from decoder: any Decoder) throws {
        try self.init(Int(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        try value.encode(to: encoder)
    }

    package var effective: Int { value == 0 ? EventLoopGroup.coreCount : value }

    package static var schema: Schema { .integer(in: 0...Int64(largest)) }
    package static var example: LoopCount { .perCore }
}
