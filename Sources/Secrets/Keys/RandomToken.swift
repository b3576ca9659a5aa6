import Values

/// Text that cannot be guessed.
///
/// Each character is drawn alike: bytes that would favour some characters are thrown away and drawn
/// again, instead of taken modulo the alphabet's size.
package enum RandomToken {
    package static func make(
        _ count: Int, of alphabet: Alphabet, from randomness: Randomness
    ) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(count)
        while text.count < count {
            // A little more than needed, so that a second draw is rare.
            let missing = count - text.count
            for byte in randomness.bytes(missing + missing / 2 + 8) where text.count < count {
                if let character = alphabet.character(for: byte) { text.append(character) }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The browser's session token: 32 of `[A-Za-z0-9]`, 190 bits.
    package static func session(from randomness: Randomness) -> String {
        make(32, of: .alphanumeric, from: randomness)
    }

    /// `rt_` and 43 characters, 258 bits.
    package static func refresh(from randomness: Randomness) -> String {
        "rt_" + make(43, of: .base64URL, from: randomness)
    }

    /// The code of a mail or message that a person types.
    package static func code(digits: Int = 6, from randomness: Randomness) -> String {
        make(digits, of: .digits, from: randomness)
    }
}

extension RandomToken {
    /// The characters that a token may have.
    package struct Alphabet: Sendable {
        let characters: [UInt8]

        /// Between 1 and 256 ASCII characters, each once.
        package init(_ characters: StaticString) {
            self.characters = characters.withUTF8Buffer { [UInt8]($0) }
            precondition((1...256).contains(self.characters.count), "an alphabet has characters")
            precondition(Set(self.characters).count == self.characters.count, "each character once")
        }

        /// Nil for the last bytes, which do not make up a full round of the alphabet.
        func character(for byte: UInt8) -> UInt8? {
            let count = characters.count
            guard Int(byte) < 256 - 256 % count else { return nil }
            return characters[Int(byte) % count]
        }

        package static let alphanumeric = Alphabet(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        package static let letters = Alphabet(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        package static let base64URL = Alphabet(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        package static let digits = Alphabet("0123456789")
        /// For codes that people read and type: nothing that looks like something else.
        package static let legible = Alphabet("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
    }
}
