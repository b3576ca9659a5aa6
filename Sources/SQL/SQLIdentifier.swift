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

    /// For names that the program gives itself.
    package init(known name: StaticString) {
        self.name = name.description
    }

    /// Words joined by underscores, such as a table, a column and what the index of both ends with.
    /// What would be too long is cut and told apart by a checksum.
    package init(joining words: [SQLIdentifier], _ ending: StaticString) {
        let name = (words.map(\.name) + [ending.description]).joined(separator: "_")
        guard name.utf8.count > Self.lengthMax else {
            self.name = name
            return
        }
        let rest = "_\(Self.checksum(name))_\(ending)"
        self.name = name.prefix(Self.lengthMax - rest.utf8.count) + rest
    }

    /// One of many of a kind.
    package init(_ kind: StaticString, number: Int) {
        name = "\(kind)_\(max(0, number))"
    }

    /// FNV-1a, in letters and digits.
    private static func checksum(_ text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 36)
    }

    package var quoted: String { "\"\(name)\"" }

    func write(to utf8: inout [UInt8]) {
        utf8.append(UInt8(ascii: "\""))
        utf8 += name.utf8
        utf8.append(UInt8(ascii: "\""))
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func isRest(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
