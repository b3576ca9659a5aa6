import SQL
import Values

/// How names are written in the API and in the database.
enum DeclaredName {
    static let lengthMax = 63

    /// `createdAt`: a letter, then letters and digits.
    static func isField(_ name: String) -> Bool {
        guard let first = name.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
            name.utf8.count <= lengthMax
        else { return false }
        return name.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || isDigit($0))
        }
    }

    /// What seeds call a row: letters, digits, `-` and `_`.
    static func isKey(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || isDigit($0) || $0 == "-" || $0 == "_")
            }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    /// `createdAt` is `created_at`. Two names never meet: a field's has no underscore.
    static func column(_ name: String) throws(Invalid) -> SQLIdentifier {
        var column = ""
        for character in name {
            if character.isUppercase { column.append("_") }
            column.append(Character(character.lowercased()))
        }
        return try SQLIdentifier(column)
    }
}
