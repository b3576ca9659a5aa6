import Coding
import Values

/// A name that a person gives for himself (S3-16).
package struct PersonName: StringValue {
    package let text: String

    package init(_ text: String) throws(Invalid) {
        try text.requireText(length: 2...100)
        self.text = text
    }

    package static var schema: Schema { .string(length: 2...100, pattern: .withoutControls) }
    package static var example: PersonName { PersonName(unchecked: "Ada Lovelace") }

    private init(unchecked text: String) {
        self.text = text
    }
}

extension String {
    /// The pattern of text that `requireText` takes.
    package static let withoutControls = #"^[^\u0000-\u001F\u007F-\u009F]*$"#
}
