import Coding
import Values

/// A name that people give to a thing they make: a key, an organization.
package struct Title: StringValue {
    package let text: String

    package init(_ text: String) throws(Invalid) {
        try text.requireText(length: Self.lengths)
        self.text = text
    }

    package static let lengths = 1...100
    package static var schema: Schema {
        .string(length: lengths, pattern: #"^[^\u0000-\u001F\u007F-\u009F]*$"#)
    }
    package static var example: Title { Title(unchecked: "Nightly report") }

    private init(unchecked text: String) {
        self.text = text
    }
}
