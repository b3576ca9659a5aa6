import Coding
import Values

extension Studio {
    /// The colours of a brand, by what they are for.
    struct ColorPalette: Codable, Hashable, Sendable {
        let primary: HexColor
        let secondary: HexColor
        let accent: HexColor
        let background: HexColor
        let text: HexColor
    }
}

/// A colour as `#rrggbb`, in lower case.
struct HexColor: StringValue, Hashable, Sendable {
    let text: String

    init(_ text: String) throws(Invalid) {
        let digits = text.utf8.dropFirst()
        guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6,
            digits.allSatisfy(Self.isDigit)
        else { throw .rule("color.syntax") }
        self.text = text.lowercased()
    }

    private init(known text: String) { self.text = text }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }

    static var schema: Schema { .string(length: 7...7, pattern: "^#[0-9A-Fa-f]{6}$") }
    static var example: HexColor { HexColor(known: "#2a5bd7") }
}
