import Coding
import Identity
import Values

extension Studio {
    /// How a brand writes.
    struct Typography: Codable, Hashable, Sendable, Explained {
        let heading: FontFamily
        let body: FontFamily
        let weight: FontWeight
        let scale: FontScale

        static let words: [String: MemberWords] = [
            "heading": "The family of large texts, from those that the streaming machine has.",
            "body": "The family of all others.",
            "weight": "Of large texts.",
            "scale": "How much larger or smaller than usual texts are.",
        ]
    }
}

/// A family of fonts by its name: letters, digits, spaces and hyphens, so that it stands in a
/// stylesheet without quoting tricks.
struct FontFamily: StringValue, Hashable, Sendable {
    let text: String

    init(_ text: String) throws(Invalid) {
        guard !text.isEmpty else { throw .tooShort(min: 1) }
        guard text.utf8.count <= Self.lengths.upperBound else {
            throw .tooLong(max: Self.lengths.upperBound)
        }
        guard let first = text.utf8.first, Self.isWord(first), text.utf8.allSatisfy(Self.isAllowed)
        else { throw .rule("font.syntax") }
        self.text = text
    }

    private init(known text: String) { self.text = text }

    private static let lengths = 1...60

    private static func isAllowed(_ byte: UInt8) -> Bool {
        isWord(byte) || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-")
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    static var schema: Schema {
        .string(length: lengths, pattern: "^[A-Za-z0-9][A-Za-z0-9 -]*$")
    }
    static var example: FontFamily { FontFamily(known: "Source Sans 3") }
}

/// How bold: 100 to 900, in hundreds.
struct FontWeight: SchemaValue, Hashable, Sendable {
    let value: Int

    init(_ value: Int) throws(Invalid) {
        guard value >= Self.range.lowerBound else { throw .tooSmall(min: 100) }
        guard value <= Self.range.upperBound else { throw .tooBig(max: 900) }
        guard value.isMultiple(of: 100) else { throw .rule("font.weight") }
        self.value = value
    }

    private init(known value: Int) { self.value = value }

    init(from decoder: any Decoder) throws { try self.init(Int(from: decoder)) }

    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    private static let range = 100...900

    static var schema: Schema { .integer(in: 100...900) }
    static var example: FontWeight { FontWeight(known: 700) }
}

/// How much larger or smaller than usual.
typealias FontScale = BoundedNumber<FontScaleBounds>

enum FontScaleBounds: NumberBounds {
    static let range = 0.75...1.5
    static let example = 1.0
}
