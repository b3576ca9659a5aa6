import Coding
import Values

/// Text in the head of a mail (RFC 5322 §2.2, RFC 2047).
///
/// Whatever it is given, it writes printable ASCII only, folded between words: no text can end its
/// field and begin another.
enum HeaderText {
    /// As it may stand after `Subject: ` or before an address.
    static func encode(_ text: String) -> String {
        let text = String(
            String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? " " : $0 }))
        if text.utf8.allSatisfy({ isPlain($0) }), text.utf8.count <= plainMax,
            !text.contains("=?")
        {
            return text
        }
        return words(of: text).joined(separator: "\r\n ")
    }

    /// A name before an address: quoted where it is plain, since it may have commas.
    static func encode(phrase: String) -> String {
        let encoded = encode(phrase)
        guard !encoded.hasPrefix("=?") else { return encoded }
        return "\"" + encoded.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// Encoded words of at most 75 characters, none of which splits a character (RFC 2047 §2, §5).
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            let next = Array(String(Character(scalar)).utf8)
            if bytes.count + next.count > bytesPerWord {
                words.append(word(bytes))
                bytes = []
            }
            bytes += next
        }
        return words + [word(bytes)]
    }

    private static func word(_ bytes: [UInt8]) -> String { "=?UTF-8?B?\(Base64.encode(bytes))?=" }

    private static func isPlain(_ byte: UInt8) -> Bool { (0x20...0x7E).contains(byte) }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            || scalar.value == 0x2028 || scalar.value == 0x2029
    }

    /// 52 characters of base64 with 12 around them, and the field's name before the first.
    private static let bytesPerWord = 39
    /// With the field's name still below the 78 that a line should have.
    private static let plainMax = 60
}
