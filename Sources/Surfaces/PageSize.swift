import Coding
import Identity
import Values

/// How many of a list are asked for at once.
package struct PageSize: SchemaValue, Sendable {
    package let value: Int

    package static let largest = 100
    package static let standard = 50

    package init(_ value: Int) throws(Invalid) {
        guard value >= 1 else { throw .tooSmall(min: 1) }
        guard value <= Self.largest else { throw .tooBig(max: Double(Self.largest)) }
        self.value = value
    }

    private init(unchecked value: Int) {
        self.value = value
    }

    package init(from decoder: any Decoder) throws {
        try self.init(Int(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        try value.encode(to: encoder)
    }

    package static var schema: Schema { .integer(in: 1...Int64(largest)) }
    package static var example: PageSize { PageSize(unchecked: standard) }
}

/// How many of a list are passed over. Nobody reads further on.
package typealias PageOffset = Bounded<PageOffsetBounds>

/// The rows that may be passed over.
package enum PageOffsetBounds: Bounds { package static let range = 0...1_000_000 }
