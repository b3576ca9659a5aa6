import Values

/// The address of a page or a picture, as text: http or https and nothing that a page would run.
package enum URLText {
    package static let lengthMax = 2048

    /// Throws unless it is one that can be put into a link as it is. Whoever sits before the host
    /// with an `@` is refused: it is there to deceive, or a password.
    package static func check(_ text: String) throws(Invalid) {
        guard text.utf8.count <= lengthMax else { throw .tooLong(max: lengthMax) }
        guard text.utf8.allSatisfy(isAllowed),
            let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) })
        else { throw .malformed(.url) }
        let authority = text.utf8.dropFirst(scheme.utf8.count).prefix { !"/?#".utf8.contains($0) }
        guard isAuthority(authority) else { throw .malformed(.url) }
    }

    /// What RFC 3986 lets stand in a URL, `%` included.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && !"\"<>\\^`{|}".utf8.contains(byte)
    }

    private static func isAuthority(_ authority: Substring.UTF8View) -> Bool {
        guard let first = authority.first else { return false }
        if first == UInt8(ascii: "[") {
            guard let end = authority.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let inside = authority[authority.index(after: authority.startIndex)..<end]
            return !inside.isEmpty
                && inside.allSatisfy { isHexadecimal($0) || ":.".utf8.contains($0) }
                && isPort(authority[authority.index(after: end)...])
        }
        let host = authority.prefix { $0 != UInt8(ascii: ":") }
        return !host.isEmpty && host.allSatisfy(isOfHost)
            && isPort(authority.dropFirst(host.count))
    }

    private static func isPort(_ text: Substring.UTF8View) -> Bool {
        guard let first = text.first else { return true }
        let digits = text.dropFirst()
        return first == UInt8(ascii: ":") && digits.allSatisfy(isDigit)
            && UInt16(Substring(digits)) != nil
    }

    private static func isOfHost(_ byte: UInt8) -> Bool {
        isDigit(byte) || isLetter(byte) || "-._".utf8.contains(byte)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
