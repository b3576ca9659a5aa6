import Coding
import Identity
import Values

extension Compat {
    /// A name as better-auth takes it, empty ones too, within the column.
    package struct UserName: StringValue {
        package let text: String

        package init(_ text: String) throws(Invalid) {
            try text.requireText(length: 0...100)
            self.text = text
        }

        package static var schema: Schema { .string(length: 0...100, pattern: .withoutControls) }
        package static var example: UserName { UserName(unchecked: "Ada Lovelace") }

        private init(unchecked text: String) {
            self.text = text
        }
    }

    /// The address of a picture: any text that a page may take for one.
    package struct ImageAddress: StringValue {
        package let text: String

        package init(_ text: String) throws(Invalid) {
            try text.requireText(length: 0...2048)
            self.text = text
        }

        package static var schema: Schema { .string(length: 0...2048, pattern: .withoutControls) }
        package static var example: ImageAddress {
            ImageAddress(unchecked: "https://example.com/ada.png")
        }

        private init(unchecked text: String) {
            self.text = text
        }
    }
}
