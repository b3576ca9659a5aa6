/// A type some of whose members the API's document explains: those whose name and type do not say it
/// all.
package protocol Explained {
    /// By the member's name in JSON. A name that the type does not have stops the start, as tests show.
    static var words: [String: MemberWords] { get }
}

/// What a reader of the API's document is told about a member.
package struct MemberWords: Sendable {
    package let text: String
    /// For a member whose type has none: plain texts, numbers, truth values.
    package let example: JSON?

    package init(_ text: String, example: JSON? = nil) {
        self.text = text
        self.example = example
    }
}

extension MemberWords: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) { self.init(text) }
}
