import Values

/// The name of a table or column that a declaration gives at run time: `[a-z][a-z0-9_]{0,62}`.
///
/// It is always written in quotes, so that a keyword may be one. Only declared resources need it;
/// everything else names its columns in a `Statement`'s text.
package struct SQLIdentifier: Hashable, Sendable {
    package static let lengthMax = 63

    package let name: String

    package init(_ name: String) throws(Invalid) {
        guard let first = name.utf8.first else { throw .tooShort(min: 1) }
        guard name.utf8.count <= Self.lengthMax else { throw .tooLong(max: Self.lengthMax) }
        guard Self.isLetter(first), name.utf8.allSatisfy({ Self.isLetter($0) || Self.isRest($0) })
        else { throw .rule("identifier") }
        self.name = name
    }

    var quoted: String { "\"\(name)\"" }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func isRest(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
