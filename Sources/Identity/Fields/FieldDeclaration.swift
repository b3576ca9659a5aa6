import Coding
import Values

/// A field that an operator adds to users or to sessions, as better-auth's `additionalFields` do: the
/// program stores it, checks it and shows it, and has no other use for it (design, decision 6).
package struct FieldDeclaration: Codable, Hashable, Sendable {
    /// What a field may hold. Each may also be null, unless it is required.
    package enum Kind: String, Codable, CaseIterable, Sendable {
        case text, number, integer, boolean, instant
    }

    /// The member's name on the wire.
    package let name: FieldKey
    package let type: Kind
    /// What is shown where nothing was set.
    package let `default`: JSON?
    /// Whether clients may set it: yes, unless said otherwise.
    package let input: Bool?
    /// Whether clients see it: yes, unless said otherwise.
    package let returned: Bool?
    /// Whether nobody may sign up without it.
    package let required: Bool?

    package init(
        _ name: FieldKey, _ type: Kind, default standard: JSON? = nil, input: Bool = true,
        returned: Bool = true, required: Bool = false
    ) {
        (self.name, self.type, self.default) = (name, type, standard)
        (self.input, self.returned, self.required) = (input, returned, required)
    }

    package var isInput: Bool { input ?? true }
    package var isReturned: Bool { returned ?? true }
    package var isRequired: Bool { required ?? false }
}

/// The name of a field: a letter, then letters, digits and underscores.
package struct FieldKey: StringValue, Hashable {
    package let text: String

    package init(_ text: String) throws(Invalid) {
        guard !text.isEmpty else { throw .tooShort(min: 1) }
        guard text.utf8.count <= Self.longest else { throw .tooLong(max: Self.longest) }
        let isWord = text.utf8.allSatisfy { Self.isLetter($0) || Self.isDigit($0) || $0 == 0x5f }
        guard isWord, text.utf8.first.map(Self.isLetter) == true else {
            throw .rule("field.syntax")
        }
        self.text = text
    }

    private static let longest = 64

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    package static var schema: Schema {
        .string(length: 1...longest, pattern: "^[A-Za-z][A-Za-z0-9_]*$")
    }
    package static var example: FieldKey { FieldKey(unchecked: "nickname") }

    private init(unchecked text: String) { self.text = text }
}
