/// An e-mail address that a mail can be sent to, in lower case.
///
/// The shape of RFC 5321 without quoting and comments: what sign-up forms of the field accept. Two
/// addresses that differ in case are one person's here, as on every mail service in use.
package struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    /// Longest address, in bytes: the column of the users table.
    package static let maximumLength = 255

    package let text: String

    package init(_ text: String) throws(Invalid) {
        guard text.utf8.count <= Self.maximumLength, Self.isAddress(text) else {
            throw .malformed(.email)
        }
        self.text = text.lowercased()
    }

    package var description: String { text }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        return isLocalPart(parts[0]) && isDomain(parts[1])
    }

    private static func isLocalPart(_ part: Substring.UTF8View) -> Bool {
        guard !part.isEmpty, part.count <= 64, isDotted(part) else { return false }
        return part.allSatisfy { isAlphanumeric($0) || localPunctuation.contains($0) }
    }

    private static func isDomain(_ domain: Substring.UTF8View) -> Bool {
        guard domain.count <= 253, isDotted(domain) else { return false }
        let labels = domain.split(separator: UInt8(ascii: "."))
        guard labels.count >= 2, let last = labels.last, last.count >= 2, last.allSatisfy(isLetter)
        else { return false }
        return labels.allSatisfy { label in
            label.count <= 63 && label.first != hyphen && label.last != hyphen
                && label.allSatisfy { isAlphanumeric($0) || $0 == hyphen }
        }
    }

    /// No dot first, last or twice in a row.
    private static func isDotted(_ part: Substring.UTF8View) -> Bool {
        !part.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .contains { $0.isEmpty }
    }

    private static let hyphen = UInt8(ascii: "-")
    private static let localPunctuation = Set(".!#$%&'*+/=?^_`{|}~-".utf8)

    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isLetter(byte) || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }
}
