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

    /// An address that was checked before it was stored.
    package init(stored text: String) {
        self.text = text
    }

    package var description: String { text }

    // MARK: The rules, without a copy: addresses are in every sign-in and in many rows.

    private typealias Part = Slice<UnsafeBufferPointer<UInt8>>

    /// A second `@` is in neither part's alphabet.
    private static func isAddress(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { return false }
            return isLocalPart(bytes[..<at]) && isDomain(bytes[(at + 1)...])
        }
    }

    private static func isLocalPart(_ part: Part) -> Bool {
        part.count <= 64 && isDotted(part)
            && part.allSatisfy { isAlphanumeric($0) || isLocalPunctuation($0) }
    }

    /// Two labels at least, the last one of letters.
    private static func isDomain(_ domain: Part) -> Bool {
        guard domain.count <= 253, isDotted(domain), var start = domain.firstIndex(of: dot) else {
            return false
        }
        guard isLabel(domain[..<start]) else { return false }
        while let end = domain[(start + 1)...].firstIndex(of: dot) {
            guard isLabel(domain[(start + 1)..<end]) else { return false }
            start = end
        }
        let last = domain[(start + 1)...]
        return isLabel(last) && last.count >= 2 && last.allSatisfy(isLetter)
    }

    private static func isLabel(_ label: Part) -> Bool {
        label.count <= 63 && label.first != hyphen && label.last != hyphen
            && label.allSatisfy { isAlphanumeric($0) || $0 == hyphen }
    }

    /// Not empty, and no dot first, last or twice in a row.
    private static func isDotted(_ part: Part) -> Bool {
        var previous = dot
        for byte in part {
            if byte == dot && previous == dot { return false }
            previous = byte
        }
        return previous != dot
    }

    private static var hyphen: UInt8 { UInt8(ascii: "-") }
    private static var dot: UInt8 { UInt8(ascii: ".") }

    private static func isLocalPunctuation(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case ".", "!", "#", "$", "%", "&", "'", "*", "+", "/", "=", "?", "^", "_", "`", "{", "|",
            "}", "~", "-":
            true
        default: false
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isLetter(byte) || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }
}
